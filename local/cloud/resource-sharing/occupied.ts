import { accountsOf, sharedWith } from '../visibility';
import type { Association, ResourceShare, World } from '../world';
import { isDeploymentSetType } from './resource-types';

/**
 * The associations among `leaving` that cannot go, because an account would lose a deployment set in which it still has
 * instances. Source: "Share a deployment set": cancelling is impossible while the receiver has instances in it.
 */
export function heldByInstances(
  leaving: readonly Association[],
  share: ResourceShare,
  world: World,
): Association[] {
  const held = new Set<Association>();
  for (const { entityId: deploymentSetId } of deploymentSetsIn(share)) {
    const before = new Set(usersIf('Associated', leaving, share, deploymentSetId, world));
    const after = new Set(usersIf('Disassociated', leaving, share, deploymentSetId, world));
    const instances = world.regions[share.regionId]?.deploymentSets[deploymentSetId]?.instances ?? [];
    for (const { ownerId } of instances) {
      if (!before.has(ownerId) || after.has(ownerId)) continue;
      for (const one of leaving) if (givesAccess(one, deploymentSetId, ownerId, world)) held.add(one);
    }
  }
  return [...held];
}

function deploymentSetsIn(share: ResourceShare): Association[] {
  return share.associations.filter(
    (one) =>
      one.associationType === 'Resource' &&
      isDeploymentSetType(one.entityType) &&
      one.status !== 'Disassociated',
  );
}

/** Who would use a deployment set if the leaving associations were in that status. */
function usersIf(
  status: 'Associated' | 'Disassociated',
  leaving: readonly Association[],
  share: ResourceShare,
  deploymentSetId: string,
  world: World,
): string[] {
  const associations = share.associations.map((one) =>
    leaving.includes(one) && one.withdrawn !== true ? { ...one, status } : one,
  );
  const shares = { ...world.shares, [share.resourceShareId]: { ...share, associations } };
  return sharedWith(deploymentSetId, share.regionId, { ...world, shares });
}

function givesAccess(
  association: Association,
  deploymentSetId: string,
  accountId: string,
  world: World,
): boolean {
  switch (association.associationType) {
    case 'Resource':
      return association.entityId === deploymentSetId;
    case 'Target':
      return accountsOf(association.entityId, world).includes(accountId);
  }
}
