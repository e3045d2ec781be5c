import { ProviderError, type TimeLeft } from '../flow/ports';

const ATTEMPTS_MAX = 4;
const FIRST_WAIT_MS = 200;
const WAIT_MAX_MS = 5_000;

/**
 * Makes an attempt a few times while it fails with 'try-again'. Only for what may be repeated at will.
 * Between attempts it waits what the provider asks plus full jitter (`random` in [0, 1)), and no longer than the time
 * that is left or WAIT_MAX_MS: a caller that has to wait longer has something better to do meanwhile.
 */
export async function patiently<Value>(
  attempt: () => Promise<Value>,
  timeLeft: TimeLeft,
  random: () => number,
): Promise<Value> {
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'try-again' || made === ATTEMPTS_MAX)
        throw error;
      const jitterMs = random() * FIRST_WAIT_MS * 2 ** made;
      const waitMs = askedWaitMs(error) + jitterMs;
      if (waitMs > WAIT_MAX_MS || waitMs >= timeLeft()) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** What the provider asked for itself; the waits that we make up for other failures are meant for the next run. */
function askedWaitMs(error: ProviderError): number {
  return error.code.includes('Throttling') ? error.afterMs : 0;
}
