import { DAY_MS } from '../times';
import { isShared } from '../visibility';
import type { Snapshot, World } from '../world';
import { isBehindImage } from './snapshot-view';

/** When a snapshot's retention is over, counted from its creation; null = never. Source: ModifySnapshotAttribute. */
export function expiryMsOf(snapshot: Snapshot): number | null {
  return snapshot.retentionDays === null ? null : snapshot.creationMs + snapshot.retentionDays * DAY_MS;
}

/**
 * Releases every snapshot whose retention is over, as ECS does by itself. One that is shared stays, and is billed, until
 * it is unshared (Share a snapshot); so does one that an image needs or that is locked. Doing it twice changes nothing.
 *
 * @returns whether anything was released.
 */
export function release(world: World, nowMs: number): boolean {
  let hasChanged = false;
  for (const [regionId, region] of Object.entries(world.regions)) {
    for (const snapshot of Object.values(region.snapshots)) {
      const expiryMs = expiryMsOf(snapshot);
      if (expiryMs === null || expiryMs > nowMs || snapshot.locked) continue;
      if (isShared(snapshot.snapshotId, regionId, world)) continue;
      if (isBehindImage(snapshot.snapshotId, region)) continue;
      delete region.snapshots[snapshot.snapshotId];
      hasChanged = true;
    }
  }
  return hasChanged;
}
