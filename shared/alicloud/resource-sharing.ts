import type { Place } from '../domain/sharing/resource';
import type { Fields } from './fields';
import type { ActionName, Answered, Asked } from './products';
import type { ProviderClient } from './provider-client';
import {
  ASSOCIATION_STATUSES,
  RESOURCE_SHARE_STATUSES,
  type AssociateResourceShareRequest,
  type AssociateResourceShareResponseBody,
  type CheckSharingWithResourceDirectoryStatusResponseBody,
  type CreateResourceShareRequest,
  type CreateResourceShareResponseBody,
  type DeleteResourceShareRequest,
  type DeleteResourceShareResponseBody,
  type DisassociateResourceShareRequest,
  type DisassociateResourceShareResponseBody,
  type ListPermissionsRequest,
  type ListPermissionsResponseBody,
  type ListResourceShareAssociationsRequest,
  type ListResourceShareAssociationsResponseBody,
  type ListResourceSharesRequest,
  type ListResourceSharesResponseBody,
  type ListSharedResourcesRequest,
  type ListSharedResourcesResponseBody,
  type ResourceShare,
  type ResourceShareAssociation,
  type UpdateResourceShareRequest,
  type UpdateResourceShareResponseBody,
} from './resource-sharing-api';

/**
 * Resource Sharing in one account and region, with the method and field names of the official package, so that this
 * class can give way to it once it is on the registry. Every method throws a ProviderError.
 */
export class ResourceSharingClient {
  readonly #client: ProviderClient;
  readonly #place: Place;

  constructor(client: ProviderClient, place: Place) {
    this.#client = client;
    this.#place = place;
  }

  async createResourceShare(request: CreateResourceShareRequest): Promise<CreateResourceShareResponseBody> {
    const answer = await this.#call('CreateResourceShare', request);
    return {
      RequestId: answer.text('RequestId'),
      ResourceShare: resourceShare(answer.object('ResourceShare')),
    };
  }

  async updateResourceShare(request: UpdateResourceShareRequest): Promise<UpdateResourceShareResponseBody> {
    const answer = await this.#call('UpdateResourceShare', request);
    return {
      RequestId: answer.text('RequestId'),
      ResourceShare: resourceShare(answer.object('ResourceShare')),
    };
  }

  /** The share is Deleting afterwards, then Deleted. */
  async deleteResourceShare(request: DeleteResourceShareRequest): Promise<DeleteResourceShareResponseBody> {
    const answer = await this.#call('DeleteResourceShare', request);
    return { RequestId: answer.text('RequestId') };
  }

  /** Asynchronous: what is associated reads Associating at first. */
  async associateResourceShare(
    request: AssociateResourceShareRequest,
  ): Promise<AssociateResourceShareResponseBody> {
    const answer = await this.#call('AssociateResourceShare', request);
    return {
      RequestId: answer.text('RequestId'),
      ResourceShareAssociations: answer.list('ResourceShareAssociations').map(association),
    };
  }

  /** Asynchronous: what is taken out reads Disassociating at first. */
  async disassociateResourceShare(
    request: DisassociateResourceShareRequest,
  ): Promise<DisassociateResourceShareResponseBody> {
    const answer = await this.#call('DisassociateResourceShare', request);
    return {
      RequestId: answer.text('RequestId'),
      ResourceShareAssociations: answer.list('ResourceShareAssociations').map(association),
    };
  }

  async listResourceShares(request: ListResourceSharesRequest): Promise<ListResourceSharesResponseBody> {
    const answer = await this.#call('ListResourceShares', request);
    return {
      RequestId: answer.text('RequestId'),
      NextToken: answer.textOr('NextToken', ''),
      ResourceShares: answer.list('ResourceShares').map(resourceShare),
    };
  }

  async listResourceShareAssociations(
    request: ListResourceShareAssociationsRequest,
  ): Promise<ListResourceShareAssociationsResponseBody> {
    const answer = await this.#call('ListResourceShareAssociations', request);
    return {
      RequestId: answer.text('RequestId'),
      NextToken: answer.textOr('NextToken', ''),
      ResourceShareAssociations: answer.list('ResourceShareAssociations').map(association),
    };
  }

  async listSharedResources(request: ListSharedResourcesRequest): Promise<ListSharedResourcesResponseBody> {
    const answer = await this.#call('ListSharedResources', request);
    return {
      RequestId: answer.text('RequestId'),
      NextToken: answer.textOr('NextToken', ''),
      SharedResources: answer.list('SharedResources').map((resource) => ({
        ResourceId: resource.text('ResourceId'),
        ResourceType: resource.text('ResourceType'),
        ResourceShareId: resource.text('ResourceShareId'),
        ResourceStatus: resource.textOr('ResourceStatus', ''),
      })),
    };
  }

  async listPermissions(request: ListPermissionsRequest): Promise<ListPermissionsResponseBody> {
    const answer = await this.#call('ListPermissions', request);
    return {
      RequestId: answer.text('RequestId'),
      NextToken: answer.textOr('NextToken', ''),
      Permissions: answer.list('Permissions').map((permission) => ({
        PermissionName: permission.text('PermissionName'),
        ResourceType: permission.text('ResourceType'),
      })),
    };
  }

  async checkSharingWithResourceDirectoryStatus(): Promise<CheckSharingWithResourceDirectoryStatusResponseBody> {
    const answer = await this.#call('CheckSharingWithResourceDirectoryStatus', {});
    return {
      RequestId: answer.text('RequestId'),
      EnableSharingWithRd: answer.flag('EnableSharingWithRd'),
    };
  }

  #call<Action extends ActionName<'ResourceSharing'>>(
    action: Action,
    request: Asked<'ResourceSharing', Action>,
  ): Promise<Fields<Answered<'ResourceSharing', Action>>> {
    const { ownerAccountId: accountId, regionId } = this.#place;
    return this.#client.call('ResourceSharing', action, { accountId, regionId }, request);
  }
}

function resourceShare(share: Fields<ResourceShare>): ResourceShare {
  return {
    ResourceShareId: share.text('ResourceShareId'),
    ResourceShareName: share.text('ResourceShareName'),
    ResourceShareOwner: share.text('ResourceShareOwner'),
    ResourceShareStatus: share.oneOf('ResourceShareStatus', RESOURCE_SHARE_STATUSES),
    AllowExternalTargets: share.flag('AllowExternalTargets'),
    CreateTime: share.time('CreateTime'),
    UpdateTime: share.time('UpdateTime'),
  };
}

function association(one: Fields<ResourceShareAssociation>): ResourceShareAssociation {
  return {
    ResourceShareId: one.text('ResourceShareId'),
    ResourceShareName: one.textOr('ResourceShareName', ''),
    AssociationType: one.oneOf('AssociationType', ['Resource', 'Target']),
    EntityId: one.text('EntityId'),
    EntityType: one.text('EntityType'),
    AssociationStatus: one.oneOf('AssociationStatus', ASSOCIATION_STATUSES),
    AssociationStatusMessage: one.textOr('AssociationStatusMessage', ''),
    AssociationFailedDetails: one.listOr('AssociationFailedDetails', []).map((detail) => ({
      EntityId: detail.textOr('EntityId', ''),
      EntityType: detail.textOr('EntityType', ''),
      FailureReason: detail.textOr('FailureReason', ''),
      FailureDescription: detail.textOr('FailureDescription', ''),
      OperationType: detail.textOr('OperationType', ''),
    })),
    External: one.flagOr('External', false),
    CreateTime: one.time('CreateTime'),
    UpdateTime: one.time('UpdateTime'),
  };
}
