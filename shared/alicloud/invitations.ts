import { INVITATION_STATUSES, type ReceivedInvitation } from '../domain/receiving/invitation';
import { ProviderError } from '../flow/ports';
import type { Fields } from './fields';
import type { Invitation, InvitationFailedDetail } from './invitations-api';
import { allByToken, PAGE_SIZE } from './paging';
import type { CallPlace, ProviderClient } from './provider-client';

/** What the account received in the region, with what was answered while the provider keeps it. `id` = that one alone. */
export function receivedInvitations(
  client: ProviderClient,
  place: CallPlace,
  id?: string,
): Promise<ReceivedInvitation[]> {
  return allByToken('ListResourceShareInvitations', async (NextToken) => {
    const answer = await client.call('ResourceSharing', 'ListResourceShareInvitations', place, {
      MaxResults: PAGE_SIZE,
      NextToken,
      ...(id === undefined ? {} : { ResourceShareInvitationIds: [id] }),
    });
    return {
      items: answer
        .list('ResourceShareInvitations')
        .map((one) => invitationFrom(one, one.listOr('InvitationFailedDetails', []))),
      nextToken: answer.textOr('NextToken', ''),
    };
  });
}

/**
 * Says yes or no, once, and answers the request's id.
 * @throws ProviderError; also 'refused' with the code AcceptFailed when the provider took the yes and could not share.
 */
export async function answerInvitation(
  client: ProviderClient,
  place: CallPlace,
  call: 'AcceptResourceShareInvitation' | 'RejectResourceShareInvitation',
  invitationId: string,
): Promise<string> {
  const request = { ResourceShareInvitationId: invitationId };
  if (call === 'RejectResourceShareInvitation') {
    return (await client.call('ResourceSharing', call, place, request)).text('RequestId');
  }
  const answer = await client.call('ResourceSharing', call, place, request);
  const requestId = answer.text('RequestId');
  const invitation = answer.object('ResourceShareInvitation');
  const { status, failures } = invitationFrom(
    invitation,
    invitation.listOr('AcceptInvitationFailedDetails', []),
  );
  if (status !== 'AcceptFailed') return requestId;
  const why = failures.map(
    ({ resourceType, resourceId, reason, description }) =>
      `${resourceType} ${resourceId}: ${reason}, ${description}`,
  );
  throw new ProviderError('refused', {
    code: 'AcceptFailed',
    requestId,
    message: why.join(' ') || 'The provider took the answer and could not share, and did not say why.',
  });
}

function invitationFrom(
  one: Fields<Invitation>,
  failures: Fields<InvitationFailedDetail>[],
): ReceivedInvitation {
  return {
    invitationId: one.text('ResourceShareInvitationId'),
    resourceShareId: one.text('ResourceShareId'),
    resourceShareName: one.textOr('ResourceShareName', ''),
    senderAccountId: one.text('SenderAccountId'),
    status: one.oneOf('Status', INVITATION_STATUSES),
    createMs: one.timeMs('CreateTime'),
    failures: failures.map((failure) => ({
      resourceType: failure.textOr('ResourceType', ''),
      resourceId: failure.textOr('ResourceId', ''),
      reason: failure.textOr('FailureReason', ''),
      description: failure.textOr('FailureDescription', ''),
    })),
  };
}
