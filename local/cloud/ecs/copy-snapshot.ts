import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import type { Snapshot } from '../world';
import { CLIENT_TOKEN } from './client-token';
import { nameAsked, retentionAsked, TAGS, tagsAsked } from './names';
import { type Encryption, keyOf, keyWithoutEncryption, PLAIN, refuseUntrusted } from './new-encryption';
import { SNAPSHOT_TAKES_MS } from './pass-time';
import { snapshotNamed } from './snapshot-view';

/**
 * Copies a snapshot that the caller owns or received. The copy is the caller's own: it may be shared, and stays when the
 * source is unshared or deleted.
 *
 * @throws ProviderRefusal 403 InvalidSnapshotId.NotFound, InvalidSnapshotId.NotReady,
 *   InvalidSnapshotCategory.NotSupportCopy, InvalidRegionId.NotExists, InvalidOperation.NotSupportCopyInSameRegion,
 *   InvalidEncrypted.NotSupportDecrypt, InvalidEncrypted.NotMatchKmsKeyId, InvalidParameter.KMSKeyId.…,
 *   InvalidSnapshotName.Malformed, InvalidRetentionDays.Malformed
 */
export const copySnapshot: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    SnapshotId: { type: 'string', required: true },
    DestinationRegionId: { type: 'string', required: true },
    DestinationSnapshotName: { type: 'string', required: true },
    DestinationSnapshotDescription: { type: 'string', required: true },
    Encrypted: { type: 'boolean' },
    KMSKeyId: { type: 'string' },
    RetentionDays: { type: 'integer' },
    ...TAGS,
    ...CLIENT_TOKEN,
  },
  ratePerSecond: 16,
  run(call) {
    const { regionId, source, sourceId } = sourceOf(call);
    const destination = destinationOf(call);
    const encryption = encryptionOf(call, source, regionId, destination.regionId);
    const snapshotId = call.newId('s-');
    destination.region.snapshots[snapshotId] = {
      ...source,
      snapshotId,
      snapshotName:
        nameAsked(call, 'DestinationSnapshotName', refused('InvalidSnapshotName.Malformed')) ?? '',
      ownerId: call.caller.accountId,
      creationMs: call.nowMs,
      retentionDays: retentionAsked(
        numberOf(call, 'RetentionDays'),
        refused('InvalidRetentionDays.Malformed'),
      ),
      status: 'progressing',
      readyMs: call.nowMs + SNAPSHOT_TAKES_MS,
      copiedFrom: { snapshotId: sourceId, regionId },
      ...encryption,
      incrementBytes: source.fullSizeBytes,
      snapshotLinkId: `sl-${snapshotId.slice(2)}`,
      locked: false,
      tags: tagsAsked(call),
    };
    return { SnapshotId: snapshotId };
  },
};

function sourceOf(call: Call): { regionId: string; source: Snapshot; sourceId: string } {
  const { regionId, region } = regionOf(call);
  const seen = snapshotNamed(textOf(call, 'SnapshotId') ?? '', call, regionId, region);
  if (seen === undefined) throw refused('InvalidSnapshotId.NotFound');
  if (seen.snapshot.status !== 'accomplished') throw refused('InvalidSnapshotId.NotReady');
  if (seen.snapshot.category === 'archive') throw refused('InvalidSnapshotCategory.NotSupportCopy');
  return { regionId, source: seen.snapshot, sourceId: seen.snapshotId };
}

function destinationOf(call: Call) {
  const regionId = textOf(call, 'DestinationRegionId') ?? '';
  const region = call.world.regions[regionId];
  if (region === undefined) throw refused('InvalidRegionId.NotExists');
  return { regionId, region };
}

/** Within one region only the key can change, and whether even that goes is not documented. */
function encryptionOf(call: Call, source: Snapshot, from: string, to: string): Encryption {
  const isEncrypted = flagOf(call, 'Encrypted') === true;
  const kmsKeyId = textOf(call, 'KMSKeyId');
  if (kmsKeyId !== undefined && !isEncrypted) throw keyWithoutEncryption(403);
  if (source.encrypted && !isEncrypted) throw refused('InvalidEncrypted.NotSupportDecrypt');
  const staysInRegion = from === to;
  if (staysInRegion && (!isEncrypted || call.switchAt('copy-encrypted-in-region') === 'refused')) {
    throw refused('InvalidOperation.NotSupportCopyInSameRegion');
  }
  refuseUntrusted({ ...source, kind: 'Snapshot' }, call);
  return isEncrypted ? keyOf(kmsKeyId, to, 403, call) : PLAIN;
}

const MESSAGES = {
  'InvalidSnapshotId.NotFound': 'The specified snapshot is not exists.',
  'InvalidSnapshotId.NotReady': 'The specified snapshot has not completed yet.',
  'InvalidSnapshotCategory.NotSupportCopy': "The specified snapshot's category does not support copy.",
  'InvalidRegionId.NotExists': 'Region not exists.',
  'InvalidOperation.NotSupportCopyInSameRegion': 'Copying snapshot in the same region is not supported.',
  'InvalidEncrypted.NotSupportDecrypt': 'Encrypted snapshot not support copy to decrypt snapshot.',
  'InvalidSnapshotName.Malformed': 'The specified SnapshotName is wrongly formed.',
  'InvalidRetentionDays.Malformed': 'The specified RetentionDays is not valid.',
} as const;

/** CopySnapshot refuses nearly everything with 403. */
function refused(code: keyof typeof MESSAGES): ProviderRefusal {
  return new ProviderRefusal(403, code, MESSAGES[code]);
}
