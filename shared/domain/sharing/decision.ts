import type { Person, RequestState, Role, ShareRequest } from './request';

/** What may become of a request, decided from its state, the person and the time alone. */
export type Verdict =
  | { is: 'becomes'; state: RequestState }
  | { is: 'already' }
  | { is: 'refused'; why: DecisionRefusal };

export type DecisionRefusal =
  | { reason: 'role-needed'; needs: readonly Role[] }
  | { reason: 'own-request' }
  | { reason: 'not-yours' }
  | { reason: 'wrong-state'; state: RequestState['is']; needs: RequestState['is'] };

/** An approver says yes or no. The requester of a request never decides it, whatever roles they hold. */
export function judge(
  request: ShareRequest,
  by: Person,
  decision: { decision: 'approve' | 'deny'; comment: string },
  nowMs: number,
): Verdict {
  if (!by.roles.includes('approver')) return refused({ reason: 'role-needed', needs: ['approver'] });
  if (by.subject === request.requestedBy.subject) return refused({ reason: 'own-request' });
  if (request.state.is !== 'pending') {
    return refused({ reason: 'wrong-state', state: request.state.is, needs: 'pending' });
  }
  if (request.state.lapseMs <= nowMs)
    return refused({ reason: 'wrong-state', state: 'lapsed', needs: 'pending' });
  const made = { by, atMs: nowMs, comment: decision.comment };
  return decision.decision === 'approve'
    ? { is: 'becomes', state: { is: 'approved', decision: made, inLedgers: false } }
    : { is: 'becomes', state: { is: 'denied', decision: made } };
}

/** The requester takes a request back before it is decided. */
export function withdrawn(request: ShareRequest, by: Person, nowMs: number): Verdict {
  if (by.subject !== request.requestedBy.subject) return refused({ reason: 'not-yours' });
  if (request.state.is === 'withdrawn') return { is: 'already' };
  if (request.state.is !== 'pending') {
    return refused({ reason: 'wrong-state', state: request.state.is, needs: 'pending' });
  }
  return { is: 'becomes', state: { is: 'withdrawn', atMs: nowMs } };
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
  return {
    is: 'becomes',
    state: {
      is: 'revoked',
      decision: request.state.decision,
      revokedBy: by,
      revokedMs: nowMs,
      revokeReason: reason,
      inLedgers: false,
    },
  };
}

function refused(why: DecisionRefusal): Verdict {
  return { is: 'refused', why };
}
