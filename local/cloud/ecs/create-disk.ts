import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import type { Region } from '../world';
import { CLIENT_TOKEN } from './client-token';
import { nameAsked, TAGS, tagsAsked } from './names';
import { diskEncryption } from './new-encryption';
import { type SeenSnapshot, snapshotNamed } from './snapshot-view';

const CATEGORIES = ['cloud', 'cloud_efficiency', 'cloud_ssd', 'cloud_essd', 'cloud_auto', 'cloud_essd_entry'];

/**
 * Makes a data disk, empty or from a snapshot that the caller owns or received. It lives on when the snapshot is
 * unshared or deleted.
 *
 * @throws ProviderRefusal 400 MissingParameter, InvalidDiskCategory.ValueNotSupported, InvalidDiskName.Malformed;
 *   403 InvalidParam.ZoneIdAndInstanceId.Conflict, InvalidInstanceChargeType.ValueNotSupported, InvalidSnapshot.NotReady,
 *   OperationDenied.SnapshotNotAllowed, InvalidDiskSize.TooSmall; 404 InvalidZoneId.NotFound, InvalidInstanceId.NotFound,
 *   InvalidSnapshotId.NotFound; and those of `diskEncryption`.
 */
export const createDisk: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    ZoneId: { type: 'string' },
    InstanceId: { type: 'string' },
    SnapshotId: { type: 'string' },
    Size: { type: 'integer', minimum: 1, maximum: 65_536 },
    DiskCategory: { type: 'string' },
    DiskName: { type: 'string' },
    Description: { type: 'string', maxLength: 256 },
    Encrypted: { type: 'boolean' },
    KMSKeyId: { type: 'string' },
    PerformanceLevel: { type: 'string', enum: ['PL0', 'PL1', 'PL2', 'PL3'] },
    ...TAGS,
    ...CLIENT_TOKEN,
  },
  ratePerSecond: 16,
  run(call) {
    const { regionId, region } = regionOf(call);
    const zoneId = zoneAsked(call, regionId, region);
    const seen = snapshotAsked(call, regionId, region);
    const category = categoryAsked(call);
    const origin = seen === undefined ? undefined : { ...seen.snapshot, kind: 'Snapshot' as const };
    const asked = { encrypted: flagOf(call, 'Encrypted'), kmsKeyId: textOf(call, 'KMSKeyId') };
    const malformed = new ProviderRefusal(
      400,
      'InvalidDiskName.Malformed',
      'The specified disk name is wrongly formed.',
    );
    const disk = {
      diskName: nameAsked(call, 'DiskName', malformed) ?? '',
      ownerId: call.caller.accountId,
      creationMs: call.nowMs,
      zoneId,
      type: 'data' as const,
      category,
      sizeGiB: sizeAsked(call, seen),
      ...diskEncryption(asked, category, origin, call),
      sourceSnapshotId: seen?.snapshotId ?? '',
      imageId: '',
      instanceId: '',
      tags: tagsAsked(call),
    };
    const diskId = call.newId('d-');
    region.disks[diskId] = { diskId, ...disk };
    return { DiskId: diskId };
  },
};

/** A zone is its region and a letter. Only subscription instances may be named, and this cloud has none. */
function zoneAsked(call: Call, regionId: string, region: Region): string {
  const zoneId = textOf(call, 'ZoneId');
  const instanceId = textOf(call, 'InstanceId');
  if (zoneId !== undefined && instanceId !== undefined) {
    throw new ProviderRefusal(
      403,
      'InvalidParam.ZoneIdAndInstanceId.Conflict',
      "The specified parameter 'ZoneId' and 'InstanceId' are not blank at the same time.",
    );
  }
  if (instanceId !== undefined) {
    if (region.instances[instanceId]?.ownerId !== call.caller.accountId) {
      throw new ProviderRefusal(
        404,
        'InvalidInstanceId.NotFound',
        'The InstanceId provided does not exist in our records.',
      );
    }
    throw new ProviderRefusal(
      403,
      'InvalidInstanceChargeType.ValueNotSupported',
      'The InstanceChargeType does not support this action.',
    );
  }
  if (zoneId === undefined) {
    throw new ProviderRefusal(
      400,
      'MissingParameter',
      'The input parameter "ZoneId" that is mandatory for processing this request is not supplied.',
    );
  }
  checkZone(zoneId, regionId);
  return zoneId;
}

/** @throws ProviderRefusal 404 InvalidZoneId.NotFound */
export function checkZone(zoneId: string, regionId: string): void {
  if (zoneId.startsWith(`${regionId}-`) && /-[a-z]$/.test(zoneId)) return;
  throw new ProviderRefusal(404, 'InvalidZoneId.NotFound', 'The specified zone does not exist.');
}

function snapshotAsked(call: Call, regionId: string, region: Region): SeenSnapshot | undefined {
  const snapshotId = textOf(call, 'SnapshotId');
  if (snapshotId === undefined) return undefined;
  const seen = snapshotNamed(snapshotId, call, regionId, region);
  if (seen === undefined) {
    throw new ProviderRefusal(404, 'InvalidSnapshotId.NotFound', 'The specified SnapshotId does not exist.');
  }
  if (seen.snapshot.status !== 'accomplished') {
    throw new ProviderRefusal(
      403,
      'InvalidSnapshot.NotReady',
      'The specified snapshot creation is not completed yet.',
    );
  }
  if (seen.snapshot.category === 'archive') {
    throw new ProviderRefusal(
      403,
      'OperationDenied.SnapshotNotAllowed',
      'The specified snapshot is not allowed to create disk.',
    );
  }
  return seen;
}

function categoryAsked(call: Call): string {
  const category = textOf(call, 'DiskCategory') ?? 'cloud';
  if (CATEGORIES.includes(category)) return category;
  throw new ProviderRefusal(
    400,
    'InvalidDiskCategory.ValueNotSupported',
    'The specified parameter "DiskCategory" is not valid.',
  );
}

function sizeAsked(call: Call, seen: SeenSnapshot | undefined): number {
  const size = numberOf(call, 'Size') ?? seen?.snapshot.sourceDiskSizeGiB;
  if (size === undefined) {
    throw new ProviderRefusal(
      400,
      'MissingParameter',
      'The input parameter either "SnapshotId" or "Size" should be specified.',
    );
  }
  if (size < (seen?.snapshot.sourceDiskSizeGiB ?? 0)) {
    throw new ProviderRefusal(
      403,
      'InvalidDiskSize.TooSmall',
      'Specified disk size is less than the size of snapshot.',
    );
  }
  return size;
}
