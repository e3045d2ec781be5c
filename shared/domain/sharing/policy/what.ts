import type { ResourceRef } from '../resource';
import { fitsPattern } from './pattern';
import type { What } from './policy';

/** Whether a resource is meant: it fits one entry of each list that is there. */
export function isMeant(what: What, resource: ResourceRef): boolean {
  return (
    (what.resourceTypes === undefined || what.resourceTypes.includes(resource.resourceType)) &&
    fitsAny(what.ownerAccountIds, resource.ownerAccountId) &&
    fitsAny(what.regionIds, resource.regionId) &&
    fitsAny(what.resourceIds, resource.resourceId)
  );
}

function fitsAny(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns === undefined || patterns.some((pattern) => fitsPattern(pattern, text));
}
