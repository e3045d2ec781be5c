import { PENDING_LAPSES_AFTER_MS, type Person, type ShareRequest } from '../domain/sharing/request';
import type { Place } from '../domain/sharing/resource';
import { problemsOf, type Wish } from '../domain/sharing/wish';
import type { Aggregates, Clock, Stored } from './ports';
import { no, yes, type Answer } from './refusal';
import { byPerson, requestLists, REQUESTS_DUE } from './request-streams';

/** The one policy there is so far: somebody else with the role approver agrees. */
const POLICY_VERSION = 'default-1';

/** A person asks that principals get access to resources. Everything wrong with the wish is said at once. */
export async function ask(
  ports: { aggregates: Aggregates; clock: Clock; newId: () => string; places: readonly Place[] },
  person: Person,
  wish: Wish,
): Promise<Answer<Stored<ShareRequest>>> {
  if (!person.roles.includes('requester')) return no({ reason: 'role-needed', needs: ['requester'] });
  const nowMs = ports.clock.nowMs();
  const problems = problemsOf(wish, ports.places, nowMs);
  if (problems.length > 0) return no({ reason: 'invalid', problems });

  const request: ShareRequest = {
    ...wish,
    requestId: `req-${ports.newId()}`,
    requestedBy: person,
    createdMs: nowMs,
    policyVersion: POLICY_VERSION,
    state: { is: 'pending', lapseMs: Math.min(nowMs + PENDING_LAPSES_AFTER_MS, wish.endMs ?? Infinity) },
  };
  const saved = await ports.aggregates.save('request', request.requestId, null, {
    doc: request,
    events: [
      {
        type: 'request.created',
        by: byPerson(person),
        data: {
          requestId: request.requestId,
          resources: request.resources.map((resource) => ({ ...resource })),
          principals: request.principals.map((principal) => ({ ...principal })),
          reason: request.reason,
          startMs: request.startMs,
          endMs: request.endMs,
        },
      },
    ],
    lists: requestLists(request),
    due: [{ queue: REQUESTS_DUE, dueMs: request.state.is === 'pending' ? request.state.lapseMs : nowMs }],
  });
  return saved === 'saved' ? yes({ doc: request, version: 1 }) : no({ reason: 'busy' });
}
