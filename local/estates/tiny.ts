import { DAY_MS } from '../cloud/times';
import type { Account, Region, World } from '../cloud/world';
import { accessKeyOf, account, directory, member, withFunctionRole, withMemberRoles } from './accounts';
import type { Estate } from './estate';
import { addOtherResources } from './other-resources';
import { deploymentSet, emptyRegion, image, key, snapshot, vSwitch } from './resources';
import { addHandMadeShare } from './shares';

/** Every id of the tiny estate, so that a test can say whose and which it means. */
export const TINY = {
  regionId: 'cn-hangzhou',
  management: '1000000000000001',
  /** Owns every resource; in the production folder. Lets `consumer`, `partner` and the directory use its keys. */
  producer: '1000000000000011',
  /** Owns nothing; in the development folder. */
  consumer: '1000000000000012',
  partner: '2000000000000001',
  otherPartner: '2000000000000002',
  international: '5000000000000001',
  directory: 'rd-tiny01',
  rootFolder: 'r-tiny01',
  productionFolder: 'fd-tinyprod01',
  developmentFolder: 'fd-tinydev001',
  snapshots: {
    /** Kept for 30 days, 5 of them gone. */
    plain: 's-bp1tinyplain000001',
    permanent: 's-bp1tinypermanent01',
    encryptedWithServiceKey: 's-bp1tinyservicekey1',
    encryptedWithCmk: 's-bp1tinycmk00000001',
    /** Its 30 days were over 10 days ago; still shared with `partner`, so still there and billed. */
    expiredAndShared: 's-bp1tinyexpired0001',
    ofImportedImage: 's-bp1tinyimported001',
    behindImage: 's-bp1tinybehind00001',
    behindEncryptedImage: 's-bp1tinybehind00002',
    behindServiceKeyImage: 's-bp1tinybehind00003',
  },
  images: {
    plain: 'm-bp1tinyplain000001',
    encryptedWithCmk: 'm-bp1tinycmk00000001',
    encryptedWithServiceKey: 'm-bp1tinyservicekey1',
    marketplace: 'm-bp1tinymarket00001',
    imported: 'm-bp1tinyimported001',
  },
  deploymentSet: 'ds-bp1tinyset0000001',
  vSwitch: 'vsw-bp1tinyswitch0001',
  prefixList: 'pl-bp1tiny0001',
  portfolio: 'port-bp1tiny0001',
  kmsInstance: 'kst-bp1tiny0001',
  ipamPool: 'ipam-pool-bp1tiny0001',
  /** The share that someone made by hand. */
  handMadeShare: 'rs-tinyhandmade01',
  serviceKey: 'service-cn-hangzhou',
  cmk: 'key-bp1tinycmk0000001',
} as const;

/**
 * The smallest organisation with one of everything: a management account, two members in two folders, two partners
 * outside, an international account, and one region.
 *
 * @param nowMs the moment that the ages of its resources are counted from
 */
export function tiny(nowMs: number): Estate {
  const nowSecondMs = Math.floor(nowMs / 1000) * 1000;
  const accounts = tinyAccounts();
  const world: World = {
    accounts: Object.fromEntries(accounts.map((one) => [one.accountId, one])),
    directories: [],
    regions: { [TINY.regionId]: tinyRegion(nowSecondMs) },
    shares: {},
    invitations: {},
    sharingEnabledBy: [TINY.management],
    switches: {},
    nextId: 1,
  };
  addOtherResources(world, TINY.regionId, TINY.producer, 'bp1tiny0001');
  addTinyDirectory(world, nowSecondMs - 400 * DAY_MS);
  addHandMadeShare(world, {
    resourceShareId: TINY.handMadeShare,
    resourceShareName: 'made-by-hand',
    ownerId: TINY.producer,
    regionId: TINY.regionId,
    createMs: nowSecondMs - 35 * DAY_MS,
    resources: [{ type: 'Snapshot', id: TINY.snapshots.expiredAndShared }],
    principals: [TINY.partner],
  });
  return {
    name: 'tiny',
    world,
    managementAccountId: TINY.management,
    functionRoleName: 'sharekeeper',
    memberRoleName: 'sharekeeper-member',
    partners: [TINY.partner, TINY.otherPartner],
    internationalAccountId: TINY.international,
    accessKeys: Object.fromEntries(
      accounts.map(({ accountId }) => [accountId, accessKeyOf('tiny', 0, accountId)]),
    ),
  };
}

function tinyAccounts(): Account[] {
  const make = (accountId: string, name: string, site: Account['site'] = 'china') =>
    account(accountId, name, site, accessKeyOf('tiny', 0, accountId));
  return [
    withFunctionRole(make(TINY.management, 'Tiny Management')),
    withMemberRoles(make(TINY.producer, 'Producer'), TINY.management, [
      TINY.directory,
      TINY.consumer,
      TINY.partner,
    ]),
    withMemberRoles(make(TINY.consumer, 'Consumer'), TINY.management, [TINY.directory]),
    make(TINY.partner, 'Partner One'),
    make(TINY.otherPartner, 'Partner Two'),
    make(TINY.international, 'Overseas', 'international'),
  ];
}

function addTinyDirectory(world: World, createMs: number): void {
  const tinyDirectory = directory('tiny01', TINY.management, createMs);
  for (const [folderId, folderName] of [
    [TINY.productionFolder, 'production'],
    [TINY.developmentFolder, 'development'],
  ] as const) {
    tinyDirectory.folders[folderId] = { folderId, parentFolderId: TINY.rootFolder, folderName, createMs };
  }
  for (const [accountId, folderId] of [
    [TINY.producer, TINY.productionFolder],
    [TINY.consumer, TINY.developmentFolder],
  ] as const) {
    const joining = world.accounts[accountId];
    if (joining !== undefined)
      tinyDirectory.members[accountId] = member(joining, folderId, createMs + DAY_MS);
  }
  world.directories.push(tinyDirectory);
}

function tinyRegion(nowMs: number): Region {
  const ownerId = TINY.producer;
  const creationMs = nowMs - 5 * DAY_MS;
  const zoneId = `${TINY.regionId}-h`;
  const cmk = { encrypted: true, kmsKeyId: TINY.cmk };
  const serviceKey = { encrypted: true, kmsKeyId: TINY.serviceKey };
  const s = TINY.snapshots;
  const m = TINY.images;
  const snapshots = [
    snapshot({ snapshotId: s.plain, ownerId, creationMs, retentionDays: 30 }),
    snapshot({ snapshotId: s.permanent, ownerId, creationMs }),
    snapshot({ snapshotId: s.encryptedWithServiceKey, ownerId, creationMs, ...serviceKey }),
    snapshot({ snapshotId: s.encryptedWithCmk, ownerId, creationMs, ...cmk }),
    snapshot({ snapshotId: s.expiredAndShared, ownerId, creationMs: nowMs - 40 * DAY_MS, retentionDays: 30 }),
    snapshot({ snapshotId: s.ofImportedImage, ownerId, creationMs, ofImportedImage: true }),
    snapshot({ snapshotId: s.behindImage, ownerId, creationMs }),
    snapshot({ snapshotId: s.behindEncryptedImage, ownerId, creationMs, ...cmk }),
    snapshot({ snapshotId: s.behindServiceKeyImage, ownerId, creationMs, ...serviceKey }),
  ];
  const images = [
    image({ imageId: m.plain, ownerId, creationMs, snapshotIds: [s.behindImage] }),
    image({
      imageId: m.encryptedWithCmk,
      ownerId,
      creationMs,
      snapshotIds: [s.behindEncryptedImage],
      ...cmk,
    }),
    image({
      imageId: m.encryptedWithServiceKey,
      ownerId,
      creationMs,
      snapshotIds: [s.behindServiceKeyImage],
      ...serviceKey,
    }),
    image({ imageId: m.marketplace, ownerId, creationMs, productCode: 'cmjj000001' }),
    image({ imageId: m.imported, ownerId, creationMs, imported: true, snapshotIds: [s.ofImportedImage] }),
  ];
  return {
    ...emptyRegion(),
    snapshots: Object.fromEntries(snapshots.map((one) => [one.snapshotId, one])),
    images: Object.fromEntries(images.map((one) => [one.imageId, one])),
    deploymentSets: {
      [TINY.deploymentSet]: deploymentSet({
        deploymentSetId: TINY.deploymentSet,
        ownerId,
        creationMs,
        zoneId,
      }),
    },
    vSwitches: { [TINY.vSwitch]: vSwitch({ vSwitchId: TINY.vSwitch, ownerId, creationMs, zoneId }) },
    keys: { [TINY.cmk]: key({ keyId: TINY.cmk, ownerId, creationMs, aliases: ['backups'] }) },
  };
}
