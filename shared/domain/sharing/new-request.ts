import type { ApprovalNeeded, PolicyVersion } from './policy/policy';
import type { RequestState, ShareRequest } from './request';
import type { Person } from './person';
import type { Wish } from './wish';

const HOUR_MS = 3_600_000;

/** What the policy made of a wish: allowed, by these rules and with these approvals. */
export interface Allowed {
  rules: string[];
  approvals: ApprovalNeeded[];
  endMs: number | null;
  /** Set where its asker broke the glass: the approvals are skipped, and somebody looks at it afterwards. */
  brokenGlass: { reason: string; reviewDueMs: number } | null;
}

/** The request that an allowed wish becomes: pending, or approved at once where nobody has to agree. */
export function newRequest(
  made: { requestId: string; by: Person; atMs: number; extensionOf: string | null },
  wish: Wish,
  { version, policy }: PolicyVersion,
  allowed: Allowed,
): ShareRequest {
  const { rules, approvals, endMs, brokenGlass } = allowed;
  return {
    ...wish,
    endMs,
    requestId: made.requestId,
    requestedBy: made.by,
    createdMs: made.atMs,
    policyVersion: version,
    rules,
    approvals,
    votes: [],
    extensionOf: made.extensionOf,
    breakGlass:
      brokenGlass === null
        ? null
        : { reason: brokenGlass.reason, review: { is: 'due', dueMs: brokenGlass.reviewDueMs } },
    state: firstState(),
  };

  function firstState(): RequestState {
    if (approvals.length > 0 && brokenGlass === null) {
      const lapseMs = made.atMs + policy.pendingLapsesAfterHours * HOUR_MS;
      return { is: 'pending', lapseMs: Math.min(lapseMs, endMs ?? Infinity) };
    }
    const decision = { by: { policyVersion: version, rules }, atMs: made.atMs, comment: '' };
    return { is: 'approved', decision, inLedgers: false };
  }
}
