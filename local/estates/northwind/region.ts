import { isServiceKey, serviceKeyOf } from '../../cloud/kms/keys';
import { DAY_MS } from '../../cloud/times';
import type { Image, Region, Snapshot } from '../../cloud/world';
import type { Random } from '../random';
import { deploymentSet, emptyRegion, image, key, snapshot, vSwitch } from '../resources';
import type { RegionPlan } from './region-plan';
import { chain } from './snapshots';

/** The accounts that own what is in a region. */
export interface Owners {
  imageFactory: string;
  networkHub: string;
  /** Accounts that back up their own disks. */
  backedUp: readonly [string, ...string[]];
}

const ID_TAIL = 17;

/** One kind of image each: what the sharing rules tell apart. */
const IMAGE_KINDS: readonly (Partial<Image> & { disks: number; key?: 'service' | 'own' })[] = [
  { imageName: 'golden-linux', disks: 1, tags: { team: 'image-factory', channel: 'stable' } },
  { imageName: 'golden-linux-previous', disks: 1 },
  { imageName: 'golden-windows', disks: 1, osType: 'windows' },
  { imageName: 'golden-linux-data-disk', disks: 2 },
  { imageName: 'payments-encrypted', disks: 1, key: 'own' },
  { imageName: 'payments-encrypted-full', disks: 2, key: 'own' },
  { imageName: 'ledger-encrypted', disks: 1, key: 'service' },
  { imageName: 'firewall-appliance', disks: 1, productCode: 'cmjj025310' },
  { imageName: 'legacy-imported', disks: 1, imported: true },
  { imageName: 'golden-linux-next', disks: 0, status: 'Creating' },
];

/** A region full of resources, with exactly the planned number of snapshots. Nothing in it is shared yet. */
export function region(plan: RegionPlan, owners: Owners, random: Random, nowMs: number): Region {
  const filled = emptyRegion();
  addImages(filled, plan, owners, random, nowMs);
  const forgottenFrom = plan.snapshots - plan.forgotten;
  while (Object.keys(filled.snapshots).length < plan.snapshots) {
    const made = Object.keys(filled.snapshots).length;
    const isForgotten = made >= forgottenFrom;
    const atMost = isForgotten ? 1 : forgottenFrom - made;
    for (const one of chain(plan, random.pick(owners.backedUp), random, nowMs, { isForgotten, atMost })) {
      filled.snapshots[one.snapshotId] = one;
    }
  }
  addPlaces(filled, plan, owners, random, nowMs);
  addKeys(filled);
  return filled;
}

function addImages(to: Region, plan: RegionPlan, owners: Owners, random: Random, nowMs: number): void {
  for (const [index, { disks, key, ...facts }] of IMAGE_KINDS.entries()) {
    const creationMs = nowMs - (index + 1) * 11 * DAY_MS;
    const encryption = encryptionBy(key, plan, random);
    const common = { ownerId: owners.imageFactory, creationMs, ...encryption };
    const behind = Array.from({ length: disks }, (_, disk): Snapshot =>
      snapshot({
        snapshotId: random.id(`s-${plan.idStart}`, ID_TAIL),
        ...common,
        snapshotName: `${facts.imageName}-disk-${disk + 1}`,
        sourceDiskType: disk === 0 ? 'system' : 'data',
        ofImportedImage: facts.imported ?? false,
        productCode: facts.productCode ?? '',
      }),
    );
    for (const one of behind) to.snapshots[one.snapshotId] = one;
    const imageId = random.id(`m-${plan.idStart}`, ID_TAIL);
    to.images[imageId] = image({
      imageId,
      ...common,
      ...facts,
      snapshotIds: behind.map(({ snapshotId }) => snapshotId),
    });
  }
}

function encryptionBy(
  key: 'service' | 'own' | undefined,
  plan: RegionPlan,
  random: Random,
): { encrypted: boolean; kmsKeyId: string } {
  switch (key) {
    case 'service':
      return { encrypted: true, kmsKeyId: serviceKeyOf(plan.regionId) };
    case 'own':
      return { encrypted: true, kmsKeyId: random.id('key-', 20) };
    case undefined:
      return { encrypted: false, kmsKeyId: '' };
  }
}

const DEPLOYMENT_SETS = ['web-tier', 'database-tier', 'low-latency-tier'] as const;
const SWITCHES_IN_HUB = 6;

function addPlaces(to: Region, plan: RegionPlan, owners: Owners, random: Random, nowMs: number): void {
  for (const [index, deploymentSetName] of DEPLOYMENT_SETS.entries()) {
    const deploymentSetId = random.id(`ds-${plan.idStart}`, ID_TAIL);
    const ownerId = owners.backedUp[index] ?? owners.backedUp[0];
    to.deploymentSets[deploymentSetId] = deploymentSet({
      deploymentSetId,
      deploymentSetName,
      ownerId,
      creationMs: nowMs - (200 + index) * DAY_MS,
      zoneId: `${plan.regionId}-h`,
      strategy: deploymentSetName === 'low-latency-tier' ? 'LowLatency' : 'Availability',
      instances: Array.from({ length: index * 2 }, () => ({
        instanceId: random.id(`i-${plan.idStart}`, ID_TAIL),
        ownerId,
      })),
    });
  }
  const vpcId = random.id(`vpc-${plan.idStart}`, ID_TAIL);
  for (let index = 0; index < SWITCHES_IN_HUB; index += 1) {
    const vSwitchId = random.id(`vsw-${plan.idStart}`, ID_TAIL);
    to.vSwitches[vSwitchId] = vSwitch({
      vSwitchId,
      vSwitchName: `hub-${index + 1}`,
      vpcId,
      ownerId: owners.networkHub,
      zoneId: `${plan.regionId}-${index % 2 === 0 ? 'h' : 'g'}`,
      cidrBlock: `10.${plan.snapshots % 250}.${index}.0/24`,
      creationMs: nowMs - 700 * DAY_MS,
    });
  }
}

/** A customer master key for whatever is encrypted with one, as old as the first thing under it. */
function addKeys(to: Region): void {
  for (const { kmsKeyId: keyId, ownerId, creationMs } of Object.values(to.snapshots)) {
    if (keyId === '' || isServiceKey(keyId)) continue;
    const known = to.keys[keyId];
    to.keys[keyId] = key({
      keyId,
      ownerId,
      creationMs: Math.min(creationMs, known?.creationMs ?? creationMs),
    });
  }
}
