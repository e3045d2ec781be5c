import { fingerprint } from '../domain/audit/fingerprint';
import { idOf, scopeOf, standingOf, type CallName, type KeptAnswer, type KeyedCall } from './keyed-call';
import type { Clock, KeyedCalls } from './ports';
import { no, type Refusal } from './refusal';
import type { Terms } from './terms';

/** Others with the same key may write in between this often before we say 'busy'. */
const ATTEMPTS_MAX = 5;

/** What one attempt may count on. */
export interface Attempt extends Pick<Terms, 'callKey' | 'again'> {
  /** Ids that are the same at each attempt. */
  newId: () => string;
}

type Outcome<No> = { ok: true; value: KeptAnswer } | { ok: false; refusal: No };

/**
 * Does a call that has a key once, and answers it the same each time. It is written down before the work, so that
 * two at once are told apart; whoever finds it unanswered for too long takes it over and does the work again, under
 * the same ids, which finds what was done.
 * Only successes are kept. A refusal changed nothing: it is judged anew, and a corrected body may use the key.
 */
export async function once<No>(
  ports: { keyedCalls: KeyedCalls; clock: Clock },
  name: CallName,
  body: unknown,
  work: (attempt: Attempt) => Promise<Outcome<No>>,
): Promise<(Outcome<No | Refusal> & { ok: false }) | { ok: true; value: KeptAnswer; replayed: boolean }> {
  const scope = scopeOf(name);
  const bodyFingerprint = fingerprint(body ?? null);
  let found: { call: KeyedCall; mark: string } | null = null;
  for (let made = 0; made < ATTEMPTS_MAX; made++) {
    const standing = standingOf(found?.call ?? null, name, bodyFingerprint, ports.clock.nowMs());
    if (standing.is === 'refused') return no(standing.refusal);
    if (standing.is === 'answered') return { ok: true, value: standing.answer, replayed: true };
    const { call, again } = standing;
    const mark = await ports.keyedCalls.write(scope, found?.mark ?? null, call);
    if (mark !== null) {
      const outcome = await attempted(ports, scope, mark, call, () => work(attemptAt(call, again)));
      return outcome.ok ? { ...outcome, replayed: false } : outcome;
    }
    found = await ports.keyedCalls.load(scope);
  }
  return no({ reason: 'busy' });
}

function attemptAt(call: KeyedCall, again: boolean): Attempt {
  let made = 0;
  return { callKey: idOf(call, 0), again, newId: () => idOf(call, ++made) };
}

/** Does the work and writes down how it ended. Whoever took the call over meanwhile has the last word there. */
async function attempted<No>(
  { keyedCalls, clock }: { keyedCalls: KeyedCalls; clock: Clock },
  scope: string,
  mark: string,
  call: KeyedCall,
  work: () => Promise<Outcome<No>>,
): Promise<Outcome<No>> {
  let outcome: Outcome<No>;
  try {
    outcome = await work();
  } catch (error) {
    const brokenOff = { ...call, state: { is: 'broken-off', atMs: clock.nowMs() } } as const;
    // A kindness to the next attempt, which would have to wait otherwise; the error that counts is the first one.
    await keyedCalls.write(scope, mark, brokenOff).catch(() => null);
    throw error;
  }
  if (outcome.ok) {
    const state = { is: 'answered', atMs: clock.nowMs(), answer: outcome.value } as const;
    await keyedCalls.write(scope, mark, { ...call, state });
  } else {
    await keyedCalls.forget(scope, mark);
  }
  return outcome;
}
