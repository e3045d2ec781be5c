import { release } from './ecs/release';
import { settle } from './resource-sharing/settle';
import type { World } from './world';

/**
 * Makes happen what happens at the provider by itself: shares settle, then expired snapshots that nobody holds are
 * released. Run before every call, so that nothing needs a timer. @returns whether anything changed.
 */
export function fallDue(world: World, nowMs: number): boolean {
  const hasSettled = settle(world, nowMs);
  const hasReleased = release(world, nowMs);
  return hasSettled || hasReleased;
}
