import type { CallOutcome } from '../domain/sharing/provider-call';
import type { ProviderError } from '../flow/ports';

/** What came of a write that failed, as it is recorded. */
export function outcomeOf(error: ProviderError): Exclude<CallOutcome, { is: 'done' }> {
  const { kind, code, message, requestId, afterMs } = error;
  switch (kind) {
    case 'refused':
      return { is: 'refused', requestId, code, message };
    case 'try-again':
      return { is: 'try-again', code, afterMs };
    case 'unknown':
      return { is: 'unknown', why: `${code}: ${message}` };
  }
}
