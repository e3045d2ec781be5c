import { reviewed } from '../domain/sharing/review';
import type { ReviewVerdict, ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import type { Aggregates, Clock, Stored } from './ports';
import type { Answer } from './refusal';
import { byPerson } from './request-streams';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/** An approver looks at access that was given before anybody agreed. It stays as it is: to end it there is `revoke`. */
export async function review(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  said: { verdict: ReviewVerdict; comment: string },
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  return await transition(
    ports,
    person,
    requestId,
    (request, nowMs) => reviewed(request, person, said, nowMs),
    () => [{ type: 'request.reviewed', by: byPerson(person), data: { requestId, ...said } }],
    terms,
  );
}
