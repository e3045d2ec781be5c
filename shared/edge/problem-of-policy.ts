import type { ApprovalNeeded } from '../domain/sharing/policy/policy';
import { toldWho } from '../domain/sharing/policy/who';
import type { Refusal } from '../flow/refusal';
import type { Words } from './problem-words';

type PolicyRefusal = Extract<
  Refusal,
  {
    reason:
      | `policy-${string}`
      | `nothing-to-${string}`
      | `already-${string}`
      | 'approver-group-needed'
      | 'confirmation-needed'
      | 'precondition-needed'
      | 'vote-not-needed';
  }
>;

/** Words for what the policy does not let happen, or lets happen otherwise. */
export function wordsForPolicy(refusal: PolicyRefusal): Words {
  switch (refusal.reason) {
    case 'policy-refused':
      return {
        title: 'Not allowed by the policy',
        detail: `The policy ${refusal.policyVersion} does not let you ask for this.`,
        nextStep: `Change what "errors" names; GET /v1/policies/${refusal.policyVersion} shows the rules.`,
        errors: refusal.reasons,
      };
    case 'policy-changed':
      return {
        title: 'Another policy stands',
        detail: `The policy is ${refusal.version} by now. Nothing was uploaded.`,
        nextStep: 'Read the policy that stands, make your change in it, and send it with its ETag.',
      };
    case 'precondition-needed':
      return {
        title: 'Say what you saw',
        detail: 'This replaces what stands, so it has to name it in If-Match.',
        nextStep: 'Read it first and send its ETag as If-Match.',
      };
    case 'confirmation-needed':
      return {
        title: 'Say it once more',
        detail: 'This gives access before anybody agrees. Nothing was done yet.',
        nextStep: 'Send the same call with the sentence of "confirm" as breakGlass.confirm.',
        confirm: refusal.sentence,
      };
    case 'approver-group-needed':
      return {
        title: 'Not for you to decide',
        detail: `This request waits for others: ${listed(refusal.needs)}.`,
        nextStep: 'Leave it to them.',
      };
    case 'vote-not-needed':
      return {
        title: 'Enough of you have agreed',
        detail: `This request still waits for others: ${listed(refusal.waitsFor)}.`,
        nextStep: 'Nothing is left to do for you, unless you want to deny it.',
      };
    case 'already-voted':
      return {
        title: 'You have agreed already',
        detail: 'Everybody has one vote, and yours is counted.',
        nextStep: 'Read the request to see who is waited for. To end access once it is approved, revoke it.',
      };
    case 'nothing-to-extend':
      return {
        title: 'Nothing to extend',
        detail:
          refusal.why === 'ended'
            ? 'Access has ended already.'
            : 'This request has no end: it lasts until revoked.',
        nextStep: refusal.why === 'ended' ? 'Make a new request.' : 'Leave it as it is.',
      };
    case 'nothing-to-review':
      return {
        title: 'Nothing to review',
        detail: 'This request was decided before access was given.',
        nextStep: 'Only requests that broke the glass are reviewed.',
      };
    case 'already-reviewed':
      return {
        title: 'Reviewed already',
        detail: 'Somebody has looked at this request before.',
        nextStep: 'Read the request to see what they said.',
      };
  }
}

function listed(approvals: readonly ApprovalNeeded[]): string {
  return approvals.map(({ who, count }) => `${count} of ${toldWho(who)}`).join('; ');
}
