import { setTimeout as wait } from 'node:timers/promises';
import { TablestoreError, type Condition } from './rows';

const ATTEMPTS_MAX = 5;
const DEADLINE_MS = 8_000;
const FIRST_PAUSE_MS = 50;

/** Codes that say the service did nothing (reference: Tablestore error codes). */
const NOTHING_HAPPENED = new Set([
  'OTSRowOperationConflict',
  'OTSServerBusy',
  'OTSPartitionUnavailable',
  'OTSServerUnavailable',
  'OTSTableNotReady',
  'OTSNotEnoughCapacityUnit',
  'OTSQuotaExhausted',
]);
const WORTH_REPEATING_A_READ = new Set([
  ...NOTHING_HAPPENED,
  'OTSTimeout',
  'OTSInternalServerError',
  'OTSRequestTimeout',
]);
const NO_ANSWER = 'NoAnswer';

/** Makes a read, again when that may help. Throws TablestoreError. */
export async function attemptRead<T>(call: () => Promise<T>): Promise<T> {
  return await repeat(call, (error) => error.code === NO_ANSWER || WORTH_REPEATING_A_READ.has(error.code));
}

/**
 * Makes a conditional write, again while nothing happened; when that is unknown only a write that may be made twice
 * (`row: 'any'`) is repeated, and any other throws with `outcomeUnknown` so that its caller looks first.
 */
export async function attemptWrite(
  condition: Condition,
  call: () => Promise<unknown>,
): Promise<'written' | 'condition-failed'> {
  try {
    await repeat(
      call,
      (error) => NOTHING_HAPPENED.has(error.code) || (condition.row === 'any' && error.outcomeUnknown),
    );
    return 'written';
  } catch (error) {
    if (error instanceof TablestoreError && error.code === 'OTSConditionCheckFail') return 'condition-failed';
    throw error;
  }
}

/** A row of a batch that was refused on its own. */
export function rowError(code: string | undefined, message: string | undefined): TablestoreError {
  return new TablestoreError(code ?? NO_ANSWER, message ?? 'Tablestore refused a row without saying why', {
    outcomeUnknown: false,
  });
}

async function repeat<T>(call: () => Promise<T>, again: (error: TablestoreError) => boolean): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await withDeadline(call());
    } catch (cause) {
      const error = cause instanceof TablestoreError ? cause : errorFrom(cause);
      if (made === ATTEMPTS_MAX || !again(error)) throw error;
      await wait(FIRST_PAUSE_MS * 2 ** (made - 1) * (0.5 + Math.random() / 2));
    }
  }
}

/** The SDK's promise never settles when the connection is lost in mid-answer. */
async function withDeadline<T>(call: Promise<T>): Promise<T> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      call,
      wait(DEADLINE_MS, undefined, { signal: timer.signal }).then(() => {
        throw new TablestoreError(NO_ANSWER, `Tablestore did not answer within ${DEADLINE_MS} ms`, {
          outcomeUnknown: true,
        });
      }),
    ]);
  } finally {
    timer.abort();
  }
}

/** The SDK puts the HTTP status where the code belongs, and the body's bytes into the message: the code is in there. */
function errorFrom(cause: unknown): TablestoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = /OTS[A-Za-z]+/.exec(message)?.[0];
  if (code !== undefined) {
    const outcomeUnknown =
      code === 'OTSTimeout' || code === 'OTSInternalServerError' || code === 'OTSRequestTimeout';
    return new TablestoreError(code, `Tablestore answered ${code}: ${readable(message, code)}`, {
      outcomeUnknown,
      cause,
    });
  }
  const fromNetwork = cause instanceof Error && 'code' in cause;
  if (!fromNetwork) throw cause;
  return new TablestoreError(NO_ANSWER, `Tablestore could not be reached: ${message}`, {
    outcomeUnknown: cause.code !== 'ECONNREFUSED',
    cause,
  });
}

function readable(message: string, code: string): string {
  return message
    .slice(message.indexOf(code) + code.length)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
}
