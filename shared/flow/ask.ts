import { PENDING_LAPSES_AFTER_MS, type Person, type ShareRequest } from '../domain/sharing/request';
import type { Place } from '../domain/sharing/resource';
import { problemsOf, type Wish } from '../domain/sharing/wish';
import type { Aggregates, Clock, Stored } from './ports';
import { no, yes, type Answer } from './refusal';
import { byPerson, requestLists, REQUESTS_DUE } from './request-streams';
import { NO_TERMS, type Terms } from './terms';

/** The one policy there is so far: somebody else with the role approver agrees. */
const POLICY_VERSION = 'default-1';

/** A person asks that principals get access to resources. Everything wrong with the wish is said at once. */
export async function ask(
  ports: { aggregates: Aggregates; clock: Clock; newId: () => string; places: readonly Place[] },
  person: Person,
  wish: Wish,
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  if (!person.roles.includes('requester')) return no({ reason: 'role-needed', needs: ['requester'] });
  const requestId = `req-${ports.newId()}`;
  const made = terms.again ? await ports.aggregates.load('request', requestId) : null;
  if (made !== null) return yes(made);
  const nowMs = ports.clock.nowMs();
  const problems = problemsOf(wish, ports.places, nowMs);
  if (problems.length > 0) return no({ reason: 'invalid', problems });

  const request: ShareRequest = {
    ...wish,
    requestId,
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
  if (saved === 'saved') return yes({ doc: request, version: 1 });
  // The id is this call's alone: whoever was first is another attempt at it.
  const first = await ports.aggregates.load('request', requestId);
  return first === null ? no({ reason: 'busy' }) : yes(first);
}
