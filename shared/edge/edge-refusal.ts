import type { Refusal } from '../flow/refusal';

/** Why the edge itself says no, before or after any flow had a word. */
export type EdgeRefusal =
  | { reason: 'token-missing' }
  | { reason: 'token-expired' }
  /** Forged, for somebody else, or not a token at all: which of them is for the log only. */
  | { reason: 'token-refused' }
  | { reason: 'issuer-unreachable' }
  | { reason: 'store-unreachable' }
  /** Alibaba Cloud did not say what became of a call. */
  | { reason: 'provider-unsure'; code: string }
  /** The call was not done before the function's timeout. */
  | { reason: 'out-of-time' }
  | { reason: 'unknown-path'; path: string }
  | { reason: 'unknown-method'; method: string; allowed: readonly string[] }
  | { reason: 'body-too-large'; bytesMax: number }
  | { reason: 'body-not-json'; why: string }
  | { reason: 'media-type'; got: string }
  /** What arrived is not an HTTP request of Function Compute's form. */
  | { reason: 'unreadable-event'; why: string }
  /** Our own mistake. */
  | { reason: 'failed' };

export type EdgeAnswer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal | EdgeRefusal };

export function refused(refusal: Refusal | EdgeRefusal): { ok: false; refusal: Refusal | EdgeRefusal } {
  return { ok: false, refusal };
}
