import type { DescribeImagesResponseBodyImagesImage } from '@alicloud/ecs20140526';
import type { ImageItem } from '../domain/sharing/preflight/facts';
import type { Place } from '../domain/sharing/resource';
import type { Fields } from './fields';
import { inBatches } from './paging';
import type { ProviderClient } from './provider-client';
import { describeSnapshots } from './snapshot-items';
import type { Wire } from './wire';

type Image = Fields<Wire<DescribeImagesResponseBodyImagesImage>>;

/** Without it DescribeImages shows only images that are available. */
const EVERY_STATUS = 'Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated';

/** Images by id. Their keys are those of the snapshots behind them: DescribeImages itself names none. */
export async function imageItems(
  client: ProviderClient,
  place: Place,
  ids: readonly string[],
): Promise<Map<string, ImageItem>> {
  const images = await describeImages(client, place, ids);
  const encrypted = images.filter(isEncrypted).flatMap(snapshotIdsOf);
  const snapshots = encrypted.length === 0 ? [] : await describeSnapshots(client, place, encrypted);
  const keyOf = new Map(
    snapshots.map((snapshot) => [snapshot.text('SnapshotId'), snapshot.textOr('KMSKeyId', '')]),
  );
  return new Map(images.map((image) => [image.text('ImageId'), itemOf(image, keyOf)]));
}

/** DescribeImages is documented for one id; so many are asked about at the same time. */
const AT_ONCE = 5;

async function describeImages(
  client: ProviderClient,
  place: Place,
  ids: readonly string[],
): Promise<Image[]> {
  return await inBatches(ids, AT_ONCE, async (some) =>
    (await Promise.all(some.map((imageId) => describeImage(client, place, imageId)))).flat(),
  );
}

async function describeImage(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  imageId: string,
): Promise<Image[]> {
  const answer = await client.call(
    'Ecs',
    'DescribeImages',
    { accountId, regionId },
    { RegionId: regionId, ImageId: imageId, Status: EVERY_STATUS },
  );
  return answer.object('Images').list('Image');
}

function itemOf(image: Image, keyOf: ReadonlyMap<string, string>): ImageItem {
  const snapshotIds = snapshotIdsOf(image);
  const keyIds = snapshotIds.flatMap((id) => keyOf.get(id) ?? []).filter((keyId) => keyId !== '');
  return {
    is: 'image',
    received: image.text('ImageOwnerAlias') !== 'self',
    status: image.text('Status'),
    productCode: image.textOr('ProductCode', ''),
    isPublic: image.flagOr('IsPublic', false),
    encrypted: isEncrypted(image),
    keyIds: [...new Set(keyIds)],
    snapshotCount: snapshotIds.length,
  };
}

function isEncrypted(image: Image): boolean {
  return disksOf(image).some((disk) => disk.flagOr('Encrypted', false));
}

function snapshotIdsOf(image: Image): string[] {
  return disksOf(image)
    .map((disk) => disk.textOr('SnapshotId', ''))
    .filter((id) => id !== '');
}

function disksOf(image: Image) {
  return image.has('DiskDeviceMappings')
    ? image.object('DiskDeviceMappings').listOr('DiskDeviceMapping', [])
    : [];
}
