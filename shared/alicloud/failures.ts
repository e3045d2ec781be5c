import { ProviderError } from '../flow/ports';
import type { Effect } from './products';

export interface FailedCall {
  action: string;
  effect: Effect;
}

/** How long to wait when the provider throttles without saying how long. */
const THROTTLED_AFTER_MS = 1_000;
/** How long to wait when a call is in the way of another that is still being worked on. */
const CONFLICT_AFTER_MS = 10_000;
/** How long to wait after a network or server failure. */
const BROKEN_AFTER_MS = 1_000;

/** Resource Sharing refuses these while an asynchronous step is under way; they pass by themselves. */
const PASSING_CONFLICTS = new Set([
  'AssociateConflict',
  'DisassociateConflict',
  'ExternalTargetWithdrawConflict',
  'DeleteResourceShareConflict',
  'ResourceShareStatusMismatchAction',
]);

/** Node's codes of a connection that never stood: nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Turns whatever a call can throw into one of the three kinds.
 * - The provider's own refusal, told by its Code and never by the HTTP status: 'refused', or 'try-again' when throttled.
 * - A connection that never stood: 'try-again', for writes too.
 * - Everything after that (timeout, reset, 5xx, a page instead of JSON) leaves open whether a write was carried out:
 *   'unknown' for a write, 'try-again' for a read.
 */
export function failureOf(error: unknown, call: FailedCall): ProviderError {
  if (error instanceof ProviderError) return error;
  const answer = refusalIn(error);
  if (answer !== null) return refusalOf(answer, call, error);
  const { code, message } = describe(error);
  if (NOT_CONNECTED.has(code)) {
    return new ProviderError('try-again', {
      code,
      message: `${call.action} could not be sent: ${message}`,
      afterMs: BROKEN_AFTER_MS,
      cause: error,
    });
  }
  return brokenCall(call, {
    code,
    message: `${call.action} got no answer that can be read: ${message}`,
    cause: error,
  });
}

/** Something came back with a good status that is no answer: a redirect (STS when overloaded), a page, nothing. */
export function unreadable(call: FailedCall, status: number): ProviderError {
  return brokenCall(call, {
    code: `HttpStatus.${status}`,
    message: `${call.action} was answered with HTTP status ${status} and no JSON`,
  });
}

function brokenCall(
  call: FailedCall,
  facts: { code: string; message: string; requestId?: string; cause?: unknown },
): ProviderError {
  switch (call.effect) {
    case 'read':
      return new ProviderError('try-again', { ...facts, afterMs: BROKEN_AFTER_MS });
    case 'write':
      return new ProviderError('unknown', {
        ...facts,
        message: `${facts.message}. It may have been carried out: look before repeating it.`,
      });
  }
}

interface ProviderRefusal {
  status: number;
  code: string;
  message: string;
  requestId: string;
  retryAfterMs: number | undefined;
}

function refusalOf(refusal: ProviderRefusal, call: FailedCall, cause: unknown): ProviderError {
  const { code, requestId, status } = refusal;
  const facts = { code, requestId, message: `${call.action} was refused: ${refusal.message}`, cause };
  if (code.includes('Throttling')) {
    return new ProviderError('try-again', { ...facts, afterMs: refusal.retryAfterMs ?? THROTTLED_AFTER_MS });
  }
  if (PASSING_CONFLICTS.has(code)) {
    return new ProviderError('try-again', { ...facts, afterMs: CONFLICT_AFTER_MS });
  }
  // ServiceUnavailable too: no document says that a call so answered had no effect.
  if (status >= 500)
    return brokenCall(call, { ...facts, message: `${call.action} failed: ${refusal.message}` });
  return new ProviderError('refused', facts);
}

/** The provider's error body, when the SDK could read one. It writes the string "undefined" where there was no Code. */
function refusalIn(error: unknown): ProviderRefusal | null {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return null;
  const { statusCode, code } = error;
  if (typeof statusCode !== 'number' || typeof code !== 'string' || code === '' || code === 'undefined')
    return null;
  const body = 'data' in error && isRecord(error.data) ? error.data : {};
  const retryAfterMs = 'retryAfter' in error ? error.retryAfter : undefined;
  return {
    status: statusCode,
    code,
    message: typeof body.Message === 'string' ? body.Message : error.message,
    requestId: typeof body.RequestId === 'string' ? body.RequestId : '',
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  };
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: 'Unknown', message: String(error) };
  const code =
    'code' in error && typeof error.code === 'string' && error.code !== '' ? error.code : error.name;
  return { code, message: error.message };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}
