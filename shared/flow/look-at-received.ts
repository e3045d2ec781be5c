import { isWaiting, type ReceivedInvitation } from '../domain/receiving/invitation';
import { receivedResources, type ReceivedResource } from '../domain/receiving/received';
import type { ReceiverWrite } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import type { Person, Role } from '../domain/sharing/person';
import type { Place } from '../domain/sharing/resource';
import { notManaged, regionsOf } from './managed-receivers';
import type { Aggregates, ReceivingProvider } from './ports';
import { writeId } from './receiver-writes';
import { no, yes, type Answer, type Refusal } from './refusal';

/** What one account was offered is nothing that every requester needs to know. */
export const SEE_RECEIVED: readonly Role[] = ['approver', 'operator', 'auditor'];

interface Ports {
  places: readonly Place[];
  provider: ReceivingProvider;
}

/** Invitations that somebody still has to answer, newest first. Throws a ProviderError when they cannot be read. */
export async function listInvitations(
  ports: Ports,
  person: Person,
  place: ReceiverPlace,
): Promise<Answer<ReceivedInvitation[]>> {
  const refusal = mayNotSee(person) ?? notManaged(ports.places, place, '?regionId');
  if (refusal !== null) return no(refusal);
  const all = await ports.provider.invitations(place);
  return yes(all.filter(isWaiting).toSorted((a, b) => b.createMs - a.createMs));
}

/** What others share with the account. Throws a ProviderError when a part of it cannot be read. */
export async function listReceived(
  ports: Ports,
  person: Person,
  place: ReceiverPlace,
): Promise<Answer<ReceivedResource[]>> {
  const refusal = mayNotSee(person) ?? notManaged(ports.places, place, '?regionId');
  if (refusal !== null) return no(refusal);
  const { shared, seen } = await ports.provider.received(place);
  return yes(receivedResources(place.regionId, place.accountId, shared, seen));
}

/** What became of making something. */
export async function lookAtUse(
  ports: { aggregates: Aggregates; places: readonly Place[] },
  person: Person,
  accountId: string,
  useId: string,
): Promise<Answer<ReceiverWrite>> {
  const refusal = mayNotSee(person);
  if (refusal !== null) return no(refusal);
  if (regionsOf(ports.places, accountId).length === 0)
    return no({ reason: 'not-found', what: 'receiving-account', id: accountId });
  const stored = await ports.aggregates.load('receiver-write', writeId(accountId, useId));
  return stored === null ? no({ reason: 'not-found', what: 'use', id: useId }) : yes(stored.doc);
}

function mayNotSee(person: Person): Refusal | null {
  if (person.roles.some((role) => SEE_RECEIVED.includes(role))) return null;
  return { reason: 'role-needed', needs: SEE_RECEIVED };
}
