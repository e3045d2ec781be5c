import type { Snapshot, World } from '../../../local/cloud/world';
import { directory } from '../../../local/estates/accounts';
import { emptyRegion, image, snapshot } from '../../../local/estates/resources';
import { addHandMadeShare } from '../../../local/estates/shares';
import { TINY } from '../alicloud/tiny-cloud';

const HOUR_MS = 3_600_000;
const ownerId = TINY.producer;

/** The region beside the tiny estate's own, in which one thing lies by mistake. */
export const OTHER_REGION = 'cn-shanghai';
export const LEAVING_MEMBER = '1000000000000013';
export const OTHER_DIRECTORY = 'rd-other01';

/** Ids of what must not be shared, each for a reason of its own. */
export const BAD = {
  received: 's-bp1badreceived0001',
  elsewhere: 's-bp1badelsewhere001',
  progressing: 's-bp1badprogressing1',
  archived: 's-bp1badarchived0001',
  marketplace: 's-bp1badmarket000001',
  full: 's-bp1badfull00000001',
  imageCreating: 'm-bp1badcreating0001',
  imagePublic: 'm-bp1badpublic000001',
  imageFull: 'm-bp1badfull00000001',
  imageInParts: 'm-bp1badparts0000001',
  imageByFolder: 'm-bp1badfolder000001',
} as const;

/** Outside accounts that have what cannot be shared any further. */
function crowd(world: World, count: number): string[] {
  const partner = world.accounts[TINY.partner];
  if (partner === undefined) return [];
  const ids = Array.from({ length: count }, (_, at) => String(3_000_000_000_000_000 + at));
  for (const accountId of ids) world.accounts[accountId] = { ...partner, accountId, accessKeys: {} };
  return ids;
}

/** Adds to the tiny estate one of everything that preflight has to see. */
export function addBadThings(world: World, nowMs: number): void {
  world.regions[OTHER_REGION] = emptyRegion();
  addSnapshots(world, nowMs);
  addImages(world, nowMs);
  addLeavingMember(world);
  world.directories.push(directory('other01', TINY.partner, nowMs - HOUR_MS));
  const roles = world.accounts[ownerId]?.roles ?? {};
  // The owner has made the role for images and trusts nobody yet; the one for snapshots was forgotten.
  roles['AliyunECSShareEncryptImageDefaultRole'] = { trusts: [], maxSessionSeconds: 3_600 };
  delete roles['AliyunECSShareEncryptSnapshotDefaultRole'];
}

function addSnapshots(world: World, nowMs: number): void {
  const creationMs = nowMs - 5 * HOUR_MS;
  const put = (snapshotId: string, facts: Partial<Snapshot> = {}, regionId: string = TINY.regionId) => {
    const region = world.regions[regionId];
    if (region !== undefined)
      region.snapshots[snapshotId] = snapshot({ snapshotId, ownerId, creationMs, ...facts });
  };
  put(BAD.elsewhere, {}, OTHER_REGION);
  put(BAD.progressing, { status: 'progressing' });
  put(BAD.archived, { category: 'archive' });
  put(BAD.marketplace, { productCode: 'cmjj000002' });
  put(BAD.full);
  put(BAD.received, { tags: { [`acs:ecs:sharedFrom:${TINY.partner}:${TINY.regionId}:s-1`]: '' } });
  addHandMadeShare(world, {
    resourceShareId: 'rs-badfull01',
    resourceShareName: 'full',
    ownerId,
    regionId: TINY.regionId,
    createMs: creationMs,
    resources: [{ type: 'Snapshot', id: BAD.full }],
    principals: crowd(world, 64),
  });
}

function addImages(world: World, nowMs: number): void {
  const creationMs = nowMs - 5 * HOUR_MS;
  const images = world.regions[TINY.regionId]?.images ?? {};
  const put = (imageId: string, facts: Partial<Parameters<typeof image>[0]> = {}) => {
    images[imageId] = image({ imageId, ownerId, creationMs, ...facts });
  };
  put(BAD.imageCreating, { status: 'Creating' });
  put(BAD.imagePublic, { isPublic: true });
  put(BAD.imageFull, {
    sharedWith: Object.fromEntries(crowd(world, 50).map((id) => [id, { sharedMs: creationMs }])),
  });
  put(BAD.imageInParts, {
    encrypted: true,
    kmsKeyId: TINY.cmk,
    snapshotIds: [TINY.snapshots.behindEncryptedImage, TINY.snapshots.encryptedWithCmk],
  });
  put(BAD.imageByFolder);
  addHandMadeShare(world, {
    resourceShareId: 'rs-badfolder01',
    resourceShareName: 'by-folder',
    ownerId,
    regionId: TINY.regionId,
    createMs: creationMs,
    resources: [{ type: 'Image', id: BAD.imageByFolder }],
    principals: [TINY.developmentFolder],
  });
}

function addLeavingMember(world: World): void {
  const own = world.directories[0];
  const consumer = own?.members[TINY.consumer];
  const account = world.accounts[TINY.consumer];
  if (own === undefined || consumer === undefined || account === undefined) return;
  world.accounts[LEAVING_MEMBER] = { ...account, accountId: LEAVING_MEMBER, accessKeys: {} };
  own.members[LEAVING_MEMBER] = { ...consumer, accountId: LEAVING_MEMBER, deletionStatus: 'Checking' };
}
