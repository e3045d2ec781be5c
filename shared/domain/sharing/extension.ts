import type { ShareRequest } from './request';
import type { Person } from './person';
import type { Wish, WishProblem } from './wish';

export type ExtensionRefusal =
  | { reason: 'not-yours' }
  | { reason: 'wrong-state'; state: ShareRequest['state']['is']; needs: 'approved' }
  | { reason: 'nothing-to-extend'; why: 'no-end' | 'ended' }
  | { reason: 'invalid'; problems: WishProblem[] };

/**
 * The wish that goes on where a request ends: the same resources and principals, from its end to a later one. The two
 * windows touch, so a grant that both want is never without one.
 */
export function extensionOf(
  request: ShareRequest,
  by: Person,
  asked: { endMs: number; reason: string; ticket: string | null },
  nowMs: number,
): { is: 'wish'; wish: Wish } | { is: 'refused'; why: ExtensionRefusal } {
  if (by.subject !== request.requestedBy.subject) return refused({ reason: 'not-yours' });
  if (request.state.is !== 'approved') {
    return refused({ reason: 'wrong-state', state: request.state.is, needs: 'approved' });
  }
  if (request.endMs === null) return refused({ reason: 'nothing-to-extend', why: 'no-end' });
  if (request.endMs <= nowMs) return refused({ reason: 'nothing-to-extend', why: 'ended' });
  if (asked.endMs <= request.endMs) {
    const message = `Access lasts until ${new Date(request.endMs).toISOString()} already.`;
    return refused({ reason: 'invalid', problems: [{ pointer: '/endsAt', code: 'not-later', message }] });
  }
  const { resources, principals } = request;
  return { is: 'wish', wish: { resources, principals, ...asked, startMs: request.endMs } };
}

function refused(why: ExtensionRefusal): { is: 'refused'; why: ExtensionRefusal } {
  return { is: 'refused', why };
}
