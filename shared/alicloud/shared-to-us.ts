import { SHARED_STATUSES, type SharedToUs } from '../domain/receiving/received';
import { changedWhileRead, allByToken, PAGE_SIZE } from './paging';
import type { CallPlace, ProviderClient } from './provider-client';
import { ownResourceId, ownTypeName } from './resource-names';
import { ResourceSharingClient } from './resource-sharing';

/** Every resource that others opened to the account in the region, once for each share that it is in. */
export async function sharedToUs(client: ProviderClient, place: CallPlace): Promise<SharedToUs[]> {
  const { accountId, regionId } = place;
  const sharing = new ResourceSharingClient(client, { ownerAccountId: accountId, regionId });
  const resources = await allByToken('ListSharedResources', async (NextToken) => {
    const page = await sharing.listSharedResources({
      ResourceOwner: 'OtherAccounts',
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return { items: page.SharedResources, nextToken: page.NextToken ?? '' };
  });
  if (resources.length === 0) return [];
  const shares = await allByToken('ListResourceShares', async (NextToken) => {
    const page = await sharing.listResourceShares({
      ResourceOwner: 'OtherAccounts',
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return { items: page.ResourceShares, nextToken: page.NextToken ?? '' };
  });
  const shareOf = new Map(shares.map((share) => [share.ResourceShareId, share]));
  return resources.map(({ ResourceId, ResourceType, ResourceShareId, ResourceStatus }) => {
    const share = shareOf.get(ResourceShareId);
    if (share === undefined) throw changedWhileRead(`Resource share ${ResourceShareId}`);
    return {
      resourceType: ownTypeName(ResourceType, client.typeOverrides),
      resourceId: ownResourceId(ResourceId),
      resourceShareId: ResourceShareId,
      resourceShareName: share.ResourceShareName,
      ownerAccountId: share.ResourceShareOwner,
      status: SHARED_STATUSES.find((known) => known === ResourceStatus) ?? 'Available',
    };
  });
}
