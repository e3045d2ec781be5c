import type { ReceivedInvitation } from '../domain/receiving/invitation';
import type { PolicyReason } from '../domain/sharing/policy/policy-reason';
import type { ApprovalNeeded } from '../domain/sharing/policy/policy';
import type { PreflightReport } from '../domain/sharing/preflight-report';
import type { RequestState } from '../domain/sharing/request';
import type { Role } from '../domain/sharing/person';

/** Why a flow says no. Rich inside; the edge alone turns it into a status and words. */
export type Refusal =
  | { reason: 'role-needed'; needs: readonly Role[] }
  | {
      reason: 'not-found';
      what:
        | 'request'
        | 'webhook-endpoint'
        | 'policy'
        | 'receiving-account'
        | 'invitation'
        | 'use'
        | 'resource-type';
      id: string;
    }
  | { reason: 'own-request' }
  | { reason: 'not-yours' }
  /** The policy of that version lets this not be asked for; all of its reasons. */
  | { reason: 'policy-refused'; policyVersion: string; reasons: PolicyReason[] }
  /** The provider would refuse it, or has refused the like; all of the reasons. */
  | { reason: 'preflight-refused'; report: PreflightReport }
  /** Breaking the glass: the call has to repeat the sentence. Nothing was done. */
  | { reason: 'confirmation-needed'; sentence: string }
  /** An approver, but in none of the groups that this request is waiting for. */
  | { reason: 'approver-group-needed'; needs: readonly ApprovalNeeded[] }
  | { reason: 'already-voted' }
  /** The votes of this person's groups are all there; others are waited for. */
  | { reason: 'vote-not-needed'; waitsFor: readonly ApprovalNeeded[] }
  | { reason: 'nothing-to-extend'; why: 'no-end' | 'ended' }
  | { reason: 'nothing-to-review' }
  | { reason: 'already-reviewed' }
  /** Another policy stands than the one that the caller has seen. */
  | { reason: 'policy-changed'; version: string }
  /** A change that has to name the version which it goes on from. */
  | { reason: 'precondition-needed' }
  | { reason: 'wrong-state'; state: RequestState['is']; needs: RequestState['is'] }
  | { reason: 'invalid'; problems: FieldProblem[] }
  /** Nobody can answer the invitation any more, or not like this. */
  | { reason: 'invitation-ended'; status: ReceivedInvitation['status'] }
  /** Alibaba Cloud said no, and will say so again. */
  | { reason: 'provider-refused'; code: string; message: string; requestId: string }
  /** Alibaba Cloud could not take the call now; nothing of it happened. */
  | { reason: 'provider-busy'; code: string; afterMs: number }
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
  /** What to do about it, and the page that documents it; for what preflight finds. */
  fix?: string;
  source?: string;
}

export type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

export function yes<Value>(value: Value): Answer<Value> {
  return { ok: true, value };
}

export function no(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}
