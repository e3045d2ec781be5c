import { judge, type Ballot } from '../domain/sharing/decision';
import type { ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import { enterLedgers } from './enter-ledgers';
import type { Aggregates, Clock, Stored } from './ports';
import { yes, type Answer } from './refusal';
import { eventsOfBallot } from './request-events';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/**
 * An approver says yes or no. Each yes is one compare-and-set that adds a vote; with the last one that is needed the
 * request is approved, and its windows are entered into the ledgers.
 */
export async function decide(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  ballot: Ballot,
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  const decided = await transition(
    ports,
    person,
    requestId,
    (request, nowMs) => judge(request, person, ballot, nowMs),
    (request) => eventsOfBallot(request, person, ballot),
    terms,
  );
  return decided.ok ? yes(await enterLedgers(ports, decided.value)) : decided;
}
