import type { World } from '../../local/cloud/world';
import { accessKeyOf, account, member, withMemberRoles } from '../../local/estates/accounts';
import { deploymentSet, image, snapshot } from '../../local/estates/resources';
import { tiny, TINY } from '../../local/estates/tiny';
import { SWITCHES, putSwitch } from '../../local/cloud/switches';
import type { Random } from '../../local/estates/random';
import type { ResourceType } from '../../shared/domain/sharing/resource';

const DAY_MS = 24 * 3_600_000;

export const PLACE = { ownerAccountId: TINY.producer, regionId: TINY.regionId };

const MEMBERS = { second: '1000000000000013', third: '1000000000000014' };
const NEWCOMER = '2000000000000004';
const THIRD_PARTNER = '2000000000000003';
const BELOW_DEVELOPMENT = 'fd-tinybelow1';
const EMPTY_FOLDER = 'fd-tinyempty1';
const OTHER_SET = 'ds-bp1tinyset0000002';

/** What is asked for: mostly what may be shared, and one of each kind that may not. */
export const RESOURCES: [ResourceType, string][] = [
  ['Snapshot', TINY.snapshots.permanent],
  ['Snapshot', 's-bp1tinymore000001'],
  ['Snapshot', 's-bp1tinymore000002'],
  ['Snapshot', 's-bp1tinymore000003'],
  ['Image', TINY.images.plain],
  ['Image', 'm-bp1tinymore000001'],
  ['DeploymentSet', TINY.deploymentSet],
  ['DeploymentSet', OTHER_SET],
  ['VSwitch', TINY.vSwitch],
  ['Snapshot', TINY.snapshots.encryptedWithServiceKey],
  ['Image', TINY.images.encryptedWithServiceKey],
];

export const DEPLOYMENT_SETS = [TINY.deploymentSet, OTHER_SET];
export const IMAGES = RESOURCES.filter(([type]) => type === 'Image').map(([, id]) => id);
/** What nobody can share: the service key is the region's. */
export const UNSHAREABLE = new Set<string>([
  TINY.snapshots.encryptedWithServiceKey,
  TINY.images.encryptedWithServiceKey,
]);

/** Accounts that may join, move and leave. */
export const ROAMERS = [TINY.consumer, MEMBERS.second, MEMBERS.third, NEWCOMER, TINY.otherPartner];
export const FOLDERS = [TINY.developmentFolder, BELOW_DEVELOPMENT, EMPTY_FOLDER, TINY.productionFolder];
export const PRINCIPALS = [
  TINY.partner,
  TINY.otherPartner,
  THIRD_PARTNER,
  NEWCOMER,
  TINY.consumer,
  MEMBERS.second,
  MEMBERS.third,
  TINY.developmentFolder,
  BELOW_DEVELOPMENT,
  EMPTY_FOLDER,
  TINY.directory,
  TINY.management,
  TINY.international,
];
export const ACCOUNTS = PRINCIPALS.filter((id) => /^\d{16}$/.test(id));

/** Who and what a run is about: few enough that requests meet each other. */
export interface Cast {
  resources: typeof RESOURCES;
  principals: string[];
}

export function castFrom(random: Random): Cast {
  return {
    resources: fewOf(RESOURCES, random.int(3, 6), random),
    principals: fewOf(PRINCIPALS, random.int(3, 6), random),
  };
}

function fewOf<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(random.int(0, left.length - 1), 1)).flatMap(
    (taken) => taken,
  );
}

/** The tiny estate with more people and things, and every switch in a position drawn at random. */
export function estate(nowMs: number, random: Random): { world: World; positions: Record<string, string> } {
  const { world } = tiny(nowMs);
  addAccounts(world, nowMs);
  addResources(world, nowMs);
  const positions: Record<string, string> = {};
  for (const [name, choice] of Object.entries(SWITCHES)) {
    const position = random.pick(choice);
    putSwitch(name, position, world);
    positions[name] = position;
  }
  return { world, positions };
}

function addAccounts(world: World, nowMs: number): void {
  const [directory] = world.directories;
  if (directory === undefined) throw new Error('The tiny estate has no directory');
  const createMs = nowMs - 300 * DAY_MS;
  for (const [folderId, parentFolderId] of [
    [BELOW_DEVELOPMENT, TINY.developmentFolder],
    [EMPTY_FOLDER, TINY.rootFolder],
  ] as const) {
    directory.folders[folderId] = { folderId, parentFolderId, folderName: folderId.slice(3), createMs };
  }
  const fresh = (accountId: string) =>
    account(accountId, `Account ${accountId.slice(-2)}`, 'china', accessKeyOf('tiny', 0, accountId));
  for (const accountId of [NEWCOMER, THIRD_PARTNER]) world.accounts[accountId] = fresh(accountId);
  for (const [accountId, folderId] of [
    [MEMBERS.second, TINY.developmentFolder],
    [MEMBERS.third, BELOW_DEVELOPMENT],
  ] as const) {
    const joining = withMemberRoles(fresh(accountId), TINY.management);
    world.accounts[accountId] = joining;
    directory.members[accountId] = member(joining, folderId, createMs);
  }
}

function addResources(world: World, nowMs: number): void {
  const region = world.regions[TINY.regionId];
  if (region === undefined) throw new Error('The tiny estate has no region');
  const facts = { ownerId: TINY.producer, creationMs: nowMs - 5 * DAY_MS };
  for (const [type, id] of RESOURCES) {
    if (type === 'Snapshot') region.snapshots[id] ??= snapshot({ snapshotId: id, ...facts });
    if (type === 'Image') region.images[id] ??= image({ imageId: id, ...facts });
    if (type === 'DeploymentSet') {
      region.deploymentSets[id] ??= deploymentSet({ deploymentSetId: id, zoneId: 'cn-hangzhou-h', ...facts });
    }
  }
}
