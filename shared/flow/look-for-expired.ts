import { hasExpired } from '../domain/findings/retention';
import type { Place } from '../domain/sharing/resource';
import { ProviderError, type SnapshotFacts, type SnapshotReader } from './ports';

/** What one look at a place's snapshots showed. */
export interface Look {
  sharedSnapshots: number;
  snapshotsRead: number;
  /** Shared and past their retention: at most as many as an account can share, which is 1,024. */
  expired: SnapshotFacts[];
  /** Shared, and not seen among the snapshots so far. */
  sharedNotListed: Set<string>;
  /** Why the look is not complete, or null when it is. */
  notRead: string | null;
}

/**
 * Joins what Resource Sharing says is shared with what ECS lists, a page at a time, so that memory does not grow with
 * the number of snapshots. It reads no further than to the last shared one.
 */
export async function lookForExpired(
  snapshots: SnapshotReader,
  place: Place,
  nowMs: number,
  goOn: () => boolean,
): Promise<Look> {
  const look: Look = {
    sharedSnapshots: 0,
    snapshotsRead: 0,
    expired: [],
    sharedNotListed: new Set(),
    notRead: null,
  };
  if (!goOn()) return { ...look, notRead: 'The time ran out before it began' };
  try {
    look.sharedNotListed = new Set(await snapshots.sharedSnapshotIds(place));
    look.sharedSnapshots = look.sharedNotListed.size;
    if (look.sharedSnapshots === 0) return look;
    for await (const page of snapshots.snapshots(place)) {
      takeIn(look, page, nowMs);
      if (look.sharedNotListed.size === 0) return look;
      if (!goOn()) {
        return { ...look, notRead: `The time ran out after ${look.snapshotsRead} snapshots` };
      }
    }
    return look;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { ...look, notRead: `${error.code}: ${error.message}` };
  }
}

function takeIn(look: Look, page: readonly SnapshotFacts[], nowMs: number): void {
  look.snapshotsRead += page.length;
  for (const snapshot of page) {
    if (!look.sharedNotListed.delete(snapshot.snapshotId)) continue;
    if (hasExpired(snapshot, nowMs)) look.expired.push(snapshot);
  }
}
