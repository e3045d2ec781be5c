import { DAY_MS } from '../../cloud/times';
import type { Region, Snapshot, World } from '../../cloud/world';
import type { Random } from '../random';
import { addHandMadeShare } from '../shares';
import type { Organisation } from './organisation';

/** How many of a region's good snapshots somebody has shared by hand. */
const SHARED_IN_ORDER = 8;

/** Shares of a region that people made in the console before sharekeeper came: good ones, and forgotten ones. */
export function addHandMadeShares(
  world: World,
  regionId: string,
  from: Organisation,
  random: Random,
  nowMs: number,
): void {
  const region = world.regions[regionId];
  if (region === undefined) return;
  const share = (
    name: string,
    ownerId: string,
    daysAgo: number,
    resource: { type: string; id: string },
    principal: string,
    invitations: 'accepted' | 'pending' = 'accepted',
  ): void =>
    addHandMadeShare(world, {
      resourceShareId: random.id('rs-', 16),
      resourceShareName: name,
      ownerId,
      regionId,
      createMs: nowMs - daysAgo * DAY_MS,
      resources: [resource],
      principals: [principal],
      invitations,
    });

  for (const { snapshotId, ownerId } of forgotten(region, nowMs)) {
    const principal = random.pick(from.partners);
    share('temporary', ownerId, random.int(5, 12), { type: 'Snapshot', id: snapshotId }, principal);
  }
  const principals = [
    ...from.partners,
    from.folders['sandbox'],
    from.ids['Reporting'],
    from.directory.resourceDirectoryId,
  ];
  for (const [index, { snapshotId, ownerId }] of shareable(region).slice(0, SHARED_IN_ORDER).entries()) {
    const principal = principals[index % principals.length];
    if (principal === undefined || principal === ownerId) continue;
    const isPending = index === SHARED_IN_ORDER - 2;
    share(
      'handover',
      ownerId,
      isPending ? 3 : 60,
      { type: 'Snapshot', id: snapshotId },
      principal,
      isPending ? 'pending' : 'accepted',
    );
  }
  shareImages(region, from, nowMs);
  sharePlaces(region, from, random, share);
}

type Share = (
  name: string,
  ownerId: string,
  daysAgo: number,
  resource: { type: string; id: string },
  principal: string,
) => void;

function shareImages(region: Region, from: Organisation, nowMs: number): void {
  const golden = Object.values(region.images).find(({ imageName }) => imageName === 'golden-linux');
  const receivers = [...from.partners.slice(0, 2), from.ids['Retail Web'], from.ids['Warehouse']];
  for (const accountId of receivers) {
    if (golden !== undefined && accountId !== undefined)
      golden.sharedWith[accountId] = { sharedMs: nowMs - 9 * DAY_MS };
  }
}

function sharePlaces(region: Region, from: Organisation, random: Random, share: Share): void {
  const hub = Object.values(region.vSwitches)[0];
  const retail = from.folders['business/retail/production'];
  if (hub !== undefined && retail !== undefined) {
    share('hub-network', hub.ownerId, 300, { type: 'VSwitch', id: hub.vSwitchId }, retail);
  }
  const set = Object.values(region.deploymentSets).at(-1);
  const receiver = from.ids['Fleet'];
  if (set !== undefined && receiver !== undefined && receiver !== set.ownerId) {
    share('latency', set.ownerId, 90, { type: 'DeploymentSet', id: set.deploymentSetId }, receiver);
    set.instances.push({ instanceId: random.id('i-', 20), ownerId: receiver });
  }
}

function forgotten(region: Region, nowMs: number): Snapshot[] {
  return Object.values(region.snapshots).filter(
    ({ creationMs, retentionDays }) => retentionDays !== null && creationMs + retentionDays * DAY_MS <= nowMs,
  );
}

function shareable(region: Region): Snapshot[] {
  return Object.values(region.snapshots).filter(
    (one) =>
      one.retentionDays === null &&
      one.status === 'accomplished' &&
      one.category === 'standard' &&
      !one.encrypted &&
      !one.ofImportedImage &&
      one.productCode === '',
  );
}
