import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { regionHere } from '../region';
import { DAY_MS } from '../times';
import { isShared } from '../visibility';
import type { Snapshot } from '../world';
import { nameAsked, retentionAsked } from './names';
import { snapshotNamed } from './snapshot-view';

/** Source: ModifySnapshotCategory: archived after 14 days, and then kept for at least 60. */
const ARCHIVABLE_AFTER_MS = 14 * DAY_MS;
const ARCHIVE_RETENTION_MIN_DAYS = 74;

/**
 * Renames one of the caller's snapshots, or keeps it for longer.
 *
 * @throws ProviderRefusal 404 InvalidSnapshotId.NotFound; 403 OperationDenied for a received one; 400
 *   NoAttributeToModify, InvalidSnapshotId.NotReady, InvalidSnapshotName.Malformed, InvalidRetentionDays.Malformed,
 *   InvalidOperation.DecreaseRetentionDaysUnsupported
 */
export const modifySnapshotAttribute: Action = {
  parameters: {
    SnapshotId: { type: 'string', required: true },
    SnapshotName: { type: 'string' },
    Description: { type: 'string', maxLength: 256 },
    RetentionDays: { type: 'integer' },
    DisableInstantAccess: { type: 'boolean' },
  },
  ratePerSecond: 16,
  run(call) {
    const snapshot = ownSnapshot(call);
    const snapshotName = nameAsked(
      call,
      'SnapshotName',
      refused('InvalidSnapshotName.Malformed', 'The specified SnapshotName is wrongly formed.'),
    );
    const retentionDays = longerRetention(snapshot, call);
    const others = textOf(call, 'Description') ?? flagOf(call, 'DisableInstantAccess');
    if (snapshotName === undefined && retentionDays === undefined && others === undefined) {
      throw refused('NoAttributeToModify', 'No attribute to be modified in this request.');
    }
    if (snapshotName !== undefined) snapshot.snapshotName = snapshotName;
    if (retentionDays !== undefined) snapshot.retentionDays = retentionDays;
    return {};
  },
};

/**
 * Archives one of the caller's snapshots. No document lists the refusals of this action.
 *
 * @throws ProviderRefusal 404 InvalidSnapshotId.NotFound; 403 OperationDenied for one that is received, shared, archived
 *   already or not 14 days old; 400 InvalidRetentionDays.Malformed, InvalidOperation.DecreaseRetentionDaysUnsupported
 */
export const modifySnapshotCategory: Action = {
  parameters: {
    SnapshotId: { type: 'string', required: true },
    Category: { type: 'string' },
    RetentionDays: { type: 'integer' },
  },
  ratePerSecond: 16,
  run(call) {
    const snapshot = ownSnapshot(call);
    const isOldEnough = call.nowMs >= snapshot.creationMs + ARCHIVABLE_AFTER_MS;
    const isHeld = isShared(snapshot.snapshotId, call.regionId, call.world);
    const isAsked = textOf(call, 'Category')?.toLowerCase() === 'archive';
    if (!isAsked || isHeld || !isOldEnough || snapshot.category === 'archive') {
      throw denied('The specified snapshot cannot be archived.');
    }
    const asked = numberOf(call, 'RetentionDays');
    if (asked !== undefined && asked < ARCHIVE_RETENTION_MIN_DAYS) throw wrongRetention();
    const retentionDays = longerRetention(snapshot, call);
    if (retentionDays !== undefined) snapshot.retentionDays = retentionDays;
    snapshot.category = 'archive';
    return { TaskId: call.newId('t-') };
  },
};

/** A received snapshot is there, but a receiver can neither extend nor archive it (Share a snapshot). */
function ownSnapshot(call: Call): Snapshot {
  const region = regionHere(call);
  const seen = snapshotNamed(textOf(call, 'SnapshotId') ?? '', call, call.regionId, region);
  if (seen === undefined) {
    throw new ProviderRefusal(404, 'InvalidSnapshotId.NotFound', 'The specified SnapshotId does not exist.');
  }
  if (seen.received) throw denied('The specified snapshot is shared by another account.');
  if (seen.snapshot.status !== 'accomplished') {
    throw refused('InvalidSnapshotId.NotReady', 'The specified snapshot has not completed yet.');
  }
  return seen.snapshot;
}

/** Retention only ever grows; what is kept for ever cannot get an end. */
function longerRetention(snapshot: Snapshot, call: Call): number | undefined {
  const asked = retentionAsked(numberOf(call, 'RetentionDays'), wrongRetention());
  if (asked === null) return undefined;
  if (snapshot.retentionDays !== null && asked >= snapshot.retentionDays) return asked;
  throw refused(
    'InvalidOperation.DecreaseRetentionDaysUnsupported',
    'The requested operation to decrease retention days for the snapshot is not supported.',
  );
}

function wrongRetention(): ProviderRefusal {
  return refused('InvalidRetentionDays.Malformed', 'The specified RetentionDays is not valid.');
}

function refused(code: string, message: string): ProviderRefusal {
  return new ProviderRefusal(400, code, message);
}

function denied(message: string): ProviderRefusal {
  return new ProviderRefusal(403, 'OperationDenied', message);
}
