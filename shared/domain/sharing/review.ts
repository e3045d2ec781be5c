import type { Review, ReviewVerdict, ShareRequest } from './request';
import type { Person, Role } from './person';

/** What a look at a broken glass comes to. */
export type ReviewOutcome = { is: 'becomes'; request: ShareRequest } | { is: 'refused'; why: ReviewRefusal };

export type ReviewRefusal =
  | { reason: 'role-needed'; needs: readonly Role[] }
  | { reason: 'own-request' }
  | { reason: 'nothing-to-review' }
  | { reason: 'already-reviewed' };

/** An approver who did not ask for it says whether breaking the glass was right. Late is better than never. */
export function reviewed(
  request: ShareRequest,
  by: Person,
  said: { verdict: ReviewVerdict; comment: string },
  nowMs: number,
): ReviewOutcome {
  if (!by.roles.includes('approver')) return refused({ reason: 'role-needed', needs: ['approver'] });
  if (by.subject === request.requestedBy.subject) return refused({ reason: 'own-request' });
  if (request.breakGlass === null) return refused({ reason: 'nothing-to-review' });
  if (request.breakGlass.review.is === 'done') return refused({ reason: 'already-reviewed' });
  return { is: 'becomes', request: withReview(request, { is: 'done', by, atMs: nowMs, ...said }) };
}

/** The request with its review overdue, or null when none is. */
export function reviewOverdue(request: ShareRequest, nowMs: number): ShareRequest | null {
  const review = request.breakGlass?.review;
  if (review?.is !== 'due' || review.dueMs > nowMs) return null;
  return withReview(request, { is: 'overdue', dueMs: review.dueMs });
}

function withReview(request: ShareRequest, review: Review): ShareRequest {
  const { breakGlass } = request;
  return { ...request, breakGlass: breakGlass === null ? null : { ...breakGlass, review } };
}

function refused(why: ReviewRefusal): ReviewOutcome {
  return { is: 'refused', why };
}
