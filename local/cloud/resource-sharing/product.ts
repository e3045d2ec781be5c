import type { Product } from '../product';
import { associateResourceShare, listResourceShareAssociations } from './associations';
import { createResourceShare } from './create-share';
import {
  checkSharingWithResourceDirectoryStatus,
  describeRegions,
  enableSharingWithResourceDirectory,
} from './directory-switch';
import { disassociateResourceShare } from './disassociate';
import {
  acceptResourceShareInvitation,
  listResourceShareInvitations,
  rejectResourceShareInvitation,
} from './invitations';
import {
  getPermission,
  listPermissions,
  listPermissionVersions,
  listResourceSharePermissions,
} from './permissions';
import { changeResourceGroup } from './resource-group';
import { associateResourceSharePermission, disassociateResourceSharePermission } from './share-permissions';
import { listSharedResources, listSharedTargets } from './shared';
import { deleteResourceShare, listResourceShares, updateResourceShare } from './shares';
import { listTagResources, tagResources, untagResources } from './tags';

export const resourceSharing: Product = {
  name: 'ResourceSharing',
  version: '2020-01-10',
  isRegional: true,
  actions: {
    CreateResourceShare: createResourceShare,
    UpdateResourceShare: updateResourceShare,
    DeleteResourceShare: deleteResourceShare,
    AssociateResourceShare: associateResourceShare,
    DisassociateResourceShare: disassociateResourceShare,
    ListResourceShares: listResourceShares,
    ListResourceShareAssociations: listResourceShareAssociations,
    ListResourceShareInvitations: listResourceShareInvitations,
    AcceptResourceShareInvitation: acceptResourceShareInvitation,
    RejectResourceShareInvitation: rejectResourceShareInvitation,
    ListSharedResources: listSharedResources,
    ListSharedTargets: listSharedTargets,
    ListPermissions: listPermissions,
    GetPermission: getPermission,
    ListPermissionVersions: listPermissionVersions,
    ListResourceSharePermissions: listResourceSharePermissions,
    AssociateResourceSharePermission: associateResourceSharePermission,
    DisassociateResourceSharePermission: disassociateResourceSharePermission,
    TagResources: tagResources,
    UntagResources: untagResources,
    ListTagResources: listTagResources,
    ChangeResourceGroup: changeResourceGroup,
    EnableSharingWithResourceDirectory: enableSharingWithResourceDirectory,
    CheckSharingWithResourceDirectoryStatus: checkSharingWithResourceDirectoryStatus,
    DescribeRegions: describeRegions,
  },
};
