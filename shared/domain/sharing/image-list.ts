import type { Principal } from './principal';
import type { ResourceRef } from './resource';

/** Images reach single accounts through their own list of accounts, everything else goes through a resource share. */
export function goesByImageList(resource: Pick<ResourceRef, 'resourceType'>, principal: Principal): boolean {
  return resource.resourceType === 'Image' && principal.type === 'account';
}
