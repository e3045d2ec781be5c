import type { Place } from '../resource';

export function isSamePlace(one: Place, other: Place): boolean {
  return one.ownerAccountId === other.ownerAccountId && one.regionId === other.regionId;
}
