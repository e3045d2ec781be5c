import type { Principal } from './principal';
import type { ResourceRef } from './resource';

/** Somebody's wish that principals get access to resources for a while, and what became of it. */
export interface ShareRequest {
  requestId: string;
  resources: ResourceRef[];
  principals: Principal[];
  /** Why: a sentence for the approver and for whoever asks next March. */
  reason: string;
  /** null = from the moment of approval. */
  startMs: number | null;
  /** null = until it is revoked. */
  endMs: number | null;
  requestedBy: Person;
  createdMs: number;
  /** Which policy judged it; a request keeps the one that it was made under. */
  policyVersion: string;
  state: RequestState;
  /** Calls with a key that have changed it, oldest first: none of them changes it twice. */
  doneCalls?: string[];
}

export type RequestState =
  /** Waits for an approver until `lapseMs`. */
  | { is: 'pending'; lapseMs: number }
  /** `inLedgers` turns true once every resource's ledger holds its windows. */
  | { is: 'approved'; decision: Decision; inLedgers: boolean }
  | { is: 'denied'; decision: Decision }
  | { is: 'withdrawn'; atMs: number }
  | { is: 'lapsed'; atMs: number }
  /** Approved once, ended early. `inLedgers` turns true once every ledger has closed its windows. */
  | {
      is: 'revoked';
      decision: Decision;
      revokedBy: Person;
      revokedMs: number;
      revokeReason: string;
      inLedgers: boolean;
    };

export interface Decision {
  by: Person;
  atMs: number;
  comment: string;
}

/** A person as the token names them: issuer and subject together are the key, the name is for reading only. */
export interface Person {
  /** `<issuer>|<subject>`. */
  subject: string;
  name: string;
  roles: Role[];
  /** As the token lists them; the policy says what they mean. */
  groups: string[];
}

export const ROLES = ['requester', 'approver', 'operator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who holds only the role requester sees only their own requests; everybody with another role sees all. */
export function seesAll(person: Person): boolean {
  return person.roles.some((role) => role !== 'requester');
}

export function sees(person: Person, request: ShareRequest): boolean {
  return seesAll(person) || request.requestedBy.subject === person.subject;
}

/** Requests that nobody decides lapse. */
export const PENDING_LAPSES_AFTER_MS = 14 * 24 * 3_600_000;
export const RESOURCES_PER_REQUEST_MAX = 50;
export const PRINCIPALS_PER_REQUEST_MAX = 64;
