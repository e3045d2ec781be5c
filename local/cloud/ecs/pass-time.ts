import type { World } from '../world';
import { release } from './release';

/** How long a snapshot takes to be made or copied is not documented; a minute is a small one. */
export const SNAPSHOT_TAKES_MS = 60_000;

/** What happens in ECS by itself: snapshots are accomplished, expired ones released. @returns whether anything changed. */
export function passTime(world: World, nowMs: number): boolean {
  const hasFinished = accomplish(world, nowMs);
  return release(world, nowMs) || hasFinished;
}

function accomplish(world: World, nowMs: number): boolean {
  let hasChanged = false;
  for (const { snapshots } of Object.values(world.regions)) {
    for (const snapshot of Object.values(snapshots)) {
      if (snapshot.readyMs === undefined || snapshot.readyMs > nowMs) continue;
      snapshot.status = 'accomplished';
      delete snapshot.readyMs;
      hasChanged = true;
    }
  }
  return hasChanged;
}
