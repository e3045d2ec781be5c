import type { RequestState, Role } from '../domain/sharing/request';

/** Why a flow says no. Rich inside; the edge alone turns it into a status and words. */
export type Refusal =
  | { reason: 'role-needed'; needs: readonly Role[] }
  | { reason: 'not-found'; what: 'request' | 'webhook-endpoint'; id: string }
  | { reason: 'own-request' }
  | { reason: 'not-yours' }
  | { reason: 'wrong-state'; state: RequestState['is']; needs: RequestState['is'] }
  | { reason: 'invalid'; problems: FieldProblem[] }
  /** Somebody else kept changing it; nothing of this attempt happened. */
  | { reason: 'busy' }
  /** It is at another version than the caller has seen, or was asked to be at one that there never was. */
  | { reason: 'precondition-failed'; state: RequestState['is']; version: number }
  /** The key came with another body before. */
  | { reason: 'idempotency-key-reused'; firstMs: number }
  /** The first call with this key is not answered yet. */
  | { reason: 'idempotency-in-flight' };

export interface FieldProblem {
  /** JSON pointer into the body, e.g. `/resources/0/regionId`. */
  pointer: string;
  /** Stable, e.g. `region-not-managed`. */
  code: string;
  message: string;
}

export type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export function yes<Value>(value: Value): Answer<Value> {
  return { ok: true, value };
}

export function no(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}
