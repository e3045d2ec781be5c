import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, textOf, textsOf } from '../read-parameters';
import type { ResourceShare } from '../world';
import { READS_PER_SECOND } from './limits';
import { type Permission, permissionLibrary, permissionNamed } from './permission-library';
import { checkActive, isActive, ownShare } from './share-state';

const PARAMETERS = {
  ResourceShareId: { type: 'string', required: true },
  PermissionName: { type: 'string', required: true },
} as const;

/**
 * Gives a share a permission. A type has one permission in a share: with Replace, this one takes the other's place.
 * The code for when it may not is not documented.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Permission, 409 EntityAlreadyExists.ResourceSharePermission
 */
export const associateResourceSharePermission: Action = {
  parameters: { ...PARAMETERS, Replace: { type: 'boolean' } },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const { share, permission } = asked(call);
    const others = ofSameType(permission, share, call);
    if (others.length > 0 && flagOf(call, 'Replace') !== true) {
      throw new ProviderRefusal(
        409,
        'EntityAlreadyExists.ResourceSharePermission',
        'The resource share has a permission for the resource type already.',
      );
    }
    const kept = share.permissionNames.filter((name) => !others.includes(name));
    share.permissionNames = [...kept, permission.permissionName];
    share.updateMs = call.nowMs;
    return {};
  },
};

/** @throws ProviderRefusal 404 EntityNotExists.Permission, 409 DisassociateConflict.Permission while a resource needs it */
export const disassociateResourceSharePermission: Action = {
  parameters: PARAMETERS,
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const { share, permission } = asked(call);
    if (!share.permissionNames.includes(permission.permissionName)) {
      throw new ProviderRefusal(
        404,
        'EntityNotExists.Permission',
        'The resource share permission does not exist.',
      );
    }
    if (share.associations.some((one) => one.entityType === permission.resourceType && isActive(one))) {
      throw new ProviderRefusal(
        409,
        'DisassociateConflict.Permission',
        'Existing associated resource when disassociating permission with resource share.',
      );
    }
    share.permissionNames = share.permissionNames.filter((name) => name !== permission.permissionName);
    share.updateMs = call.nowMs;
    return {};
  },
};

/**
 * The permissions that PermissionNames.N gives a share: at most one for each type.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Permission, 400 InvalidParameter.PermissionNames.Duplicate
 */
export function permissionsAsked(call: Call): Permission[] {
  const permissions = textsOf(call, 'PermissionNames').map((name) => permissionNamed(name, call.world));
  if (new Set(permissions.map(({ resourceType }) => resourceType)).size === permissions.length) {
    return permissions;
  }
  throw new ProviderRefusal(
    400,
    'InvalidParameter.PermissionNames.Duplicate',
    'The PermissionNames duplicate values.',
  );
}

/** What the share has already for a type stays: only Replace takes it away. */
export function addPermissions(permissions: readonly Permission[], share: ResourceShare, call: Call): void {
  for (const permission of permissions) {
    if (ofSameType(permission, share, call).length === 0) {
      share.permissionNames.push(permission.permissionName);
    }
  }
}

function asked(call: Call): { share: ResourceShare; permission: Permission } {
  const share = ownShare(call);
  checkActive(share, call.nowMs);
  return { share, permission: permissionNamed(textOf(call, 'PermissionName') ?? '', call.world) };
}

function ofSameType({ resourceType }: Permission, share: ResourceShare, { world }: Call): string[] {
  return permissionLibrary(world)
    .filter((one) => one.resourceType === resourceType)
    .map((one) => one.permissionName)
    .filter((name) => share.permissionNames.includes(name));
}
