import EcsClient, {
  CopySnapshotRequest,
  CreateDiskRequest,
  DescribeDisksRequest,
  DescribeSnapshotsRequest,
  ModifyImageSharePermissionRequest,
} from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { windableClock } from '../../../local/clock';
import { type Cloud, startCloud } from '../../../local/cloud/cloud';
import { TINY, tiny } from '../../../local/estates/tiny';

const { regionId } = TINY;
let cloud: Cloud;
let client: EcsClient;
let clientOf: (accountId: string) => EcsClient;

beforeEach(async () => {
  const clock = windableClock();
  const { world, accessKeys } = tiny(clock.nowMs());
  cloud = await startCloud({ world, clock });
  const endpoint = (cloud.endpoints[regionId] ?? '').replace('http://', '');
  clientOf = (accountId) =>
    new EcsClient(
      new $OpenApiUtil.Config({ ...accessKeys[accountId], endpoint, protocol: 'HTTP', regionId }),
    );
  client = clientOf(TINY.producer);
});

afterEach(() => cloud.close());

describe('the official typed ECS client, unchanged', () => {
  test('reads snapshots page by page into its own models', async () => {
    const first = await client.describeSnapshots(new DescribeSnapshotsRequest({ regionId, maxResults: 5 }));
    const { nextToken = '' } = first.body ?? {};
    const second = await client.describeSnapshots(
      new DescribeSnapshotsRequest({ regionId, maxResults: 5, nextToken }),
    );
    const snapshots = [first, second].flatMap(({ body }) => body?.snapshots?.snapshot ?? []);
    expect(new Set(snapshots.map(({ snapshotId }) => snapshotId)).size).toBe(9);
    expect(snapshots.find(({ snapshotId }) => snapshotId === TINY.snapshots.plain)).toMatchObject({
      retentionDays: 30,
      sourceDiskSize: '40',
      encrypted: false,
    });
  });

  test('lets a receiver find its snapshot by where it is from, make a disk of it, and copy it', async () => {
    const partner = clientOf(TINY.partner);
    const { body } = await partner.describeSnapshots(
      new DescribeSnapshotsRequest({ regionId, maxResults: 5 }),
    );
    const [received] = body?.snapshots?.snapshot ?? [];
    expect(received?.tags?.tag).toMatchObject([
      {
        tagKey: `acs:ecs:sharedFrom:${TINY.producer}:${regionId}:${TINY.snapshots.expiredAndShared}`,
        tagValue: '',
      },
    ]);
    const snapshotId = received?.snapshotId ?? '';
    const made = await partner.createDisk(
      new CreateDiskRequest({ regionId, zoneId: `${regionId}-h`, snapshotId, diskCategory: 'cloud_essd' }),
    );
    const disks = await partner.describeDisks(new DescribeDisksRequest({ regionId, snapshotId }));
    expect(disks.body?.disks?.disk).toMatchObject([
      { diskId: made.body?.diskId, sourceSnapshotId: snapshotId, size: 40, encrypted: false },
    ]);
    const copy = new CopySnapshotRequest({
      regionId,
      snapshotId,
      destinationRegionId: regionId,
      destinationSnapshotName: 'kept',
      destinationSnapshotDescription: 'kept after unsharing',
      encrypted: true,
    });
    const copied = await partner.copySnapshot(copy);
    expect(cloud.world.regions[regionId]?.snapshots[copied.body?.snapshotId ?? '']).toMatchObject({
      ownerId: TINY.partner,
      kmsKeyId: TINY.serviceKey,
      copiedFrom: { snapshotId, regionId },
    });
  });

  test('shares an image, and throws the refusals with their codes', async () => {
    const modify = (addAccount: string[]) =>
      client.modifyImageSharePermission(
        new ModifyImageSharePermissionRequest({ regionId, imageId: TINY.images.plain, addAccount }),
      );
    await modify([TINY.partner]);
    expect(cloud.world.regions[regionId]?.images[TINY.images.plain]?.sharedWith[TINY.partner]).toBeDefined();
    await expect(modify([TINY.producer])).rejects.toMatchObject({
      code: 'InvalidAccount.Forbbiden',
      statusCode: 404,
    });
  });
});
