import { arnOf, isSharedIn } from '../cloud/resource-sharing/resource-types';
import type { World } from '../cloud/world';

/** The types that the local cloud shares and has no actions for, with how their ids begin. */
const ID_STARTS: Readonly<Record<string, string>> = {
  PrefixList: 'pl-',
  PublicIpAddressPool: 'pippool-',
  IpamPool: 'ipam-pool-',
  ROSTemplate: '',
  ServiceCatalogPortfolio: 'port-',
  CapacityReservation: 'crp-',
  ElasticityAssurance: 'eap-',
  KMSInstance: 'kst-',
};

/**
 * Puts one resource of each such type into a region, as far as the type is shared there (templates in cn-shanghai only).
 *
 * @param idTail what all their ids end with, e.g. `bp1tiny`
 */
export function addOtherResources(world: World, regionId: string, ownerId: string, idTail: string): void {
  for (const [resourceType, idStart] of Object.entries(ID_STARTS)) {
    if (!isSharedIn(resourceType, regionId, world)) continue;
    const resourceId = `${idStart}${idTail}`;
    const arn = arnOf(resourceType, resourceId, regionId, ownerId, world);
    const others = world.regions[regionId]?.otherResources;
    if (others !== undefined) others[resourceId] = { resourceId, resourceType, ownerId, arn };
  }
}
