import type { ObservedAssociation, ObservedShare } from '../domain/sharing/observation';
import type { TypeOverrides } from '../domain/sharing/resource-types';
import { allByToken, changedWhileRead, PAGE_SIZE } from './paging';
import { ownResourceId, ownTypeName } from './resource-names';
import type { ResourceSharingClient } from './resource-sharing';
import type { ResourceShare, ResourceShareAssociation } from './resource-sharing-api';

/**
 * Every share that the account owns in the region, with its associations of now and of the last days.
 * The shares are read last, so that the share of every association is among them unless it was purged meanwhile.
 */
export async function observeShares(
  sharing: ResourceSharingClient,
  overrides: TypeOverrides,
): Promise<ObservedShare[]> {
  const [resources, principals] = await Promise.all([
    associations(sharing, 'Resource'),
    associations(sharing, 'Target'),
  ]);
  const shares = await ownShares(sharing);
  refuseLiveStrangers(shares, [...resources, ...principals]);
  const resourcesOf = byShare(resources);
  const principalsOf = byShare(principals);
  return shares.map((share) => ({
    resourceShareId: share.ResourceShareId,
    resourceShareName: share.ResourceShareName,
    status: share.ResourceShareStatus,
    allowExternalTargets: share.AllowExternalTargets,
    resources: (resourcesOf.get(share.ResourceShareId) ?? []).map((one) => ({
      ...observed(one),
      entityId: ownResourceId(one.EntityId),
      entityType: ownTypeName(one.EntityType, overrides),
    })),
    principals: (principalsOf.get(share.ResourceShareId) ?? []).map(observed),
  }));
}

function ownShares(sharing: ResourceSharingClient): Promise<ResourceShare[]> {
  return allByToken('ListResourceShares', async (NextToken) => {
    const page = await sharing.listResourceShares({
      ResourceOwner: 'Self',
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return { items: page.ResourceShares, nextToken: page.NextToken ?? '' };
  });
}

function associations(
  sharing: ResourceSharingClient,
  AssociationType: 'Resource' | 'Target',
): Promise<ResourceShareAssociation[]> {
  return allByToken('ListResourceShareAssociations', async (NextToken) => {
    const page = await sharing.listResourceShareAssociations({
      AssociationType,
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return { items: page.ResourceShareAssociations, nextToken: page.NextToken ?? '' };
  });
}

/** Records of the past may outlive their share, which is purged too. Something that lives belongs to a share. */
function refuseLiveStrangers(
  shares: readonly ResourceShare[],
  all: readonly ResourceShareAssociation[],
): void {
  const known = new Set(shares.map((share) => share.ResourceShareId));
  for (const { ResourceShareId, AssociationStatus } of all) {
    const isPast = AssociationStatus === 'Failed' || AssociationStatus === 'Disassociated';
    if (!isPast && !known.has(ResourceShareId)) throw changedWhileRead(`Resource share ${ResourceShareId}`);
  }
}

function byShare(all: readonly ResourceShareAssociation[]): Map<string, ResourceShareAssociation[]> {
  const shares = new Map<string, ResourceShareAssociation[]>();
  for (const one of all) {
    const known = shares.get(one.ResourceShareId);
    if (known === undefined) shares.set(one.ResourceShareId, [one]);
    else known.push(one);
  }
  return shares;
}

function observed(one: ResourceShareAssociation): ObservedAssociation {
  return {
    entityId: one.EntityId,
    entityType: one.EntityType,
    status: one.AssociationStatus,
    failureReason: one.AssociationFailedDetails[0]?.FailureReason ?? one.AssociationStatusMessage,
    createMs: Date.parse(one.CreateTime),
    updateMs: Date.parse(one.UpdateTime),
    external: one.External,
  };
}
