import type { DescribeSnapshotsResponseBodySnapshotsSnapshot } from '@alicloud/ecs20140526';
import type { SnapshotItem } from '../domain/sharing/preflight/facts';
import type { Place } from '../domain/sharing/resource';
import type { Fields } from './fields';
import { inBatches, PAGE_SIZE } from './paging';
import type { ProviderClient } from './provider-client';
import type { Wire } from './wire';

type Snapshot = Fields<Wire<DescribeSnapshotsResponseBodySnapshotsSnapshot>>;

/** A received snapshot is told by its tag: all in the key, or key and value; which of the two is not documented. */
const SHARED_FROM = 'acs:ecs:sharedFrom';
/** DescribeSnapshots takes at most this many ids. */
const IDS_PER_CALL_MAX = 100;

/** Snapshots by id, with whether an imported image is behind them: a call for each that some image uses. */
export async function snapshotItems(
  client: ProviderClient,
  place: Place,
  ids: readonly string[],
): Promise<Map<string, SnapshotItem>> {
  const found = await describeSnapshots(client, place, ids);
  const items = new Map<string, SnapshotItem>();
  for (const snapshot of found) {
    const snapshotId = snapshot.text('SnapshotId');
    items.set(snapshotId, {
      ...itemOf(snapshot),
      ofImportedImage:
        snapshot.textOr('SnapshotType', '') === 'imported' ||
        (/image/.test(snapshot.textOr('Usage', '')) && (await isOfImportedImage(client, place, snapshotId))),
    });
  }
  return items;
}

/** Any number of snapshots, those of them that the account sees. */
export async function describeSnapshots(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  ids: readonly string[],
): Promise<Snapshot[]> {
  return await inBatches(ids, IDS_PER_CALL_MAX, async (some) => {
    const answer = await client.call(
      'Ecs',
      'DescribeSnapshots',
      { accountId, regionId },
      { RegionId: regionId, SnapshotIds: JSON.stringify(some), MaxResults: PAGE_SIZE },
    );
    return answer.object('Snapshots').list('Snapshot');
  });
}

function itemOf(snapshot: Snapshot): Omit<SnapshotItem, 'ofImportedImage'> {
  const retentionDays = snapshot.numberOr('RetentionDays', 0);
  const tags = snapshot.has('Tags') ? snapshot.object('Tags').listOr('Tag', []) : [];
  const keyId = snapshot.textOr('KMSKeyId', '');
  return {
    is: 'snapshot',
    received: tags.some((tag) => tag.textOr('TagKey', '').startsWith(SHARED_FROM)),
    status: snapshot.text('Status'),
    category: snapshot.textOr('Category', ''),
    creationMs: snapshot.timeMs('CreationTime'),
    // Kept for ever: absent, 0 or -1.
    retentionDays: retentionDays > 0 ? retentionDays : null,
    productCode: snapshot.textOr('ProductCode', ''),
    encrypted: snapshot.flagOr('Encrypted', false),
    keyIds: keyId === '' ? [] : [keyId],
  };
}

async function isOfImportedImage(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  snapshotId: string,
): Promise<boolean> {
  const answer = await client.call(
    'Ecs',
    'DescribeImages',
    { accountId, regionId },
    { RegionId: regionId, SnapshotId: snapshotId, ImageOwnerAlias: 'self', PageSize: PAGE_SIZE },
  );
  return answer
    .object('Images')
    .list('Image')
    .flatMap((image) => image.object('DiskDeviceMappings').list('DiskDeviceMapping'))
    .some(
      (disk) => disk.textOr('SnapshotId', '') === snapshotId && disk.textOr('ImportOSSBucket', '') !== '',
    );
}
