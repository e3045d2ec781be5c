import type { Estate } from '../estates/estate';
import { northwind } from '../estates/northwind';
import { tiny } from '../estates/tiny';

export const ESTATE_NAMES = ['northwind', 'tiny'] as const;
export type EstateName = (typeof ESTATE_NAMES)[number];

const SEED = 20;

export function estateNamed(name: EstateName, nowMs: number): Estate {
  return name === 'tiny' ? tiny(nowMs) : northwind(SEED, nowMs);
}
