const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait before the 1st, 2nd, … attempt (the example of Standard Webhooks 1.0.0): 75 h 35 min 5 s in all. */
const WAIT_BEFORE_ATTEMPT_MS = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

export const ATTEMPTS_MAX = WAIT_BEFORE_ATTEMPT_MS.length;

/** Up to a fifth longer, so that what failed together does not come back together. */
const JITTER = 0.2;
/** A receiver may ask for patience, but not park events for ever. */
const RETRY_AFTER_MAX_MS = 24 * HOUR_MS;

/** What came back from an attempt. */
export type AttemptAnswer =
  | { is: 'answered'; status: number; retryAfterMs: number | null }
  /** `permanent` = the address itself is refused and will always be. */
  | { is: 'failed'; why: string; permanent: boolean };

export type NextStep =
  | { is: 'delivered'; status: number }
  | { is: 'retry'; status: number | null; why: string; atMs: number }
  /** Nothing more can be sent to this endpoint: it is to be disabled, and its events are kept. */
  | { is: 'disable'; status: number | null; why: string };

/**
 * What to do after an attempt. `attemptsMade` counts this one; `random` lies in [0, 1).
 * The last failed attempt disables the endpoint rather than dropping the event: an endpoint that is enabled misses none.
 */
export function nextStep(
  answer: AttemptAnswer,
  attemptsMade: number,
  nowMs: number,
  random: number,
): NextStep {
  const status = answer.is === 'answered' ? answer.status : null;
  if (status !== null && status >= 200 && status < 300) return { is: 'delivered', status };

  const why = answer.is === 'answered' ? whyNot(answer.status) : answer.why;
  if (status === 410 || (answer.is === 'failed' && answer.permanent)) return { is: 'disable', status, why };

  const waitMs = WAIT_BEFORE_ATTEMPT_MS[attemptsMade];
  if (waitMs === undefined) {
    return { is: 'disable', status, why: `${attemptsMade} attempts failed; the last one: ${why}` };
  }
  const askedMs = answer.is === 'answered' ? (answer.retryAfterMs ?? 0) : 0;
  const jitteredMs = Math.round(waitMs * (1 + JITTER * random));
  return {
    is: 'retry',
    status,
    why,
    atMs: nowMs + Math.max(jitteredMs, Math.min(askedMs, RETRY_AFTER_MAX_MS)),
  };
}

/** Milliseconds that a Retry-After header asks for (RFC 9110: seconds or a date), or null when it says nothing usable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND_MS;
  if (!text.endsWith('GMT')) return null;
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}

function whyNot(status: number): string {
  if (status === 410) return 'The receiver answered 410: it wants no more events';
  if (status >= 300 && status < 400) return `The receiver answered ${status}: redirects are not followed`;
  return `The receiver answered ${status}`;
}
