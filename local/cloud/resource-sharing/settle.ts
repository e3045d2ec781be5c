import { createHash } from 'node:crypto';
import { positionOf } from '../switches';
import type { Association, ResourceShare, World } from '../world';
import { followDirectory } from './follow-directory';
import { DELETION_TAKES_MS, INVITATION_VALID_MS, PURGE_AFTER_MAX_MS, PURGE_AFTER_MIN_MS } from './limits';
import { heldByInstances } from './occupied';
import { obstacleOf } from './resources';
import { invitationsOf, isActive, latestAssociation } from './share-state';
import { hasTooManyAccounts, sharesTooManySnapshots } from './snapshot-limits';

/**
 * Brings everything that happens by itself up to the clock: associations settle, shares end, invitations expire after
 * 7 days, members that left are taken out, old records are purged after 48 to 96 hours. Each thing gets the time at
 * which it fell due, not the time at which somebody looked.
 *
 * @returns whether anything changed.
 */
export function settle(world: World, nowMs: number): boolean {
  let hasChanged = expireInvitations(world, nowMs);
  for (const share of Object.values(world.shares)) {
    const steps = [followDirectory, finishLeaving, finishJoining, purgeAssociations];
    for (const step of steps) hasChanged = step(share, world, nowMs) || hasChanged;
    if (
      share.deleteMs !== null &&
      nowMs >= share.deleteMs + DELETION_TAKES_MS + purgeAfterMs(share.resourceShareId)
    ) {
      for (const one of invitationsOf(share, world)) delete world.invitations[one.resourceShareInvitationId];
      delete world.shares[share.resourceShareId];
      hasChanged = true;
    }
  }
  return hasChanged;
}

/** Why a principal or resource cannot be associated; '' when it can. The provider's FailureReason. */
export function failureOf(association: Association, share: ResourceShare, world: World): string {
  switch (association.associationType) {
    case 'Resource': {
      const { entityId: resourceId, entityType: resourceType } = association;
      const obstacle = obstacleOf({ resourceId, resourceType }, share.ownerId, share.regionId, world);
      if (obstacle !== undefined) return obstacle;
      if (resourceType !== 'Snapshot') return '';
      const isOver = sharesTooManySnapshots(share.ownerId, world) || isFullWith(resourceId, share, [], world);
      return isOver ? 'LimitExceeded' : '';
    }
    case 'Target': {
      const isOver = share.associations
        .filter((one) => one.entityType === 'Snapshot' && one.status === 'Associated')
        .some((snapshot) => hasTooManyAccounts(snapshot.entityId, share, [association], world));
      return isOver ? 'LimitExceeded' : '';
    }
  }
}

function isFullWith(snapshotId: string, share: ResourceShare, added: Association[], world: World): boolean {
  const targets = share.associations.filter(
    (one) => one.associationType === 'Target' && one.status === 'Associated',
  );
  return hasTooManyAccounts(snapshotId, share, [...targets, ...added], world);
}

function expireInvitations(world: World, nowMs: number): boolean {
  const expired = Object.values(world.invitations).filter(
    (one) => one.status === 'Pending' && nowMs >= one.createMs + INVITATION_VALID_MS,
  );
  for (const invitation of expired) {
    const endedMs = invitation.createMs + INVITATION_VALID_MS;
    Object.assign(invitation, { status: 'Expired', endedMs });
    const share = world.shares[invitation.resourceShareId];
    if (share !== undefined) endUnanswered(share, invitation.receiverId, world, endedMs);
  }
  return expired.length > 0;
}

/** What a principal's association becomes after Reject or after seven days is not documented: a switch says. */
export function endUnanswered(share: ResourceShare, receiverId: string, world: World, endedMs: number): void {
  const association = latestAssociation(share, 'Target', receiverId);
  if (association?.status !== 'Associating') return;
  const position = positionOf('unanswered-association', world);
  if (position === 'Associating') return;
  if (position === 'Failed') {
    Object.assign(association, {
      status: 'Failed',
      failureReason: 'Unavailable',
      updateMs: endedMs,
      settleMs: null,
    });
    return;
  }
  Object.assign(association, { status: 'Disassociated', updateMs: endedMs, settleMs: null });
}

/** All that leaves a share at one time is judged together: what holds one of them back keeps a deletion from happening. */
function finishLeaving(share: ResourceShare, world: World, nowMs: number): boolean {
  const due = share.associations.filter((one) => one.status === 'Disassociating' && isDue(one, nowMs));
  if (due.length === 0) return false;
  const held = heldByInstances(due, share, world);
  const isDeletionOff = held.length > 0 && share.deleteMs !== null;
  if (isDeletionOff) share.deleteMs = null;
  for (const one of due) {
    const updateMs = one.settleMs ?? nowMs;
    const stays = held.includes(one) || (isDeletionOff && one.withdrawn !== true);
    const failureReason = held.includes(one) ? 'UnsupportedOperation' : one.failureReason;
    Object.assign(one, {
      status: stays ? 'Associated' : 'Disassociated',
      failureReason,
      updateMs,
      settleMs: null,
    });
  }
  return true;
}

/** Resources first: whether a principal fits depends on the snapshots that are there. */
function finishJoining(share: ResourceShare, world: World, nowMs: number): boolean {
  const due = share.associations
    .filter((one) => one.status === 'Associating' && isDue(one, nowMs))
    .toSorted((a, b) => a.associationType.localeCompare(b.associationType));
  for (const one of due) {
    const failureReason = failureOf(one, share, world);
    const status = failureReason === '' ? 'Associated' : 'Failed';
    Object.assign(one, { status, failureReason, updateMs: one.settleMs ?? nowMs, settleMs: null });
  }
  return due.length > 0;
}

function purgeAssociations(share: ResourceShare, _world: World, nowMs: number): boolean {
  const kept = share.associations.filter(
    (one) => isActive(one) || nowMs < one.updateMs + purgeAfterMs(share.resourceShareId + one.entityId),
  );
  const hasPurged = kept.length < share.associations.length;
  share.associations = kept;
  return hasPurged;
}

function isDue(association: Association, nowMs: number): boolean {
  return association.settleMs !== null && nowMs >= association.settleMs;
}

/** Some moment between 48 and 96 hours, always the same one for one record. */
function purgeAfterMs(id: string): number {
  const share = createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(PURGE_AFTER_MIN_MS + share * (PURGE_AFTER_MAX_MS - PURGE_AFTER_MIN_MS));
}
