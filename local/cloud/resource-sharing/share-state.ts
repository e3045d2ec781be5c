import { type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { positionOf } from '../switches';
import { accountsOf } from '../visibility';
import type { Association, Invitation, ResourceShare, World } from '../world';
import { DELETION_TAKES_MS } from './limits';

export type ShareStatus = 'Active' | 'Pending' | 'Deleting' | 'Deleted';

export function statusOf(share: ResourceShare, nowMs: number): Exclude<ShareStatus, 'Pending'> {
  if (share.deleteMs === null) return 'Active';
  return nowMs < share.deleteMs + DELETION_TAKES_MS ? 'Deleting' : 'Deleted';
}

/** The status as the owner reads it. Whether it says Pending while an invitation waits is not documented. */
export function statusForOwner(share: ResourceShare, world: World, nowMs: number): ShareStatus {
  const status = statusOf(share, nowMs);
  if (status !== 'Active' || positionOf('owner-sees-pending', world) === 'no') return status;
  return invitationsOf(share, world).some((one) => one.status === 'Pending') ? 'Pending' : 'Active';
}

/**
 * The caller's own share in this region.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ResourceShareId, 404 EntityNotExists.ResourceShare
 */
export function ownShare(call: Call): ResourceShare {
  const share = shareNamed(call);
  if (share.ownerId === call.caller.accountId) return share;
  throw shareNotFound();
}

/** The share that the call names, whoever owns it. */
export function shareNamed(call: Call): ResourceShare {
  const id = textOf(call, 'ResourceShareId') ?? '';
  if (!/^rs-[\w-]{1,60}$/.test(id)) {
    throw new ProviderRefusal(400, 'InvalidParameter.ResourceShareId', 'The ResourceShareId is invalid.');
  }
  const share = call.world.shares[id];
  if (share === undefined || share.regionId !== call.regionId) throw shareNotFound();
  return share;
}

/** @throws ProviderRefusal 409 ResourceShareStatusMismatchAction when the share is being deleted or is deleted. */
export function checkActive(share: ResourceShare, nowMs: number): void {
  if (statusOf(share, nowMs) === 'Active') return;
  throw new ProviderRefusal(
    409,
    'ResourceShareStatusMismatchAction',
    'The status of the resource share does not allow the specified operation.',
  );
}

export function shareNotFound(): ProviderRefusal {
  return new ProviderRefusal(
    404,
    'EntityNotExists.ResourceShare',
    'The resource share does not exist in the current account.',
  );
}

export function sharesOwnedBy(accountId: string, world: World): ResourceShare[] {
  return Object.values(world.shares).filter((share) => share.ownerId === accountId);
}

export function invitationsOf(share: ResourceShare, world: World): Invitation[] {
  return Object.values(world.invitations).filter((one) => one.resourceShareId === share.resourceShareId);
}

/** The latest invitation of an account to a share. */
export function latestInvitation(
  share: ResourceShare,
  receiverId: string,
  world: World,
): Invitation | undefined {
  return invitationsOf(share, world)
    .filter((one) => one.receiverId === receiverId)
    .toSorted((a, b) => a.createMs - b.createMs)
    .at(-1);
}

/** The latest association of a share with a resource or principal: earlier ones are history. */
export function latestAssociation(
  share: ResourceShare,
  associationType: Association['associationType'],
  entityId: string,
): Association | undefined {
  return share.associations.findLast(
    (one) => one.associationType === associationType && one.entityId === entityId,
  );
}

/** Whether an account uses the share's resources now, by itself or through a folder or directory. */
export function isReceivedBy(accountId: string, share: ResourceShare, world: World): boolean {
  return share.associations.some(
    (one) =>
      one.associationType === 'Target' &&
      (one.status === 'Associated' || one.status === 'Disassociating') &&
      one.withdrawn !== true &&
      accountsOf(one.entityId, world).includes(accountId),
  );
}

export function isActive(association: Association): boolean {
  return association.status !== 'Failed' && association.status !== 'Disassociated';
}

/** Whether an invited principal has not answered yet. */
export function isWaiting(association: Association, share: ResourceShare, world: World): boolean {
  return (
    association.associationType === 'Target' &&
    association.status === 'Associating' &&
    latestInvitation(share, association.entityId, world)?.status === 'Pending'
  );
}

/** Whether the principal said no, or nothing for seven days, and this association is what is left of it. */
export function isUnanswered(association: Association, share: ResourceShare, world: World): boolean {
  if (association.associationType === 'Resource' || !association.external) return false;
  const status = latestInvitation(share, association.entityId, world)?.status;
  const isOver = status === 'Rejected' || status === 'Expired';
  return isOver && (association.status === 'Associating' || association.status === 'Failed');
}
