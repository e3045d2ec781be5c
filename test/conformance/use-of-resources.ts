import type { Cloud } from '../../local/cloud/cloud';
import { TINY } from '../../local/estates/tiny';
import type { Walk } from './walk';

export async function tellTheKeys({ call }: Walk): Promise<void> {
  for (const KeyId of [TINY.serviceKey, TINY.cmk, 'alias/acs/ecs']) {
    await call(TINY.producer, 'Kms', 'DescribeKey', { KeyId });
    await call(TINY.producer, 'Kms', 'ListAliasesByKeyId', { KeyId, PageSize: 100 });
  }
  await call(TINY.producer, 'Ram', 'GetRole', { RoleName: 'AliyunECSShareEncryptSnapshotDefaultRole' });
}

export async function useSnapshots({ call, wait }: Walk, cloud: Cloud): Promise<void> {
  const RegionId = TINY.regionId;
  const ZoneId = `${RegionId}-h`;
  await call(TINY.producer, 'Ecs', 'CopySnapshot', {
    RegionId,
    DestinationRegionId: RegionId,
    SnapshotId: TINY.snapshots.encryptedWithCmk,
    DestinationSnapshotName: 'copied',
    DestinationSnapshotDescription: 'under another key',
    Encrypted: true,
    RetentionDays: 7,
  });
  await call(TINY.producer, 'Ecs', 'DescribeSnapshots', { RegionId, MaxResults: 100 });
  await call(TINY.producer, 'Ecs', 'CreateDisk', {
    RegionId,
    ZoneId,
    SnapshotId: TINY.snapshots.permanent,
    DiskCategory: 'cloud_essd',
    ClientToken: 'disk-1',
    Tag: [{ Key: 'a', Value: 'b' }],
  });
  await call(TINY.producer, 'Ecs', 'RunInstances', {
    RegionId,
    ImageId: TINY.images.plain,
    InstanceType: 'ecs.g7.large',
    VSwitchId: TINY.vSwitch,
    DeploymentSetId: TINY.deploymentSet,
    SystemDisk: { Category: 'cloud_essd', Size: '60', Encrypted: 'true' },
    Amount: 2,
  });
  const { Disks } = await call(TINY.producer, 'Ecs', 'DescribeDisks', { RegionId, MaxResults: 100 });
  const system = (Disks as { Disk: { DiskId: string; Type: string }[] }).Disk.find(
    ({ Type }) => Type === 'system',
  );
  await call(TINY.producer, 'Ecs', 'DescribeInstances', { RegionId, MaxResults: 100 });
  await call(TINY.producer, 'Ecs', 'CreateSnapshot', { DiskId: system?.DiskId, RetentionDays: 7 });
  wait();
  const SnapshotId = TINY.snapshots.expiredAndShared;
  await call(TINY.producer, 'Ecs', 'ModifySnapshotAttribute', { SnapshotId, RetentionDays: 90 });
  const old = cloud.world.regions[RegionId]?.snapshots[TINY.snapshots.permanent];
  if (old !== undefined) old.creationMs -= 20 * 86_400_000;
  await call(TINY.producer, 'Ecs', 'ModifySnapshotCategory', {
    SnapshotId: TINY.snapshots.permanent,
    Category: 'Archive',
  });
}
