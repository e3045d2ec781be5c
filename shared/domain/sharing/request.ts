import { seesAll, type Person } from './person';
import type { ApprovalNeeded } from './policy/policy';
import type { PreflightReport } from './preflight-report';
import type { Principal } from './principal';
import type { ResourceRef } from './resource';

/** Somebody's wish that principals get access to resources for a while, and what became of it. */
export interface ShareRequest {
  requestId: string;
  resources: ResourceRef[];
  principals: Principal[];
  /** Why: a sentence for the approver and for whoever asks next March. */
  reason: string;
  /** What it is called in a ticket system; null = nowhere. */
  ticket: string | null;
  /** null = from the moment of approval. */
  startMs: number | null;
  /** null = until it is revoked. An approver may have made it earlier. */
  endMs: number | null;
  requestedBy: Person;
  createdMs: number;
  /** Which policy judged it; a request keeps the one that it was made under. */
  policyVersion: string;
  /** The rules of that policy that allow it. */
  rules: string[];
  /** Who has to agree, as that policy says; empty = nobody. */
  approvals: ApprovalNeeded[];
  /** Who has agreed, in order; each person once. */
  votes: Vote[];
  /** The request that this one goes on from, for the same resources and principals. */
  extensionOf: string | null;
  breakGlass: BrokenGlass | null;
  /** What was found at the provider before anybody was asked to agree. Requests from before there was one have none. */
  preflight?: PreflightReport;
  state: RequestState;
  /** Calls with a key that have changed it, oldest first: none of them changes it twice. */
  doneCalls?: string[];
}

/** An approver's yes. */
export interface Vote {
  by: Person;
  atMs: number;
  comment: string;
  /** The places in `approvals` that it counts for. */
  countsFor: number[];
  /** The end that this voter made earlier, or null. */
  shortenedToMs: number | null;
}

/** Access was given before anybody agreed; somebody looks at it afterwards. */
export interface BrokenGlass {
  reason: string;
  review: Review;
}

export type Review =
  | { is: 'due'; dueMs: number }
  /** Nobody looked in time; it is still to be done. */
  | { is: 'overdue'; dueMs: number }
  | { is: 'done'; by: Person; atMs: number; verdict: ReviewVerdict; comment: string };

export const REVIEW_VERDICTS = ['justified', 'not-justified'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

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
  /** The person whose vote decided, or the policy where it asks for nobody's. */
  by: Person | PolicyDecider;
  atMs: number;
  comment: string;
}

/** A decision that the policy made by itself, or somebody who broke the glass as the policy lets them. */
export interface PolicyDecider {
  policyVersion: string;
  rules: string[];
}

export function sees(person: Person, request: ShareRequest): boolean {
  return seesAll(person) || request.requestedBy.subject === person.subject;
}

export const RESOURCES_PER_REQUEST_MAX = 50;
export const PRINCIPALS_PER_REQUEST_MAX = 64;
