import { type Action, ProviderRefusal } from '../product';
import { numberOf, textOf } from '../read-parameters';
import { regionHere } from '../region';
import type { Disk } from '../world';
import { CLIENT_TOKEN } from './client-token';
import { nameAsked, retentionAsked, TAGS, tagsAsked } from './names';
import { SNAPSHOT_TAKES_MS } from './pass-time';

const GIB = 1_024 ** 3;

/**
 * Makes a snapshot of one of the caller's disks, under the disk's key.
 *
 * @throws ProviderRefusal 404 InvalidDiskId.NotFound; 403 IncorrectDiskStatus.NeverAttached,
 *   IncorrectDiskStatus.CreatingSnapshot; 400 InvalidSnapshotName.Malformed, InvalidRetentionDays.Malformed
 */
export const createSnapshot: Action = {
  parameters: {
    DiskId: { type: 'string', required: true },
    SnapshotName: { type: 'string' },
    Description: { type: 'string', maxLength: 256 },
    RetentionDays: { type: 'integer' },
    ...TAGS,
    ...CLIENT_TOKEN,
  },
  ratePerSecond: 16,
  run(call) {
    const { snapshots, disks } = regionHere(call);
    const disk = disks[textOf(call, 'DiskId') ?? ''];
    if (disk === undefined || disk.ownerId !== call.caller.accountId) {
      throw new ProviderRefusal(404, 'InvalidDiskId.NotFound', 'The specified DiskId does not exist.');
    }
    const earlier = Object.values(snapshots).filter((one) => one.sourceDiskId === disk.diskId);
    refuseStatus(
      disk,
      earlier.some((one) => one.status === 'progressing'),
    );
    const malformed = (code: string, what: string) =>
      new ProviderRefusal(400, code, `The specified ${what} is wrongly formed.`);
    const snapshotName = nameAsked(
      call,
      'SnapshotName',
      malformed('InvalidSnapshotName.Malformed', 'SnapshotName'),
    );
    const retentionDays = retentionAsked(
      numberOf(call, 'RetentionDays'),
      malformed('InvalidRetentionDays.Malformed', 'RetentionDays'),
    );
    const tags = tagsAsked(call);
    const fullSizeBytes = (disk.sizeGiB * GIB) / 2;
    const snapshotId = call.newId('s-');
    snapshots[snapshotId] = {
      snapshotId,
      snapshotName: snapshotName ?? snapshotId,
      ownerId: disk.ownerId,
      creationMs: call.nowMs,
      retentionDays,
      status: 'progressing',
      readyMs: call.nowMs + SNAPSHOT_TAKES_MS,
      category: 'standard',
      encrypted: disk.encrypted,
      kmsKeyId: disk.kmsKeyId,
      sourceDiskId: disk.diskId,
      sourceDiskSizeGiB: disk.sizeGiB,
      sourceDiskType: disk.type,
      fullSizeBytes,
      incrementBytes: earlier.length === 0 ? fullSizeBytes : Math.round(fullSizeBytes / 10),
      snapshotLinkId: `sl-${disk.diskId.slice(2)}`,
      ofImportedImage: false,
      productCode: '',
      locked: false,
      tags,
    };
    return { SnapshotId: snapshotId };
  },
};

/** Nothing attaches data disks here, so that only system disks of instances can be snapshotted. */
function refuseStatus(disk: Disk, isBusy: boolean): void {
  if (disk.instanceId === '') {
    throw new ProviderRefusal(
      403,
      'IncorrectDiskStatus.NeverAttached',
      'The specified disk has never been attached to any instance.',
    );
  }
  if (isBusy) {
    throw new ProviderRefusal(
      403,
      'IncorrectDiskStatus.CreatingSnapshot',
      'A previous snapshot creation is in process.',
    );
  }
}
