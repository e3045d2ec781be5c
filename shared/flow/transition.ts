import type { NewEvent } from '../domain/audit/event';
import { sees, type ShareRequest } from '../domain/sharing/request';
import { type Person } from '../domain/sharing/person';
import { change } from './change';
import type { Aggregates, Clock, Stored } from './ports';
import { no, yes, type Answer, type Refusal } from './refusal';
import { REQUESTS_DUE } from './request-streams';
import { NO_TERMS, type Terms } from './terms';

/** What a call comes to for one request. */
export type Verdict =
  | { is: 'becomes'; request: ShareRequest }
  | { is: 'already' }
  | { is: 'refused'; why: Refusal };

/** Far more than a request has changes. */
const DONE_CALLS_MAX = 50;

/**
 * Moves one request from a state to the next, by compare-and-set: of fifty at once one wins and the others see what
 * it became. A state that still has to reach the ledgers is due at once, so that a timer goes on where a process died.
 */
export async function transition(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  judge: (request: ShareRequest, nowMs: number) => Verdict,
  eventsOf: (becomes: ShareRequest) => NewEvent[],
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  const changed = await change(ports.aggregates, 'request', requestId, (request, version) => {
    if (request === null || !sees(person, request))
      return { is: 'refuse', refusal: { reason: 'not-found', what: 'request', id: requestId } };
    if (terms.callKey !== null && request.doneCalls?.includes(terms.callKey)) return { is: 'keep' };
    if (terms.versions !== null && !terms.versions.includes(version)) {
      const state = request.state.is;
      return { is: 'refuse', refusal: { reason: 'precondition-failed', state, version } };
    }
    const nowMs = ports.clock.nowMs();
    const verdict = judge(request, nowMs);
    if (verdict.is === 'refused') return { is: 'refuse', refusal: verdict.why };
    if (verdict.is === 'already') return { is: 'keep' };
    return {
      is: 'write',
      doc: afterCall(verdict.request, terms.callKey),
      events: eventsOf(verdict.request),
      due: isUnentered(verdict.request) ? [{ queue: REQUESTS_DUE, dueMs: nowMs }] : [],
    };
  });
  if (!changed.ok) return changed;
  return changed.value === null
    ? no({ reason: 'not-found', what: 'request', id: requestId })
    : yes(changed.value);
}

function isUnentered({ state }: ShareRequest): boolean {
  return 'inLedgers' in state && !state.inLedgers;
}

/** Remembers in the document itself that a call has had its effect: no crash can part the two. */
function afterCall(request: ShareRequest, callKey: string | null): ShareRequest {
  if (callKey === null) return request;
  return { ...request, doneCalls: [...(request.doneCalls ?? []), callKey].slice(-DONE_CALLS_MAX) };
}
