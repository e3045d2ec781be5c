import type { NewEvent } from '../domain/audit/event';
import type { Ballot } from '../domain/sharing/decision';
import { lacking } from '../domain/sharing/policy/approvals';
import { toldWho } from '../domain/sharing/policy/who';
import type { ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import { byDecider, byPerson } from './request-streams';

/** What is told of a request when it is made; where nobody has to agree, it is approved with the same write. */
export function eventsOfNew(request: ShareRequest): NewEvent[] {
  const { requestId, requestedBy, reason, startMs, endMs, policyVersion, rules } = request;
  const by = byPerson(requestedBy);
  const events: NewEvent[] = [
    {
      type: 'request.created',
      by,
      data: {
        requestId,
        resources: request.resources.map((resource) => ({ ...resource })),
        principals: request.principals.map((principal) => ({ ...principal })),
        reason,
        ticket: request.ticket,
        startMs,
        endMs,
        policyVersion,
        rules,
        extensionOf: request.extensionOf,
        approvals: toldApprovals(request),
      },
    },
  ];
  if (request.breakGlass !== null) {
    const { reason: why, review } = request.breakGlass;
    const reviewDueMs = review.is === 'due' ? review.dueMs : null;
    events.push({
      type: 'request.break_glass',
      by,
      data: { requestId, reason: why, reviewDueMs, skipped: toldApprovals(request) },
    });
  }
  if (request.state.is === 'approved') {
    const { decision } = request.state;
    events.push({
      type: 'request.approved',
      by: byDecider(decision.by),
      data: { requestId, comment: decision.comment },
    });
  }
  return events;
}

/** What is told of a vote or a no; `request` is as it is afterwards. */
export function eventsOfBallot(request: ShareRequest, person: Person, ballot: Ballot): NewEvent[] {
  const { requestId } = request;
  const { decision, comment } = ballot;
  const by = byPerson(person);
  if (decision === 'deny') return [{ type: 'request.denied', by, data: { requestId, comment } }];
  const shortenedToMs = request.votes.at(-1)?.shortenedToMs ?? null;
  const given: NewEvent = {
    type: 'request.approval_given',
    by,
    data: { requestId, comment, shortenedToMs, waitsFor: toldApprovals(request) },
  };
  if (request.state.is !== 'approved') return [given];
  return [given, { type: 'request.approved', by, data: { requestId, comment } }];
}

/** The approvals that still lack votes, in words. */
function toldApprovals({ approvals, votes }: ShareRequest): { who: string; count: number }[] {
  const lacks = lacking(approvals, votes);
  return approvals
    .map(({ who }, at) => ({ who: toldWho(who), count: lacks[at] ?? 0 }))
    .filter(({ count }) => count > 0);
}
