import { type Action, ProviderRefusal } from '../product';
import { flagOf, textOf } from '../read-parameters';
import { isShared } from '../visibility';
import { isBehindImage, usageOf } from './snapshot-view';

/**
 * Deletes one of the caller's snapshots. An id that the caller has not is ignored with success (DeleteSnapshot).
 * The documents name no code for a locked snapshot: 403 Operation.Conflict is the nearest that the action has.
 *
 * @throws ProviderRefusal 403 InvalidOperation.DeleteSharedSnapshotUnsupported, SnapshotCreatedImage,
 *   SnapshotCreatedDisk unless Force is set, Operation.Conflict
 */
export const deleteSnapshot: Action = {
  parameters: {
    SnapshotId: { type: 'string', required: true },
    Force: { type: 'boolean' },
  },
  ratePerSecond: 16,
  run(call) {
    const snapshotId = textOf(call, 'SnapshotId') ?? '';
    // The action has no RegionId: the endpoint tells the region.
    const region = call.world.regions[call.regionId];
    const snapshot = region?.snapshots[snapshotId];
    if (region === undefined || snapshot?.ownerId !== call.caller.accountId) return {};
    if (isShared(snapshotId, call.regionId, call.world)) {
      throw new ProviderRefusal(
        403,
        'InvalidOperation.DeleteSharedSnapshotUnsupported',
        'The current snapshot shares authorization with other users. Please revoke the shared authorization through resource management first.',
      );
    }
    if (isBehindImage(snapshotId, region)) {
      throw new ProviderRefusal(
        403,
        'SnapshotCreatedImage',
        'The snapshot has been used to create user defined image(s).',
      );
    }
    if (usageOf(snapshotId, region) === 'disk' && flagOf(call, 'Force') !== true) {
      throw new ProviderRefusal(403, 'SnapshotCreatedDisk', 'The snapshot has been used to create disk(s).');
    }
    if (snapshot.locked) {
      throw new ProviderRefusal(
        403,
        'Operation.Conflict',
        'The operation may conflicts with others, please retry later.',
      );
    }
    delete region.snapshots[snapshotId];
    return {};
  },
};
