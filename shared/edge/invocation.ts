import type { TimeLeft } from '../flow/ports';

/** The part of Function Compute's context object that we use (function-compute: context of built-in runtimes). */
export interface FunctionContext {
  requestId: string;
  credentials: { accessKeyId: string; accessKeySecret: string; securityToken: string };
  /** `timeout` in seconds. */
  function: { name: string; timeout: number };
  region: string;
  accountId: string;
}

/** One timer run or asynchronous call. */
export interface Invocation {
  context: FunctionContext;
  /** When the timer was due, or now when somebody called without a timer event. */
  triggerMs: number;
  timeLeft: TimeLeft;
}

export type JobHandler = (event: Buffer, context: FunctionContext) => Promise<string>;

/** Function Compute kills at the timeout; work stops this much earlier to write down where it is. */
const MARGIN_MS = 3_000;

/**
 * The door of a function that runs by timer or asynchronous call. It answers what the job says it did, as JSON.
 * A job that throws fails the invocation, so that Function Compute's retry policy sees it.
 */
export function job(
  name: string,
  work: (invocation: Invocation) => Promise<Record<string, unknown>>,
): JobHandler {
  return async (event, context) => {
    const startMs = Date.now();
    const endMs = startMs + context.function.timeout * 1000 - MARGIN_MS;
    try {
      const did = await work({
        context,
        triggerMs: triggerTime(event) ?? startMs,
        timeLeft: () => endMs - Date.now(),
      });
      log(`${name}.done`, { requestId: context.requestId, tookMs: Date.now() - startMs, ...did });
      return JSON.stringify(did);
    } catch (error) {
      log(`${name}.failed`, {
        requestId: context.requestId,
        tookMs: Date.now() - startMs,
        error: describe(error),
      });
      throw error;
    }
  };
}

/** One JSON line per thing that happened: a name and ids, never a whole event, a header or a secret. */
export function log(event: string, facts: Record<string, unknown>): void {
  console.log(JSON.stringify({ event, ...facts }));
}

export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? { code: error.code } : {};
  return { name: error.name, ...code, message: error.message, stack: error.stack };
}

function triggerTime(event: Buffer): number | null {
  if (event.length === 0) return null;
  const parsed: unknown = JSON.parse(event.toString('utf8'));
  if (parsed === null || typeof parsed !== 'object' || !('triggerTime' in parsed)) return null;
  const timeMs = Date.parse(String(parsed.triggerTime));
  return Number.isNaN(timeMs) ? null : timeMs;
}
