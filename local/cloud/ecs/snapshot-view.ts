import { createHash } from 'node:crypto';
import type { Call } from '../product';
import { toSeconds } from '../times';
import { receivedBy } from '../visibility';
import type { Region, Snapshot } from '../world';

/** A snapshot as one account sees it: its own, or one that it received, which has another id and other tags. */
export interface SeenSnapshot {
  snapshotId: string;
  snapshot: Snapshot;
  received: boolean;
}

/** A permanent snapshot is kept for 1,096 days on the receiver's side (Share a snapshot). */
const RECEIVED_RETENTION_DAYS = 1096;
const SHARED_FROM = 'acs:ecs:sharedFrom';

/** Every snapshot that the caller sees in a region: its own, then those that it received. */
export function snapshotsSeenBy(call: Call, regionId: string, region: Region): SeenSnapshot[] {
  const { accountId } = call.caller;
  const own = Object.values(region.snapshots)
    .filter((snapshot) => snapshot.ownerId === accountId)
    .map((snapshot) => ({ snapshotId: snapshot.snapshotId, snapshot, received: false }));
  const receivedIds = new Set(
    receivedBy(accountId, regionId, call.world).map(({ resource }) => resource.entityId),
  );
  const received = Object.values(region.snapshots)
    .filter((snapshot) => snapshot.ownerId !== accountId && receivedIds.has(snapshot.snapshotId))
    .map((snapshot) => ({
      snapshotId: receivedSnapshotId(snapshot.snapshotId, accountId),
      snapshot,
      received: true,
    }));
  return [...own, ...received];
}

/** The snapshot that the caller knows by an id; undefined when it has none. */
export function snapshotNamed(
  snapshotId: string,
  call: Call,
  regionId: string,
  region: Region,
): SeenSnapshot | undefined {
  return snapshotsSeenBy(call, regionId, region).find((seen) => seen.snapshotId === snapshotId);
}

/** The id that a snapshot has on a receiver's side: always the same for one snapshot and receiver. */
export function receivedSnapshotId(snapshotId: string, receiverId: string): string {
  const hash = createHash('sha256').update(`${snapshotId} ${receiverId}`).digest('hex');
  return `s-rcv${hash.slice(0, 17)}`;
}

/** The tags that the caller sees. A received snapshot says where it is from, and shows none of the owner's tags. */
export function tagsSeen(seen: SeenSnapshot, call: Call, regionId: string): Record<string, string> {
  const { snapshot, received } = seen;
  if (!received) return snapshot.tags;
  const origin = `${snapshot.ownerId}:${regionId}:${snapshot.snapshotId}`;
  return call.switchAt('shared-from-tag') === 'key'
    ? { [`${SHARED_FROM}:${origin}`]: '' }
    : { [SHARED_FROM]: origin };
}

/** What was made of a snapshot that is still there, by the id that its owner knows it by. */
export function usageOf(snapshotId: string, { images, disks }: Region): Usage {
  const hasImage = Object.values(images).some((image) => image.snapshotIds.includes(snapshotId));
  const hasDisk = Object.values(disks).some((disk) => disk.sourceSnapshotId === snapshotId);
  if (hasImage) return hasDisk ? 'image_disk' : 'image';
  return hasDisk ? 'disk' : 'none';
}

type Usage = 'image' | 'disk' | 'image_disk' | 'none';

/** Whether an image needs the snapshot, which then cannot go. */
export function isBehindImage(snapshotId: string, region: Region): boolean {
  return usageOf(snapshotId, region).startsWith('image');
}

/** One item of DescribeSnapshots. SourceDiskSize is text at the provider, unlike in DescribeSnapshotLinks. */
export function describeSnapshot(
  seen: SeenSnapshot,
  call: Call,
  regionId: string,
  region: Region,
): Record<string, unknown> {
  const { snapshot } = seen;
  const origin = seen.received ? undefined : snapshot.copiedFrom;
  return {
    SnapshotId: seen.snapshotId,
    SnapshotName: snapshot.snapshotName,
    Description: '',
    RegionId: regionId,
    CreationTime: toSeconds(snapshot.creationMs),
    LastModifiedTime: toSeconds(snapshot.creationMs),
    Status: snapshot.status,
    Progress: snapshot.status === 'progressing' ? '42%' : '100%',
    RemainTime: snapshot.status === 'progressing' ? 60 : 0,
    Available: snapshot.status === 'accomplished' && snapshot.category !== 'archive',
    ...retentionField(seen, call),
    SnapshotType: 'user',
    Category: snapshot.category,
    InstantAccess: false,
    InstantAccessRetentionDays: 0,
    SourceDiskId: snapshot.sourceDiskId,
    SourceDiskType: snapshot.sourceDiskType,
    SourceDiskSize: String(snapshot.sourceDiskSizeGiB),
    SourceStorageType: 'disk',
    Usage: usageOf(seen.snapshotId, region),
    SourceSnapshotId: origin?.snapshotId ?? '',
    SourceRegionId: origin?.regionId ?? '',
    Encrypted: snapshot.encrypted,
    KMSKeyId: snapshot.kmsKeyId,
    ProductCode: snapshot.productCode,
    SnapshotLinkId: seen.received ? '' : snapshot.snapshotLinkId,
    SnapshotSN: `64471-${snapshot.snapshotId.slice(2)}`,
    ResourceGroupId: '',
    FullSnapshotSizeInBytes: snapshot.fullSizeBytes,
    Tags: {
      Tag: Object.entries(tagsSeen(seen, call, regionId)).map(([key, value]) => ({
        TagKey: key,
        TagValue: value,
      })),
    },
  };
}

function retentionField(seen: SeenSnapshot, call: Call): { RetentionDays?: number } {
  const days = seen.snapshot.retentionDays ?? (seen.received ? RECEIVED_RETENTION_DAYS : null);
  if (days !== null) return { RetentionDays: days };
  switch (call.switchAt('permanent-retention')) {
    case 'zero':
      return { RetentionDays: 0 };
    case 'minus-one':
      return { RetentionDays: -1 };
    default:
      return {};
  }
}
