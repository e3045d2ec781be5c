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
import { getPermission, listPermissions, listResourceSharePermissions } from './permissions';
import { listSharedResources, listSharedTargets } from './shared';
import { deleteResourceShare, listResourceShares, updateResourceShare } from './shares';

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
    ListResourceSharePermissions: listResourceSharePermissions,
    EnableSharingWithResourceDirectory: enableSharingWithResourceDirectory,
    CheckSharingWithResourceDirectoryStatus: checkSharingWithResourceDirectoryStatus,
    DescribeRegions: describeRegions,
  },
};
