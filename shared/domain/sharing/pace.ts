import type { CallOutcome, ProviderCall } from './provider-call';

/** The last call that was made through a share. */
export interface LastCall {
  call: ProviderCall;
  outcome: CallOutcome;
  atMs: number;
  /** How often in a row just this call was made. */
  times: number;
}

const FIRST_WAIT_MS = 30_000;
const WAIT_MAX_MS = 3_600_000;
/** A call that comes back after so long is a new one. */
const FORGOTTEN_AFTER_MS = 2 * WAIT_MAX_MS;

export function lastAfter(before: LastCall | null, made: Omit<LastCall, 'times'>): LastCall {
  const isAgain =
    before !== null && isSame(before.call, made.call) && made.atMs < before.atMs + FORGOTTEN_AFTER_MS;
  return { ...made, times: isAgain ? before.times + 1 : 1 };
}

/**
 * Whether a call that was planned from a look at `seenMs` waits, because the same one was made just before and did not
 * help: the provider put it off, refused it, or undid it (as it does while a receiver has instances in a deployment
 * set). The wait doubles up to an hour. Where another run has made a call since that look, any call waits for the next.
 */
export function isHeldBack(call: ProviderCall, last: LastCall | null, seenMs: number): boolean {
  if (last === null) return false;
  if (last.atMs > seenMs) return true;
  return isSame(call, last.call) && seenMs < last.atMs + waitMs(last);
}

function waitMs({ outcome, times }: LastCall): number {
  if (times > 1) return Math.min(FIRST_WAIT_MS * 2 ** (times - 1), WAIT_MAX_MS);
  switch (outcome.is) {
    case 'unknown':
      return 0;
    case 'try-again':
      return outcome.afterMs;
    case 'done':
    case 'refused':
      return FIRST_WAIT_MS;
  }
}

function isSame(one: ProviderCall, other: ProviderCall): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
