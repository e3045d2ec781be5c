import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { toMilliseconds } from '../times';
import type { ResourceShare } from '../world';
import { OWNER_PARAMETER, PAGE_PARAMETERS, READS_PER_SECOND } from './limits';
import { pageOf } from './page';
import { type Permission, permissionLibrary, permissionNamed } from './permission-library';
import { resourceTypeAsked } from './resource-types';
import { isReceivedBy, ownShare, shareNamed, shareNotFound } from './share-state';

/** The provider's own permissions are as old as the product. */
const PERMISSIONS_SINCE = toMilliseconds(Date.UTC(2020, 11, 7, 7, 39, 1, 818));

export const listPermissions: Action = {
  parameters: { ...PAGE_PARAMETERS, ResourceType: { type: 'string' } },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const type = resourceTypeAsked(call);
    return permissionPage(
      call,
      permissionLibrary(call.world).filter((one) => (type ?? one.resourceType) === one.resourceType),
    );
  },
};

/** Every permission of the provider has one version. */
export const listPermissionVersions: Action = {
  parameters: { ...PAGE_PARAMETERS, PermissionName: { type: 'string', required: true } },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    return permissionPage(call, [permissionNamed(textOf(call, 'PermissionName') ?? '', call.world)]);
  },
};

/** The permission with its policy as JSON text. */
export const getPermission: Action = {
  parameters: { PermissionName: { type: 'string', required: true }, PermissionVersion: { type: 'string' } },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const permission = permissionNamed(textOf(call, 'PermissionName') ?? '', call.world);
    if ((textOf(call, 'PermissionVersion') ?? 'v1') !== 'v1') {
      throw new ProviderRefusal(
        400,
        'InvalidParameter.PermissionVersion',
        'The PermissionVersion is invalid.',
      );
    }
    const policy = JSON.stringify({ Effect: 'Allow', Action: permission.allows });
    return { Permission: { ...permissionView(permission), Permission: policy } };
  },
};

export const listResourceSharePermissions: Action = {
  parameters: {
    ...OWNER_PARAMETER,
    ...PAGE_PARAMETERS,
    ResourceShareId: { type: 'string', required: true },
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const share = textOf(call, 'ResourceOwner') === 'Self' ? ownShare(call) : receivedShare(call);
    const library = permissionLibrary(call.world);
    return permissionPage(
      call,
      library.filter((one) => share.permissionNames.includes(one.permissionName)),
    );
  },
};

function receivedShare(call: Call): ResourceShare {
  const share = shareNamed(call);
  if (share.ownerId !== call.caller.accountId && isReceivedBy(call.caller.accountId, share, call.world))
    return share;
  throw shareNotFound();
}

function permissionPage(call: Call, permissions: readonly Permission[]): Record<string, unknown> {
  return pageOf(call, 'Permissions', permissions, (one) => one.permissionName, permissionView);
}

function permissionView(permission: Permission): Record<string, unknown> {
  return {
    PermissionName: permission.permissionName,
    PermissionVersion: 'v1',
    ResourceType: permission.resourceType,
    DefaultPermission: permission.isDefault,
    DefaultVersion: true,
    CreateTime: PERMISSIONS_SINCE,
    UpdateTime: PERMISSIONS_SINCE,
  };
}
