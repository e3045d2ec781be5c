import type {
  DescribeImagesResponseBodyImagesImage,
  DescribeSnapshotsResponseBodySnapshotsSnapshot,
} from '@alicloud/ecs20140526';
import type { SeenDeploymentSet, SeenImage, SeenSnapshot, SeenVSwitch } from '../domain/receiving/seen';
import { sharedFrom } from '../domain/receiving/shared-from';
import type { Fields } from './fields';
import { allByNumber, allByToken, inBatches, PAGE_SIZE } from './paging';
import type { CallPlace, ProviderClient } from './provider-client';
import type { Wire } from './wire';

/** DescribeDeploymentSets and DescribeVSwitches show at most this many on a page. */
const PER_PAGE_MAX = 50;

/** Every snapshot that the account received, or those with these ids, its own too. */
export async function seenSnapshots(
  client: ProviderClient,
  place: CallPlace,
  ids?: readonly string[],
): Promise<SeenSnapshot[]> {
  const all = await allByToken('DescribeSnapshots', async (NextToken) => {
    const answer = await client.call('Ecs', 'DescribeSnapshots', place, {
      RegionId: place.regionId,
      MaxResults: PAGE_SIZE,
      NextToken,
      ...(ids === undefined ? {} : { SnapshotIds: JSON.stringify(ids) }),
    });
    const items = answer.object('Snapshots').list('Snapshot').map(snapshotFrom);
    return { items, nextToken: answer.textOr('NextToken', '') };
  });
  // There is no filter for what was received.
  return ids === undefined ? all.filter(({ source }) => source !== null) : all;
}

function snapshotFrom(snapshot: Fields<Wire<DescribeSnapshotsResponseBodySnapshotsSnapshot>>): SeenSnapshot {
  const tags = snapshot.has('Tags') ? snapshot.object('Tags').listOr('Tag', []) : [];
  const retentionDays = snapshot.numberOr('RetentionDays', 0);
  return {
    kind: 'Snapshot',
    snapshotId: snapshot.text('SnapshotId'),
    snapshotName: snapshot.textOr('SnapshotName', ''),
    source: sharedFrom(
      tags.map((tag) => ({ key: tag.textOr('TagKey', ''), value: tag.textOr('TagValue', '') })),
    ),
    status: snapshot.text('Status'),
    available: snapshot.flagOr('Available', true),
    category: snapshot.textOr('Category', ''),
    encrypted: snapshot.flagOr('Encrypted', false),
    kmsKeyId: snapshot.textOr('KMSKeyId', ''),
    sizeGiB: snapshot.number('SourceDiskSize'),
    creationMs: snapshot.timeMs('CreationTime'),
    // Kept for ever: absent, 0 or -1.
    retentionDays: retentionDays > 0 ? retentionDays : null,
  };
}

/** Without it DescribeImages shows only images that are available. */
const EVERY_STATUS = 'Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated';

/** Every image that others let the account use, published ones aside; or the one with this id, its own too. */
export async function seenImages(
  client: ProviderClient,
  place: CallPlace,
  imageId?: string,
): Promise<SeenImage[]> {
  return await allByNumber('DescribeImages', async (PageNumber) => {
    const answer = await client.call('Ecs', 'DescribeImages', place, {
      RegionId: place.regionId,
      Status: EVERY_STATUS,
      PageNumber,
      PageSize: PAGE_SIZE,
      ...(imageId === undefined ? { ImageOwnerAlias: 'others', IsPublic: false } : { ImageId: imageId }),
    });
    const items = answer.object('Images').list('Image').map(imageFrom);
    return { items, totalCount: answer.number('TotalCount') };
  });
}

function imageFrom(image: Fields<Wire<DescribeImagesResponseBodyImagesImage>>): SeenImage {
  const disks = image.has('DiskDeviceMappings')
    ? image.object('DiskDeviceMappings').listOr('DiskDeviceMapping', [])
    : [];
  return {
    kind: 'Image',
    imageId: image.text('ImageId'),
    imageName: image.textOr('ImageName', ''),
    ownerAccountId: image.has('ImageOwnerId') ? String(image.number('ImageOwnerId')) : '',
    received: image.text('ImageOwnerAlias') === 'others',
    status: image.text('Status'),
    encrypted: disks.some((disk) => disk.flagOr('Encrypted', false)),
    productCode: image.textOr('ProductCode', ''),
    sizeGiB: image.number('Size'),
  };
}

/** Deployment sets by id, those of them that the account sees. */
export async function seenDeploymentSets(
  client: ProviderClient,
  place: CallPlace,
  ids: readonly string[],
): Promise<SeenDeploymentSet[]> {
  return await inBatches(ids, PER_PAGE_MAX, async (some) => {
    const answer = await client.call('Ecs', 'DescribeDeploymentSets', place, {
      RegionId: place.regionId,
      DeploymentSetIds: JSON.stringify(some),
      PageSize: PER_PAGE_MAX,
    });
    return answer
      .object('DeploymentSets')
      .list('DeploymentSet')
      .map((set) => ({
        kind: 'DeploymentSet',
        deploymentSetId: set.text('DeploymentSetId'),
        deploymentSetName: set.textOr('DeploymentSetName', ''),
        ownerAccountId: set.has('AccountId') ? String(set.number('AccountId')) : '',
        strategy: set.textOr('DeploymentStrategy', ''),
        room: (set.has('Capacities') ? set.object('Capacities').listOr('Capacity', []) : []).map((one) => ({
          zoneId: one.text('ZoneId'),
          available: one.number('AvailableAmount'),
        })),
      }));
  });
}

/** VSwitches by id, those of them that the account sees. */
export async function seenVSwitches(
  client: ProviderClient,
  place: CallPlace,
  ids: readonly string[],
): Promise<SeenVSwitch[]> {
  return await inBatches(ids, PER_PAGE_MAX, async (some) => {
    const answer = await client.call('Vpc', 'DescribeVSwitches', place, {
      RegionId: place.regionId,
      VSwitchId: some.join(','),
      PageSize: PER_PAGE_MAX,
    });
    return answer
      .object('VSwitches')
      .list('VSwitch')
      .map((vSwitch) => ({
        kind: 'VSwitch',
        vSwitchId: vSwitch.text('VSwitchId'),
        vSwitchName: vSwitch.textOr('VSwitchName', ''),
        vpcId: vSwitch.textOr('VpcId', ''),
        ownerAccountId: String(vSwitch.number('OwnerId')),
        zoneId: vSwitch.text('ZoneId'),
        cidrBlock: vSwitch.textOr('CidrBlock', ''),
        addressesLeft: vSwitch.numberOr('AvailableIpAddressCount', null),
      }));
  });
}
