/**
 * Resource Sharing 2020-01-10 as far as it is called here, in the wire's spelling. The official package
 * `@alicloud/resourcesharing20200110` is not on the npm registry, so these interfaces stand where its models would.
 */
export interface ResourceSharingApi {
  CreateResourceShare(request: CreateResourceShareRequest): CreateResourceShareResponseBody;
  UpdateResourceShare(request: UpdateResourceShareRequest): UpdateResourceShareResponseBody;
  DeleteResourceShare(request: DeleteResourceShareRequest): DeleteResourceShareResponseBody;
  AssociateResourceShare(request: AssociateResourceShareRequest): AssociateResourceShareResponseBody;
  DisassociateResourceShare(request: DisassociateResourceShareRequest): DisassociateResourceShareResponseBody;
  ListResourceShares(request: ListResourceSharesRequest): ListResourceSharesResponseBody;
  ListResourceShareAssociations(
    request: ListResourceShareAssociationsRequest,
  ): ListResourceShareAssociationsResponseBody;
  ListSharedResources(request: ListSharedResourcesRequest): ListSharedResourcesResponseBody;
  ListPermissions(request: ListPermissionsRequest): ListPermissionsResponseBody;
  CheckSharingWithResourceDirectoryStatus(
    request: Record<never, never>,
  ): CheckSharingWithResourceDirectoryStatusResponseBody;
}

export const RESOURCE_SHARE_STATUSES = ['Active', 'Pending', 'Deleting', 'Deleted'] as const;
export const ASSOCIATION_STATUSES = [
  'Associating',
  'Associated',
  'Failed',
  'Disassociating',
  'Disassociated',
] as const;

/** A resource by id and type; the two always come together. */
export interface SharedResourceId {
  ResourceId: string;
  ResourceType: string;
}

export interface CreateResourceShareRequest {
  /** 1 to 50 characters: letters, digits, `.`, `_`, `-`. Not unique. */
  ResourceShareName: string;
  /** Default false: only principals inside the resource directory. */
  AllowExternalTargets?: boolean;
  Resources?: SharedResourceId[];
  /** Instead of `Resources`, never beside it. */
  ResourceArns?: string[];
  Targets?: string[];
}

export interface UpdateResourceShareRequest {
  ResourceShareId: string;
  /** Required even to change only the scope. */
  ResourceShareName: string;
  AllowExternalTargets?: boolean;
}

export interface DeleteResourceShareRequest {
  ResourceShareId: string;
}

export interface AssociateResourceShareRequest {
  ResourceShareId: string;
  Resources?: SharedResourceId[];
  /** Instead of `Resources`, never beside it. */
  ResourceArns?: string[];
  Targets?: string[];
}

export type DisassociateResourceShareRequest = AssociateResourceShareRequest;

export interface ListResourceSharesRequest extends PageRequest {
  ResourceOwner: 'Self' | 'OtherAccounts';
  /** At most 5. */
  ResourceShareIds?: string[];
}

export interface ListResourceShareAssociationsRequest extends PageRequest {
  AssociationType: 'Resource' | 'Target';
  /** At most 5. */
  ResourceShareIds?: string[];
}

export interface ListSharedResourcesRequest extends PageRequest {
  ResourceOwner: 'Self' | 'OtherAccounts';
  ResourceType?: string;
}

export interface ListPermissionsRequest extends PageRequest {
  ResourceType?: string;
}

interface PageRequest {
  /** 1 to 100; default 20. */
  MaxResults?: number;
  NextToken?: string | undefined;
}

export interface CreateResourceShareResponseBody {
  RequestId: string;
  ResourceShare: ResourceShare;
}

export type UpdateResourceShareResponseBody = CreateResourceShareResponseBody;

export interface DeleteResourceShareResponseBody {
  RequestId: string;
}

export interface AssociateResourceShareResponseBody {
  RequestId: string;
  ResourceShareAssociations: ResourceShareAssociation[];
}

export type DisassociateResourceShareResponseBody = AssociateResourceShareResponseBody;

export interface ListResourceSharesResponseBody {
  RequestId: string;
  /** Absent or empty on the last page: which of the two is not documented. */
  NextToken?: string;
  ResourceShares: ResourceShare[];
}

export interface ListResourceShareAssociationsResponseBody {
  RequestId: string;
  NextToken?: string;
  /** Of the past too: Failed and Disassociated ones stay for 48 to 96 hours. */
  ResourceShareAssociations: ResourceShareAssociation[];
}

export interface ListSharedResourcesResponseBody {
  RequestId: string;
  NextToken?: string;
  SharedResources: SharedResource[];
}

export interface ListPermissionsResponseBody {
  RequestId: string;
  NextToken?: string;
  Permissions: Permission[];
}

export interface CheckSharingWithResourceDirectoryStatusResponseBody {
  RequestId: string;
  EnableSharingWithRd: boolean;
}

export interface ResourceShare {
  ResourceShareId: string;
  ResourceShareName: string;
  ResourceShareOwner: string;
  ResourceShareStatus: (typeof RESOURCE_SHARE_STATUSES)[number];
  AllowExternalTargets: boolean;
  CreateTime: string;
  UpdateTime: string;
}

export interface ResourceShareAssociation {
  ResourceShareId: string;
  ResourceShareName: string;
  AssociationType: 'Resource' | 'Target';
  EntityId: string;
  EntityType: string;
  AssociationStatus: (typeof ASSOCIATION_STATUSES)[number];
  AssociationStatusMessage: string;
  AssociationFailedDetails: AssociationFailedDetail[];
  External: boolean;
  CreateTime: string;
  UpdateTime: string;
}

export interface AssociationFailedDetail {
  EntityId: string;
  EntityType: string;
  FailureReason: string;
  FailureDescription: string;
  OperationType: string;
}

export interface SharedResource {
  ResourceId: string;
  ResourceType: string;
  ResourceShareId: string;
  /** Only of what others share; '' = not told. */
  ResourceStatus: string;
}

export interface Permission {
  PermissionName: string;
  ResourceType: string;
}
