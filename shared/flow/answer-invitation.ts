import { standingFor, type InvitationAnswer, type ReceivedInvitation } from '../domain/receiving/invitation';
import type { ReceiverCall } from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import type { Person, Role } from '../domain/sharing/person';
import type { Place } from '../domain/sharing/resource';
import { notManaged } from './managed-receivers';
import { writeAsReceiver, writeId, type WritePorts } from './receiver-writes';
import { no, yes, type Answer } from './refusal';
import { byPerson } from './request-streams';

export const ANSWER_INVITATIONS: readonly Role[] = ['approver', 'operator'];

/**
 * Says yes or no to an invitation, for an account that we manage. Saying the same again changes nothing.
 * @throws ProviderError when the invitation cannot be read, or the outcome stays unknown.
 */
export async function answerInvitation(
  ports: WritePorts & { places: readonly Place[] },
  person: Person,
  place: ReceiverPlace,
  invitationId: string,
  answer: InvitationAnswer,
): Promise<Answer<ReceivedInvitation>> {
  if (!person.roles.some((role) => ANSWER_INVITATIONS.includes(role)))
    return no({ reason: 'role-needed', needs: ANSWER_INVITATIONS });
  const refusal = notManaged(ports.places, place, '/regionId');
  if (refusal !== null) return no(refusal);
  const invitation = await ports.provider.invitation(place, invitationId);
  if (invitation === null) return no({ reason: 'not-found', what: 'invitation', id: invitationId });

  const standing = standingFor(invitation, answer);
  if (standing === 'ended') return no({ reason: 'invitation-ended', status: invitation.status });
  // Answered so already: by somebody else, or by us without having heard of it.
  const isOurs =
    (await ports.aggregates.load('receiver-write', writeId(place.accountId, invitationId))) !== null;
  if (standing === 'already' && !isOurs) return yes(invitation);
  const by = byPerson(person);
  const call = answerCall(invitation, answer);
  const written = await writeAsReceiver(ports, { name: invitationId, place, call, by });
  if (!written.ok) return written;
  return yes({ ...invitation, status: answer === 'accept' ? 'Accepted' : 'Rejected', failures: [] });
}

export function answerCall(
  { invitationId, resourceShareId, senderAccountId }: ReceivedInvitation,
  answer: InvitationAnswer,
): ReceiverCall {
  const call = answer === 'accept' ? 'AcceptResourceShareInvitation' : 'RejectResourceShareInvitation';
  return { call, invitationId, resourceShareId, senderAccountId };
}
