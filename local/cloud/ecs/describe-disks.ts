import { type Action, type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { flagOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toSeconds } from '../times';
import type { Disk } from '../world';
import { hasAskedTags, idsOf, oneOf, refuseDryRun } from './filters';
import { BOTH_PAGINGS, listed, newestFirst } from './listing';
import { TAGS } from './names';

const MAX_IDS = 100;
const PAGINGS: Record<string, ParameterSpec> = {
  ...BOTH_PAGINGS,
  MaxResults: { type: 'integer', minimum: 1, maximum: 500 },
};

/** The caller's disks. @throws ProviderRefusal 403 InvalidDiskIds.Malformed above 100 ids, and the code of each filter. */
export const describeDisks: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    DiskIds: { type: 'json-list' },
    SnapshotId: { type: 'string' },
    InstanceId: { type: 'string' },
    ZoneId: { type: 'string' },
    DiskName: { type: 'string' },
    DiskType: { type: 'string' },
    Category: { type: 'string' },
    Status: { type: 'string' },
    Encrypted: { type: 'boolean' },
    KMSKeyId: { type: 'string' },
    DryRun: { type: 'boolean' },
    ...TAGS,
    ...PAGINGS,
  },
  ratePerSecond: 16,
  run(call) {
    refuseDryRun(call);
    const { regionId, region } = regionOf(call);
    const isAskedFor = askedFor(call);
    const keyOf = (disk: Disk) => newestFirst(disk.creationMs, disk.diskId);
    const found = Object.values(region.disks)
      .filter((disk) => disk.ownerId === call.caller.accountId && isAskedFor(disk))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { page, fields } = listed(found, keyOf, call);
    return { ...fields, Disks: { Disk: page.map((disk) => describe(disk, regionId)) } };
  },
};

function askedFor(call: Call): (disk: Disk) => boolean {
  const refuse = (code: string, what: string) =>
    new ProviderRefusal(400, code, `The specified ${what} is not valid.`);
  const ids = idsOf(
    call,
    'DiskIds',
    MAX_IDS,
    new ProviderRefusal(
      403,
      'InvalidDiskIds.Malformed',
      'The amount of specified disk Ids exceeds the limit.',
    ),
  );
  const type = oneOf(
    call,
    'DiskType',
    ['system', 'data', 'all'],
    refuse('InvalidDiskType.ValueNotSupported', 'DiskType'),
  );
  const status = oneOf(
    call,
    'Status',
    ['in_use', 'available', 'attaching', 'detaching', 'creating', 'reiniting', 'all'],
    refuse('InvalidStatus.ValueNotSupported', 'Status'),
  );
  const encryptedOnly = flagOf(call, 'Encrypted') === true;
  const isThe = (name: string, value: string) => (textOf(call, name) ?? value) === value;
  return (disk) =>
    (ids === undefined || ids.includes(disk.diskId)) &&
    isThe('SnapshotId', disk.sourceSnapshotId) &&
    isThe('InstanceId', disk.instanceId) &&
    isThe('ZoneId', disk.zoneId) &&
    isThe('DiskName', disk.diskName) &&
    isThe('Category', disk.category) &&
    isThe('KMSKeyId', disk.kmsKeyId) &&
    (type === undefined || type === 'all' || type === disk.type) &&
    (status === undefined || status === 'all' || status === statusOf(disk).toLowerCase()) &&
    (!encryptedOnly || disk.encrypted) &&
    hasAskedTags(disk.tags, call);
}

function statusOf({ instanceId }: Disk): 'In_use' | 'Available' {
  return instanceId === '' ? 'Available' : 'In_use';
}

function describe(disk: Disk, regionId: string): Record<string, unknown> {
  return {
    DiskId: disk.diskId,
    DiskName: disk.diskName,
    Description: '',
    RegionId: regionId,
    ZoneId: disk.zoneId,
    Type: disk.type,
    Category: disk.category,
    Size: disk.sizeGiB,
    Status: statusOf(disk),
    Encrypted: disk.encrypted,
    KMSKeyId: disk.kmsKeyId,
    SourceSnapshotId: disk.sourceSnapshotId,
    ImageId: disk.imageId,
    InstanceId: disk.instanceId,
    Device: disk.instanceId === '' ? '' : '/dev/xvda',
    DiskChargeType: 'PostPaid',
    Portable: disk.type === 'data',
    DeleteWithInstance: disk.type === 'system',
    DeleteAutoSnapshot: false,
    ProductCode: '',
    CreationTime: toSeconds(disk.creationMs),
    Tags: { Tag: Object.entries(disk.tags).map(([key, value]) => ({ TagKey: key, TagValue: value })) },
  };
}
