import { passTime } from './ecs/pass-time';
import { settle } from './resource-sharing/settle';
import type { World } from './world';

/**
 * Makes happen what happens at the provider by itself: shares settle, then snapshots are accomplished, and expired ones
 * that nobody holds released. Run before every call, so that nothing needs a timer. @returns whether anything changed.
 */
export function fallDue(world: World, nowMs: number): boolean {
  const hasSettled = settle(world, nowMs);
  const hasPassed = passTime(world, nowMs);
  return hasSettled || hasPassed;
}
