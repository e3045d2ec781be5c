import { createHash, randomUUID } from 'node:crypto';
import type { World } from './world';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id nobody has yet, e.g. `rs-7f3k…`. It follows from the world's counter, so a seeded world is the same each time. */
export function newIdIn(world: World, prefix: string): string {
  const hash = createHash('sha256').update(`${prefix}${world.nextId}`).digest();
  world.nextId += 1;
  return prefix + [...hash.subarray(0, 16)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** The provider's form: an upper-case UUID. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}
