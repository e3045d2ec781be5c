import { withdrawn } from '../domain/sharing/decision';
import type { ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import type { Aggregates, Clock, Stored } from './ports';
import type { Answer } from './refusal';
import { byPerson } from './request-streams';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/** The requester takes back a request that nobody has decided. */
export async function withdraw(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  return await transition(
    ports,
    person,
    requestId,
    (request, nowMs) => withdrawn(request, person, nowMs),
    () => [{ type: 'request.withdrawn', by: byPerson(person), data: { requestId } }],
    terms,
  );
}
