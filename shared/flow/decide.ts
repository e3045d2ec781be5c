import { judge } from '../domain/sharing/decision';
import type { Person, ShareRequest } from '../domain/sharing/request';
import { enterLedgers } from './enter-ledgers';
import type { Aggregates, Clock, Stored } from './ports';
import { yes, type Answer } from './refusal';
import { byPerson } from './request-streams';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/** An approver decides a request; once approved, its windows are entered into the ledgers. */
export async function decide(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  decision: { decision: 'approve' | 'deny'; comment: string },
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  const decided = await transition(
    ports,
    person,
    requestId,
    (request, nowMs) => judge(request, person, decision, nowMs),
    () => ({
      type: decision.decision === 'approve' ? 'request.approved' : 'request.denied',
      by: byPerson(person),
      data: { requestId, comment: decision.comment },
    }),
    terms,
  );
  return decided.ok ? yes(await enterLedgers(ports, decided.value)) : decided;
}
