import { countsFor, lacking } from './policy/approvals';
import type { ApprovalNeeded } from './policy/policy';
import type { RequestState, ShareRequest } from './request';
import type { Person, Role } from './person';
import type { WishProblem } from './wish';

/** What may become of a request, decided from its state, the person and the time alone. */
export type Verdict =
  | { is: 'becomes'; request: ShareRequest }
  | { is: 'already' }
  | { is: 'refused'; why: DecisionRefusal };

type DecisionRefusal =
  | { reason: 'role-needed'; needs: readonly Role[] }
  | { reason: 'own-request' }
  | { reason: 'not-yours' }
  /** An approver, but in none of the groups that this request is waiting for. */
  | { reason: 'approver-group-needed'; needs: readonly ApprovalNeeded[] }
  | { reason: 'already-voted' }
  /** All votes of this person's groups are there; others are waited for. */
  | { reason: 'vote-not-needed'; waitsFor: readonly ApprovalNeeded[] }
  | { reason: 'invalid'; problems: WishProblem[] }
  | { reason: 'wrong-state'; state: RequestState['is']; needs: RequestState['is'] };

export interface Ballot {
  decision: 'approve' | 'deny';
  comment: string;
  /** An approver may end access earlier than was asked. */
  endMs?: number | null;
}

/**
 * An approver says yes or no. It is approved with the last vote that it needs, and denied by the first no.
 * The requester of a request never decides it, whatever roles they hold.
 */
export function judge(request: ShareRequest, by: Person, ballot: Ballot, nowMs: number): Verdict {
  if (!by.roles.includes('approver')) return refused({ reason: 'role-needed', needs: ['approver'] });
  if (by.subject === request.requestedBy.subject) return refused({ reason: 'own-request' });
  const over = notPending(request, nowMs);
  if (over !== null) return refused(over);
  if (request.votes.some((vote) => vote.by.subject === by.subject))
    return refused({ reason: 'already-voted' });
  const counting = countsFor(request.approvals, by);
  if (counting.length === 0) return refused({ reason: 'approver-group-needed', needs: request.approvals });
  if (ballot.decision === 'deny') {
    return becomes({
      ...request,
      state: { is: 'denied', decision: { by, atMs: nowMs, comment: ballot.comment } },
    });
  }
  const before = lacking(request.approvals, request.votes);
  if (counting.every((at) => before[at] === 0)) {
    const waitsFor = request.approvals.filter((_approval, at) => before[at] !== 0);
    return refused({ reason: 'vote-not-needed', waitsFor });
  }
  const shortened = ballot.endMs ?? null;
  if (shortened !== null && !isEarlierEnd(shortened, request, nowMs))
    return refused(cannotBeThatEnd(request));
  return withVote(request, by, ballot.comment, shortened, counting, nowMs);
}

function withVote(
  request: ShareRequest,
  by: Person,
  comment: string,
  shortenedToMs: number | null,
  counting: number[],
  nowMs: number,
): Verdict {
  const votes = [...request.votes, { by, atMs: nowMs, comment, countsFor: counting, shortenedToMs }];
  const voted = { ...request, votes, endMs: shortenedToMs ?? request.endMs };
  if (lacking(request.approvals, votes).some((count) => count > 0)) return becomes(voted);
  return becomes({
    ...voted,
    state: { is: 'approved', decision: { by, atMs: nowMs, comment }, inLedgers: false },
  });
}

function isEarlierEnd(endMs: number, request: ShareRequest, nowMs: number): boolean {
  return (
    endMs > Math.max(nowMs, request.startMs ?? nowMs) && (request.endMs === null || endMs < request.endMs)
  );
}

function cannotBeThatEnd({ endMs }: ShareRequest): DecisionRefusal {
  const before = endMs === null ? '' : ` and before ${new Date(endMs).toISOString()}`;
  const message = `An approver may end access earlier than was asked: after it begins${before}.`;
  return { reason: 'invalid', problems: [{ pointer: '/endsAt', code: 'not-earlier', message }] };
}

/** The requester takes a request back before it is decided. */
export function withdrawn(request: ShareRequest, by: Person, nowMs: number): Verdict {
  if (by.subject !== request.requestedBy.subject) return refused({ reason: 'not-yours' });
  if (request.state.is === 'withdrawn') return { is: 'already' };
  if (request.state.is !== 'pending') {
    return refused({ reason: 'wrong-state', state: request.state.is, needs: 'pending' });
  }
  return becomes({ ...request, state: { is: 'withdrawn', atMs: nowMs } });
}

/** The requester, an approver or an operator ends an approved request early. */
export function revoked(request: ShareRequest, by: Person, reason: string, nowMs: number): Verdict {
  const own = by.subject === request.requestedBy.subject;
  if (!own && !by.roles.includes('approver') && !by.roles.includes('operator')) {
    return refused({ reason: 'role-needed', needs: ['approver', 'operator'] });
  }
  if (request.state.is === 'revoked') return { is: 'already' };
  if (request.state.is !== 'approved') {
    return refused({ reason: 'wrong-state', state: request.state.is, needs: 'approved' });
  }
  return becomes({
    ...request,
    state: {
      is: 'revoked',
      decision: request.state.decision,
      revokedBy: by,
      revokedMs: nowMs,
      revokeReason: reason,
      inLedgers: false,
    },
  });
}

function notPending({ state }: ShareRequest, nowMs: number): DecisionRefusal | null {
  if (state.is !== 'pending') return { reason: 'wrong-state', state: state.is, needs: 'pending' };
  return state.lapseMs <= nowMs ? { reason: 'wrong-state', state: 'lapsed', needs: 'pending' } : null;
}

function becomes(request: ShareRequest): Verdict {
  return { is: 'becomes', request };
}

function refused(why: DecisionRefusal): Verdict {
  return { is: 'refused', why };
}
