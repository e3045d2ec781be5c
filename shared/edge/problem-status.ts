import type { Refusal } from '../flow/refusal';
import type { EdgeRefusal } from './edge-refusal';

/** The code of a problem: stable, what a program decides by. */
export type Code = (Refusal | EdgeRefusal)['reason'];

export const STATUS_OF = {
  'body-not-json': 400,
  'unreadable-event': 400,
  'token-missing': 401,
  'token-expired': 401,
  'token-refused': 401,
  'role-needed': 403,
  'own-request': 403,
  'not-yours': 403,
  'policy-refused': 403,
  'approver-group-needed': 403,
  'not-found': 404,
  'unknown-path': 404,
  'unknown-method': 405,
  'wrong-state': 409,
  'already-voted': 409,
  'vote-not-needed': 409,
  'confirmation-needed': 409,
  'nothing-to-extend': 409,
  'nothing-to-review': 409,
  'already-reviewed': 409,
  busy: 409,
  'idempotency-in-flight': 409,
  'precondition-failed': 412,
  'policy-changed': 412,
  'body-too-large': 413,
  'media-type': 415,
  invalid: 422,
  'preflight-refused': 422,
  'idempotency-key-reused': 422,
  'precondition-needed': 428,
  failed: 500,
  'issuer-unreachable': 503,
  'store-unreachable': 503,
  'out-of-time': 503,
} as const satisfies Record<Code, number>;
