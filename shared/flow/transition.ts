import type { NewEvent } from '../domain/audit/event';
import type { Verdict } from '../domain/sharing/decision';
import { sees, type Person, type RequestState, type ShareRequest } from '../domain/sharing/request';
import { change } from './change';
import type { Aggregates, Clock, Stored } from './ports';
import { no, yes, type Answer } from './refusal';
import { REQUESTS_DUE } from './request-streams';

/**
 * Moves one request from a state to the next, by compare-and-set: of fifty at once one wins and the others see what
 * it became. A state that still has to reach the ledgers is due at once, so that a timer goes on where a process died.
 */
export async function transition(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  judge: (request: ShareRequest, nowMs: number) => Verdict,
  eventOf: (request: ShareRequest, state: RequestState) => NewEvent,
): Promise<Answer<Stored<ShareRequest>>> {
  const changed = await change(ports.aggregates, 'request', requestId, (request) => {
    if (request === null || !sees(person, request))
      return { is: 'refuse', refusal: { reason: 'not-found', what: 'request', id: requestId } };
    const nowMs = ports.clock.nowMs();
    const verdict = judge(request, nowMs);
    if (verdict.is === 'refused') return { is: 'refuse', refusal: verdict.why };
    if (verdict.is === 'already') return { is: 'keep' };
    return {
      is: 'write',
      doc: { ...request, state: verdict.state },
      events: [eventOf(request, verdict.state)],
      due: 'inLedgers' in verdict.state ? [{ queue: REQUESTS_DUE, dueMs: nowMs }] : [],
    };
  });
  if (!changed.ok) return changed;
  return changed.value === null
    ? no({ reason: 'not-found', what: 'request', id: requestId })
    : yes(changed.value);
}
