import type { CopyWish } from '../domain/receiving/copy-snapshot';
import type { DiskWish } from '../domain/receiving/create-disk';
import type { UseCall } from '../domain/receiving/receiver-write';
import type { InstanceWish } from '../domain/receiving/run-instance';
import type { WantedEncryption } from '../domain/receiving/use-problem';
import type { CallPlace, ProviderClient } from './provider-client';

/** What was made of something received. */
export interface MadeThing {
  requestId: string;
  madeId: string;
}

/** The tag by which what a call made is found again when nobody heard its answer. */
const CALL_TAG = 'sharekeeper-call';

/** Makes one thing, once; the same token again makes nothing more. Throws a ProviderError. */
export async function makeOfReceived(
  client: ProviderClient,
  place: CallPlace,
  call: UseCall,
  token: string,
): Promise<MadeThing> {
  switch (call.call) {
    case 'CreateDisk':
      return await createDisk(client, place, call, token);
    case 'CopySnapshot':
      return await copySnapshot(client, place, call, token);
    case 'RunInstances':
      return await runInstance(client, place, call, token);
  }
}

/** The id of what a call made, by its tag; null = there is nothing of it to be seen. */
export async function findMade(
  client: ProviderClient,
  place: CallPlace,
  call: UseCall,
  token: string,
): Promise<string | null> {
  const Tag = [{ Key: CALL_TAG, Value: token }];
  const RegionId = call.call === 'CopySnapshot' ? call.destinationRegionId : place.regionId;
  const at = { accountId: place.accountId, regionId: RegionId };
  switch (call.call) {
    case 'CreateDisk': {
      const answer = await client.call('Ecs', 'DescribeDisks', at, { RegionId, Tag });
      return answer.object('Disks').list('Disk')[0]?.text('DiskId') ?? null;
    }
    case 'CopySnapshot': {
      const answer = await client.call('Ecs', 'DescribeSnapshots', at, { RegionId, Tag });
      return answer.object('Snapshots').list('Snapshot')[0]?.text('SnapshotId') ?? null;
    }
    case 'RunInstances': {
      const answer = await client.call('Ecs', 'DescribeInstances', at, { RegionId, Tag });
      return answer.object('Instances').list('Instance')[0]?.text('InstanceId') ?? null;
    }
  }
}

async function createDisk(
  client: ProviderClient,
  place: CallPlace,
  wish: DiskWish,
  token: string,
): Promise<MadeThing> {
  const answer = await client.call('Ecs', 'CreateDisk', place, {
    RegionId: place.regionId,
    ZoneId: wish.zoneId,
    SnapshotId: wish.snapshotId,
    DiskCategory: wish.category,
    DiskName: wish.diskName,
    Size: wish.sizeGiB ?? undefined,
    ...encryption(wish),
    Tag: [{ Key: CALL_TAG, Value: token }],
    ClientToken: token,
  });
  return { requestId: answer.text('RequestId'), madeId: answer.text('DiskId') };
}

async function copySnapshot(
  client: ProviderClient,
  place: CallPlace,
  wish: CopyWish,
  token: string,
): Promise<MadeThing> {
  const answer = await client.call('Ecs', 'CopySnapshot', place, {
    RegionId: place.regionId,
    SnapshotId: wish.snapshotId,
    DestinationRegionId: wish.destinationRegionId,
    DestinationSnapshotName: wish.snapshotName,
    // The description is required, whatever its text says of a default.
    DestinationSnapshotDescription: `Copied from ${wish.snapshotId} in ${place.regionId}`,
    RetentionDays: wish.retentionDays ?? undefined,
    ...encryption(wish),
    Tag: [{ Key: CALL_TAG, Value: token }],
    ClientToken: token,
  });
  return { requestId: answer.text('RequestId'), madeId: answer.text('SnapshotId') };
}

async function runInstance(
  client: ProviderClient,
  place: CallPlace,
  wish: InstanceWish,
  token: string,
): Promise<MadeThing> {
  const { encrypted, kmsKeyId, category, sizeGiB } = wish.systemDisk;
  const answer = await client.call('Ecs', 'RunInstances', place, {
    RegionId: place.regionId,
    ImageId: wish.imageId,
    InstanceType: wish.instanceType,
    InstanceName: wish.instanceName,
    VSwitchId: wish.vSwitchId,
    SecurityGroupId: wish.securityGroupId,
    DeploymentSetId: wish.deploymentSetId ?? undefined,
    Amount: 1,
    SystemDisk: {
      Category: category,
      // Texts here, unlike with CreateDisk.
      Size: sizeGiB === null ? undefined : String(sizeGiB),
      Encrypted: encrypted ? 'true' : undefined,
      KMSKeyId: kmsKeyId ?? undefined,
    },
    Tag: [{ Key: CALL_TAG, Value: token }],
    ClientToken: token,
  });
  const ids = answer.object('InstanceIdSets');
  return { requestId: answer.text('RequestId'), madeId: ids.texts('InstanceIdSet')[0] ?? '' };
}

function encryption({ encrypted, kmsKeyId }: WantedEncryption): {
  Encrypted?: boolean;
  KMSKeyId?: string | undefined;
} {
  return encrypted ? { Encrypted: true, KMSKeyId: kmsKeyId ?? undefined } : {};
}
