import { arnOf } from '../../local/cloud/resource-sharing/resource-types';
import type { Account, AccountQuotas, Directory, Region, Snapshot, World } from '../../local/cloud/world';

/** Small worlds for tests, built up a piece at a time: every piece has sensible facts that a test may overrule. */

/** 2026-01-05T08:00:00Z: when everything in a built world began. */
export const WORLD_START_MS = Date.UTC(2026, 0, 5, 8);

const DEFAULT_QUOTAS: AccountQuotas = {
  shares: 1_000,
  sharedResources: 1_000,
  pendingInvitations: 100,
  sharedSnapshots: 1_024,
  accountsPerSnapshot: 64,
  accountsPerImage: 50,
};

export function emptyWorld(...regionIds: string[]): World {
  const regions = Object.fromEntries(
    (regionIds.length === 0 ? ['cn-hangzhou'] : regionIds).map((regionId) => [regionId, emptyRegion()]),
  );
  return {
    accounts: {},
    directories: [],
    regions,
    shares: {},
    invitations: {},
    sharingEnabledBy: [],
    switches: {},
    nextId: 1,
    secret: 'secret-of-the-test-world',
  };
}

function emptyRegion(): Region {
  return {
    snapshots: {},
    images: {},
    deploymentSets: {},
    vSwitches: {},
    disks: {},
    instances: {},
    otherResources: {},
    keys: {},
  };
}

/** A 16-digit account id from a small number, e.g. `1000000000000007`. */
export function accountIdOf(number: number): string {
  return String(1_000_000_000_000_000 + number);
}

/** The key of an account's RAM user `robot`. */
export function keyOf(accountId: string): { accessKeyId: string; accessKeySecret: string } {
  return { accessKeyId: `LTAI${accountId}`, accessKeySecret: `secret-${accountId}` };
}

/** Adds an account with the key of a RAM user and a role `sharekeeper` that it trusts itself to assume. */
export function addAccount(world: World, accountId: string, facts: Partial<Account> = {}): Account {
  const { accessKeyId, accessKeySecret } = keyOf(accountId);
  const account: Account = {
    accountId,
    displayName: `account-${accountId.slice(-4)}`,
    site: 'china',
    accessKeys: { [accessKeyId]: { secret: accessKeySecret, userName: 'robot' } },
    roles: { sharekeeper: { trusts: [accountId, 'fc.aliyuncs.com'], maxSessionSeconds: 3_600 } },
    ...facts,
    quotas: { ...DEFAULT_QUOTAS, ...facts.quotas },
  };
  world.accounts[accountId] = account;
  return account;
}

/** Adds a directory with sharing enabled; accounts that are not in the world yet are added too. */
export function addDirectory(
  world: World,
  managementAccountId: string,
  memberIds: readonly string[] = [],
  resourceDirectoryId = 'rd-aaaaaa',
): Directory {
  const rootFolderId = resourceDirectoryId.replace('rd-', 'r-');
  const directory: Directory = {
    resourceDirectoryId,
    rootFolderId,
    managementAccountId,
    delegatedAdministrators: [],
    createMs: WORLD_START_MS,
    folders: {},
    members: {},
  };
  world.directories.push(directory);
  world.sharingEnabledBy.push(managementAccountId);
  if (world.accounts[managementAccountId] === undefined) addAccount(world, managementAccountId);
  addFolder(directory, rootFolderId, null, 'root');
  for (const accountId of memberIds) addMember(world, directory, accountId);
  return directory;
}

export function addFolder(
  directory: Directory,
  folderId: string,
  parentFolderId: string | null = directory.rootFolderId,
  folderName = folderId,
): string {
  directory.folders[folderId] = { folderId, parentFolderId, folderName, createMs: WORLD_START_MS };
  return folderId;
}

export function addMember(
  world: World,
  directory: Directory,
  accountId: string,
  folderId: string = directory.rootFolderId,
): void {
  const account = world.accounts[accountId] ?? addAccount(world, accountId);
  directory.members[accountId] = {
    accountId,
    displayName: account.displayName,
    folderId,
    type: 'ResourceAccount',
    joinMethod: 'created',
    joinMs: WORLD_START_MS,
    modifyMs: WORLD_START_MS,
    status: 'CreateSuccess',
    deletionStatus: '',
  };
}

/** Adds a complete, plain, permanent snapshot that may be shared. */
export function addSnapshot(
  world: World,
  regionId: string,
  ownerId: string,
  snapshotId: string,
  facts: Partial<Snapshot> = {},
): Snapshot {
  const snapshot: Snapshot = {
    snapshotId,
    snapshotName: snapshotId,
    ownerId,
    creationMs: WORLD_START_MS,
    retentionDays: null,
    status: 'accomplished',
    category: 'standard',
    encrypted: false,
    kmsKeyId: '',
    sourceDiskId: `d-${snapshotId}`,
    sourceDiskSizeGiB: 40,
    sourceDiskType: 'data',
    fullSizeBytes: 20 * 1_024 ** 3,
    incrementBytes: 2 * 1_024 ** 3,
    snapshotLinkId: `sl-${snapshotId}`,
    ofImportedImage: false,
    productCode: '',
    locked: false,
    tags: {},
    ...facts,
  };
  regionNamed(world, regionId).snapshots[snapshotId] = snapshot;
  return snapshot;
}

/** Adds a custom image of one account that may be shared. */
export function addImage(
  world: World,
  regionId: string,
  ownerId: string,
  imageId: string,
  facts: Partial<Region['images'][string]> = {},
): void {
  regionNamed(world, regionId).images[imageId] = {
    imageId,
    imageName: imageId,
    ownerId,
    creationMs: WORLD_START_MS,
    status: 'Available',
    sizeGiB: 40,
    osType: 'linux',
    productCode: '',
    encrypted: false,
    kmsKeyId: '',
    snapshotIds: [],
    imported: false,
    isPublic: false,
    sharedWith: {},
    tags: {},
    ...facts,
  };
}

export function addDeploymentSet(
  world: World,
  regionId: string,
  ownerId: string,
  deploymentSetId: string,
  facts: Partial<Region['deploymentSets'][string]> = {},
): void {
  regionNamed(world, regionId).deploymentSets[deploymentSetId] = {
    deploymentSetId,
    deploymentSetName: deploymentSetId,
    ownerId,
    creationMs: WORLD_START_MS,
    strategy: 'Availability',
    zoneId: `${regionId}-b`,
    capacity: 20,
    instances: [],
    ...facts,
  };
}

export function addVSwitch(world: World, regionId: string, ownerId: string, vSwitchId: string): void {
  regionNamed(world, regionId).vSwitches[vSwitchId] = {
    vSwitchId,
    vSwitchName: vSwitchId,
    vpcId: 'vpc-aaaa',
    ownerId,
    zoneId: `${regionId}-b`,
    cidrBlock: '10.0.0.0/24',
    creationMs: WORLD_START_MS,
  };
}

/** Adds a resource of a type that the local cloud only shares, e.g. `PrefixList`. Its ARN follows the pattern unless told. */
export function addOtherResource(
  world: World,
  regionId: string,
  ownerId: string,
  resourceType: string,
  resourceId: string,
  arn = arnOf(resourceType, resourceId, regionId, ownerId, world),
): void {
  regionNamed(world, regionId).otherResources[resourceId] = { resourceId, resourceType, ownerId, arn };
}

/** Adds an enabled customer master key with an alias; nothing is encrypted with it yet. */
export function addKey(world: World, regionId: string, ownerId: string, keyId: string): void {
  regionNamed(world, regionId).keys[keyId] = {
    keyId,
    ownerId,
    aliases: [`of-${keyId}`],
    creationMs: WORLD_START_MS,
    state: 'Enabled',
  };
}

/**
 * Adds the role that lets the ECS of receivers use an owner's keys: for snapshots, unless told otherwise.
 *
 * @param receivers accounts or directories, trusted as `<id>@ecs.aliyuncs.com`
 */
export function addKeyRole(
  world: World,
  ownerId: string,
  receivers: readonly string[],
  kind: 'Snapshot' | 'Image' = 'Snapshot',
): void {
  const account = world.accounts[ownerId];
  if (account === undefined) throw new Error(`The test world has no account ${ownerId}.`);
  account.roles[`AliyunECSShareEncrypt${kind}DefaultRole`] = {
    trusts: receivers.map((receiver) => `${receiver}@ecs.aliyuncs.com`),
    maxSessionSeconds: 3_600,
  };
}

function regionNamed(world: World, regionId: string): Region {
  const region = world.regions[regionId];
  if (region === undefined)
    throw new Error(`The test world has no region ${regionId}: name it in emptyWorld().`);
  return region;
}
