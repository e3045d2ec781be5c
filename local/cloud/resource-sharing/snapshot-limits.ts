import { positionOf } from '../switches';
import { accountsOf } from '../visibility';
import type { Association, ResourceShare, World } from '../world';
import { isActive, sharesOwnedBy } from './share-state';

/**
 * Whether a snapshot of the share would have more accounts than it may once the principals are in.
 * Source: "Share a snapshot": 64 accounts for a snapshot.
 */
export function hasTooManyAccounts(
  snapshotId: string,
  share: ResourceShare,
  added: Association[],
  world: World,
): boolean {
  const limit = world.accounts[share.ownerId]?.quotas.accountsPerSnapshot ?? Infinity;
  const principals = new Set(added.map((one) => one.entityId));
  for (const other of Object.values(world.shares)) {
    if (other.regionId !== share.regionId || !holds(other, snapshotId)) continue;
    for (const one of other.associations) {
      if (one.associationType === 'Target' && one.status === 'Associated') principals.add(one.entityId);
    }
  }
  return countOf(principals, share.ownerId, world) > limit;
}

/** Source: "Share a snapshot": 1,024 shared snapshots for an account. */
export function sharesTooManySnapshots(ownerId: string, world: World): boolean {
  const limit = world.accounts[ownerId]?.quotas.sharedSnapshots ?? Infinity;
  const snapshots = new Set(
    sharesOwnedBy(ownerId, world)
      .flatMap((share) => share.associations)
      .filter((one) => one.entityType === 'Snapshot' && isActive(one))
      .map((one) => one.entityId),
  );
  return snapshots.size > limit;
}

function holds(share: ResourceShare, resourceId: string): boolean {
  return share.associations.some(
    (one) => one.associationType === 'Resource' && one.entityId === resourceId && one.status === 'Associated',
  );
}

function countOf(principals: ReadonlySet<string>, ownerId: string, world: World): number {
  if (positionOf('group-counts-as', world) === 'one') return principals.size;
  const accounts = new Set([...principals].flatMap((principal) => accountsOf(principal, world)));
  accounts.delete(ownerId);
  return accounts.size;
}
