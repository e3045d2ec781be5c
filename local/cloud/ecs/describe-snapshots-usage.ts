import type { Action } from '../product';
import { regionOf } from '../region';

/** How many snapshots the caller keeps in a region, and the bytes that are billed for them. */
export const describeSnapshotsUsage: Action = {
  parameters: { RegionId: { type: 'string', required: true } },
  ratePerSecond: 16,
  run(call) {
    const { region } = regionOf(call);
    const own = Object.values(region.snapshots).filter(
      (snapshot) => snapshot.ownerId === call.caller.accountId,
    );
    return {
      SnapshotCount: own.length,
      SnapshotSize: own.reduce((bytes, snapshot) => bytes + snapshot.incrementBytes, 0),
    };
  },
};
