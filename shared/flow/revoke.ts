import { revoked } from '../domain/sharing/decision';
import type { ShareRequest } from '../domain/sharing/request';
import type { Person } from '../domain/sharing/person';
import { enterLedgers } from './enter-ledgers';
import { everyPage } from './every-page';
import type { Aggregates, Clock, Lists, Stored } from './ports';
import { yes, type Answer } from './refusal';
import { byPerson, extensionsOf } from './request-streams';
import { NO_TERMS, type Terms } from './terms';
import { transition } from './transition';

/**
 * Ends an approved request early: its windows close now, and the next convergence takes the access away. What goes on
 * from it ends as well: access that somebody took back must not come again by itself.
 */
export async function revoke(
  ports: { aggregates: Aggregates; lists: Lists; clock: Clock },
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
  if (!ended.ok) return ended;
  const entered = await enterLedgers(ports, ended.value);
  await endExtensions(ports, entered.doc);
  return yes(entered);
}

/** Revokes the approved extensions of a revoked request, by whoever revoked it. Those that wait stay with their approvers. */
export async function endExtensions(
  ports: { aggregates: Aggregates; lists: Lists; clock: Clock },
  { requestId, state }: ShareRequest,
): Promise<void> {
  if (state.is !== 'revoked') return;
  const because = `${requestId}, from which this goes on, was revoked: ${state.revokeReason}`;
  for await (const ids of everyPage(ports.lists, extensionsOf(requestId))) {
    for (const id of ids) {
      const ended = await revoke(ports, state.revokedBy, id, because);
      if (!ended.ok && ended.refusal.reason === 'busy') throw new Error(`${id} could not be revoked: busy`);
    }
  }
}
