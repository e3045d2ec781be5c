import type { HttpAnswer } from './http-answer';
import { json } from './invoke-api';
import { FcRefusal } from './refusal';
import { splitUrl } from './request-url';
import type { RunningFunctions } from './running-functions';

/**
 * What a person at the laptop asks of the host, unsigned and not part of Function Compute:
 * `GET /__fc/functions` and `POST /__fc/timers/{function}/{trigger}?time=<ISO time or epoch ms>`.
 */
export async function answerControl(
  method: string,
  url: string,
  functions: RunningFunctions,
): Promise<HttpAnswer> {
  const { path, query } = splitUrl(url);
  if (method === 'GET' && path === '/__fc/functions') return json(functions.names.map(functions.describe));
  const timer = /^\/__fc\/timers\/([\w-]+)\/([\w-]+)$/.exec(path);
  if (method === 'POST' && timer !== null) {
    const [, functionName = '', triggerName = ''] = timer;
    const result = await functions.fireTimer(
      functionName,
      triggerName,
      timeOf(new URLSearchParams(query).get('time')),
    );
    const { requestId, payload, errorType, durationMs } = result;
    return json({ requestId, errorType: errorType ?? null, durationMs, payload: payload.toString() });
  }
  throw new FcRefusal(
    404,
    'PathNotSupported',
    'Controls are GET /__fc/functions and POST /__fc/timers/{function}/{trigger}?time=',
  );
}

function timeOf(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const timeMs = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(timeMs)) {
    throw new FcRefusal(400, 'InvalidArgument', 'time is like 2027-01-31T03:30:00Z, or epoch milliseconds');
  }
  return timeMs;
}
