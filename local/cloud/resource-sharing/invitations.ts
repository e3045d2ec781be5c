import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf, textsOf } from '../read-parameters';
import type { Association, Invitation, ResourceShare } from '../world';
import {
  ASSOCIATION_TAKES_MS,
  FIVE_TEXTS,
  PAGE_PARAMETERS,
  READS_PER_SECOND,
  WRITES_PER_SECOND,
} from './limits';
import { pageOf, timeKey } from './page';
import { endUnanswered, failureOf } from './settle';
import { latestAssociation, latestInvitation } from './share-state';
import { acceptFailures, invitationView } from './views';

const ID_PARAMETER = { ResourceShareInvitationId: { type: 'string', required: true } } as const;

/** Received invitations only: an owner has no list of those that it sent. */
export const listResourceShareInvitations: Action = {
  parameters: { ...PAGE_PARAMETERS, ResourceShareIds: FIVE_TEXTS, ResourceShareInvitationIds: FIVE_TEXTS },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const shareIds = textsOf(call, 'ResourceShareIds');
    const ids = textsOf(call, 'ResourceShareInvitationIds');
    const received = receivedInvitations(call).filter(
      (one) =>
        (shareIds.length === 0 || shareIds.includes(one.resourceShareId)) &&
        (ids.length === 0 || ids.includes(one.resourceShareInvitationId)),
    );
    return pageOf(
      call,
      'ResourceShareInvitations',
      received,
      (one) => timeKey(one.createMs, one.resourceShareInvitationId),
      (one) => ({
        ...invitationView(one, call.world),
        InvitationFailedDetails: failedDetails(one, call.world.shares[one.resourceShareId]),
      }),
    );
  },
};

/** Accepting answers 200 even when it fails: the Status is AcceptFailed then, and the details say why. */
export const acceptResourceShareInvitation: Action = {
  parameters: ID_PARAMETER,
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const { invitation, share, association } = openInvitation(call);
    const { nowMs, world } = call;
    const failureReason = failureOf(association, share, world);
    if (failureReason !== '') {
      Object.assign(invitation, { status: 'AcceptFailed', endedMs: nowMs });
      Object.assign(association, { status: 'Failed', failureReason, updateMs: nowMs, settleMs: null });
      const AcceptInvitationFailedDetails = failedDetails(invitation, share);
      return {
        ResourceShareInvitation: { ...invitationView(invitation, world), AcceptInvitationFailedDetails },
      };
    }
    Object.assign(invitation, { status: 'Accepted', endedMs: nowMs });
    Object.assign(association, {
      status: 'Associating',
      failureReason: '',
      updateMs: nowMs,
      settleMs: nowMs + ASSOCIATION_TAKES_MS,
    });
    return {
      ResourceShareInvitation: { ...invitationView(invitation, world), AcceptInvitationFailedDetails: [] },
    };
  },
};

export const rejectResourceShareInvitation: Action = {
  parameters: ID_PARAMETER,
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const { invitation, share } = openInvitation(call);
    Object.assign(invitation, { status: 'Rejected', endedMs: call.nowMs });
    endUnanswered(share, invitation.receiverId, call.world, call.nowMs);
    return { ResourceShareInvitation: invitationView(invitation, call.world) };
  },
};

/** Which resources stood in the way: today only a snapshot's accounts can. */
function failedDetails(invitation: Invitation, share: ResourceShare | undefined): Record<string, unknown>[] {
  if (share === undefined || invitation.status !== 'AcceptFailed') return [];
  const snapshots = share.associations.filter(
    (one) => one.entityType === 'Snapshot' && one.status === 'Associated',
  );
  const reason = latestAssociation(share, 'Target', invitation.receiverId)?.failureReason ?? '';
  return acceptFailures(reason, snapshots);
}

function receivedInvitations({ caller, regionId, world }: Call): Invitation[] {
  return Object.values(world.invitations).filter(
    (one) => one.receiverId === caller.accountId && world.shares[one.resourceShareId]?.regionId === regionId,
  );
}

interface Open {
  invitation: Invitation;
  share: ResourceShare;
  association: Association;
}

/** @throws ProviderRefusal 409 InvitationStatus.… or (409, not 404) EntityNotExists.ResourceShareInvitation */
function openInvitation(call: Call): Open {
  const id = textOf(call, 'ResourceShareInvitationId') ?? '';
  if (!/^i-[\w-]{1,60}$/.test(id)) {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.ResourceShareInvitationId',
      'The ResourceShareInvitationId is invalid.',
    );
  }
  const invitation = receivedInvitations(call).find((one) => one.resourceShareInvitationId === id);
  const share = call.world.shares[invitation?.resourceShareId ?? ''];
  if (invitation === undefined || share === undefined) throw noInvitation();
  const association = latestAssociation(share, 'Target', invitation.receiverId);
  switch (invitation.status) {
    case 'Pending':
    case 'AcceptFailed':
      if (
        association === undefined ||
        latestInvitation(share, invitation.receiverId, call.world) !== invitation
      ) {
        throw noInvitation();
      }
      return { invitation, share, association };
    case 'Accepted':
      throw invitationIs('AlreadyAccepted', 'already accepted');
    case 'Rejected':
      throw invitationIs('AlreadyRejected', 'rejected');
    case 'Expired':
      throw invitationIs('Expired', 'expired');
    case 'Cancelled':
      throw noInvitation();
  }
}

function invitationIs(code: string, words: string): ProviderRefusal {
  return new ProviderRefusal(
    409,
    `InvitationStatus.${code}`,
    `The resource share invitation status is ${words}.`,
  );
}

function noInvitation(): ProviderRefusal {
  return new ProviderRefusal(
    409,
    'EntityNotExists.ResourceShareInvitation',
    'The resource share invitation does not exist in the current account.',
  );
}
