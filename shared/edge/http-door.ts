import { answerFrom, requestFrom, type HttpAnswer } from './http-event';
import { describe, log, type FunctionContext } from './invocation';
import { problemResponse } from './problem';
import { secured } from './security-headers';

/** Function Compute kills at the timeout and would answer for us; we answer this much earlier. */
const MARGIN_MS = 2_000;
const PATH_LOGGED_CHARACTERS_MAX = 200;

export type HttpHandler = (event: Buffer, context: FunctionContext) => Promise<HttpAnswer>;

/**
 * The door of a function behind an HTTP trigger. Nothing that is thrown gets past it: what the public address would
 * answer to a failed invocation is not documented, and its body would hold our stack. Nor does a call outlast the
 * function's timeout: what it was doing may go on when the instance thaws, as after any crash.
 */
export function httpDoor(
  name: string,
  serve: (request: Request, context: FunctionContext) => Promise<Response>,
): HttpHandler {
  return async (event, context) => {
    const startMs = Date.now();
    const { requestId } = context;
    const read = requestFrom(event);
    const asked = read.ok ? whatWasAsked(read.value) : {};
    const answered = (status: number) =>
      log(`${name}.answered`, { requestId, ...asked, status, tookMs: Date.now() - startMs });
    try {
      const response = read.ok
        ? await inTime(serve(read.value, context), context)
        : secured(problemResponse(read.refusal, requestId));
      const answer = await answerFrom(response);
      answered(answer.statusCode);
      return answer;
    } catch (error) {
      log(`${name}.failed`, { requestId, ...asked, error: describe(error) });
      answered(500);
      return await answerFrom(secured(problemResponse({ reason: 'failed' }, requestId)));
    }
  };
}

function whatWasAsked(request: Request): { method: string; path: string } {
  const path = new URL(request.url).pathname.slice(0, PATH_LOGGED_CHARACTERS_MAX);
  return { method: request.method, path };
}

async function inTime(response: Promise<Response>, context: FunctionContext): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Response>((resolve) => {
    timer = setTimeout(
      () => resolve(secured(problemResponse({ reason: 'out-of-time' }, context.requestId))),
      context.function.timeout * 1000 - MARGIN_MS,
    );
  });
  try {
    return await Promise.race([response, late]);
  } finally {
    clearTimeout(timer);
  }
}
