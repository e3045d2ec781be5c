import type { Association, ResourceShare, World } from '../../local/cloud/world';
import { PLACE } from './estate';
import { pairOf, type Pair } from './oracle';

/** What the provider really grants, read straight from the world and not through any API. */

/** Shares that we made and that are not over. */
export function ourShares(world: World, ids: ReadonlySet<string>): ResourceShare[] {
  return Object.values(world.shares).filter((share) => ids.has(share.resourceShareId));
}

/** Live in any way: given, coming, or not quite gone. Whoever was only invited and is being taken out never had it. */
function isThere({ status, withdrawn }: Association): boolean {
  return (
    status === 'Associated' || status === 'Associating' || (status === 'Disassociating' && withdrawn !== true)
  );
}

export function pairsOfShare(share: ResourceShare, counts: (association: Association) => boolean): Pair[] {
  const of = (type: Association['associationType']) =>
    share.associations
      .filter((one) => one.associationType === type && counts(one))
      .map((one) => one.entityId);
  return of('Resource').flatMap((resource) => of('Target').map((target) => pairOf(resource, target)));
}

/** Pairs that are given through our shares. */
export function granted(shares: readonly ResourceShare[]): Set<Pair> {
  return new Set(shares.flatMap((share) => pairsOfShare(share, ({ status }) => status === 'Associated')));
}

/** Pairs that are given, coming or still going. */
export function present(shares: readonly ResourceShare[]): Set<Pair> {
  return new Set(shares.flatMap((share) => pairsOfShare(share, isThere)));
}

/** Accounts on the images' own lists. */
export function listed(world: World): Set<Pair> {
  const images = Object.values(world.regions[PLACE.regionId]?.images ?? {});
  return new Set(
    images.flatMap(({ imageId, sharedWith }) => Object.keys(sharedWith).map((id) => pairOf(imageId, id))),
  );
}

/** Pairs that cannot be taken away while somebody has instances in a deployment set. */
export function isOccupied(pair: Pair, world: World): boolean {
  const [resourceId = ''] = pair.split(' ');
  return (world.regions[PLACE.regionId]?.deploymentSets[resourceId]?.instances.length ?? 0) > 0;
}

/** Accounts that were invited to a share and are in it. */
export function outsiders(share: ResourceShare): string[] {
  return share.associations
    .filter((one) => one.associationType === 'Target' && one.external && one.status === 'Associated')
    .map((one) => one.entityId);
}
