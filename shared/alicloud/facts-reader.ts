import type { Item, OfferedType } from '../domain/sharing/preflight/facts';
import type { Place } from '../domain/sharing/resource';
import { factsOf, type ResourceType } from '../domain/sharing/resource-types';
import type { FactsReader } from '../flow/facts-port';
import { ProviderError } from '../flow/ports';
import { accountsLetIn } from './image-permissions';
import { imageItems } from './image-items';
import { keyFacts, keyRole } from './key-facts';
import { observeShares } from './observe-shares';
import { deploymentSetItems, vSwitchItems } from './other-items';
import { allByToken, PAGE_SIZE } from './paging';
import type { ProviderClient } from './provider-client';
import { ResourceSharingClient } from './resource-sharing';
import { snapshotItems } from './snapshot-items';

/** What preflight judges by, of any owner account that the client can reach, in as few calls as the provider allows. */
export function factsReader(client: ProviderClient): FactsReader {
  return {
    items: (place, type, ids) => items(client, place, type, ids),
    key: (place, keyId) => keyFacts(client, place, keyId),
    keyRole: (accountId, roleName) => keyRole(client, accountId, roleName),
    shares: (place) => observeShares(new ResourceSharingClient(client, place), client.typeOverrides),
    imageAccounts: (place, imageId) => accountsLetIn(client, place, imageId),
    async directorySharing() {
      const { accountId: ownerAccountId, regionId } = client.own;
      const sharing = new ResourceSharingClient(client, { ownerAccountId, regionId });
      return (await sharing.checkSharingWithResourceDirectoryStatus()).EnableSharingWithRd;
    },
    offeredTypes: (place) => offeredTypes(new ResourceSharingClient(client, place)),
  };
}

async function items(
  client: ProviderClient,
  place: Place,
  type: ResourceType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  switch (type) {
    case 'Snapshot':
      return await snapshotItems(client, place, ids);
    case 'Image':
      return await imageItems(client, place, ids);
    case 'DeploymentSet':
      return await deploymentSetItems(client, place, ids);
    case 'VSwitch':
      return await vSwitchItems(client, place, ids);
    case 'PrefixList':
    case 'PublicIpAddressPool':
    case 'ROSTemplate':
    case 'ServiceCatalogPortfolio':
    case 'CapacityReservation':
    case 'ElasticityAssurance':
    case 'KMSInstance':
    case 'IpamPool':
      throw new ProviderError('refused', {
        code: 'NotReadHere',
        message: `sharekeeper does not look up a ${factsOf(type).noun}; the provider says whether it may be shared when it is asked to.`,
      });
  }
}

async function offeredTypes(sharing: ResourceSharingClient): Promise<OfferedType[]> {
  const permissions = await allByToken('ListPermissions', async (NextToken) => {
    const page = await sharing.listPermissions({ MaxResults: PAGE_SIZE, NextToken });
    return { items: page.Permissions, nextToken: page.NextToken ?? '' };
  });
  return permissions.map(({ ResourceType, PermissionName }) => ({
    resourceType: ResourceType,
    permissionName: PermissionName,
  }));
}
