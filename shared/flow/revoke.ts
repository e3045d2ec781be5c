import { revoked } from '../domain/sharing/decision';
import type { Person, ShareRequest } from '../domain/sharing/request';
import { enterLedgers } from './enter-ledgers';
import type { Aggregates, Clock, Stored } from './ports';
import { yes, type Answer } from './refusal';
import { byPerson } from './request-streams';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/** Ends an approved request early: its windows close now, and the next convergence takes the access away. */
export async function revoke(
  ports: { aggregates: Aggregates; clock: Clock },
  person: Person,
  requestId: string,
  reason: string,
  terms: Terms = NO_TERMS,
): Promise<Answer<Stored<ShareRequest>>> {
  const ended = await transition(
    ports,
    person,
    requestId,
    (request, nowMs) => revoked(request, person, reason, nowMs),
    () => [{ type: 'request.revoked', by: byPerson(person), data: { requestId, revokeReason: reason } }],
    terms,
  );
  return ended.ok ? yes(await enterLedgers(ports, ended.value)) : ended;
}
