import { ProviderRefusal } from '../product';
import type { ResourceShare, World } from '../world';
import { resourceTypes } from './resource-types';
import type { NamedResource } from './resources';

export interface Permission {
  permissionName: string;
  resourceType: string;
  isDefault: boolean;
  allows: string[];
}

/** Every permission: one default per resource type, and the one documented other. */
export function permissionLibrary(world: World): Permission[] {
  const defaults = resourceTypes(world).map(({ resourceType, allows }) => ({
    permissionName: `AliyunRSDefaultPermission${resourceType}`,
    resourceType,
    isDefault: true,
    allows,
  }));
  const readWrite: Permission = {
    permissionName: 'AliyunRSPermissionKMSInstanceReadWrite',
    resourceType: 'KMSInstance',
    isDefault: false,
    allows: ['kms:*'],
  };
  return [...defaults, readWrite];
}

/** @throws ProviderRefusal 404 EntityNotExists.Permission */
export function permissionNamed(name: string, world: World): Permission {
  const permission = permissionLibrary(world).find((one) => one.permissionName === name);
  if (permission !== undefined) return permission;
  throw new ProviderRefusal(
    404,
    'EntityNotExists.Permission',
    'The resource share permission does not exist.',
  );
}

/** A type without a permission in the share gets its default one. */
export function addDefaultPermissions(
  share: ResourceShare,
  resources: readonly NamedResource[],
  world: World,
): void {
  const library = permissionLibrary(world);
  for (const { resourceType } of resources) {
    const ofType = library.filter((one) => one.resourceType === resourceType);
    if (ofType.some((one) => share.permissionNames.includes(one.permissionName))) continue;
    const byDefault = ofType.find((one) => one.isDefault);
    if (byDefault !== undefined) share.permissionNames.push(byDefault.permissionName);
  }
}
