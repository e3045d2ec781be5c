import type { Call } from '../product';
import { positionOf } from '../switches';
import { toMilliseconds } from '../times';
import type { Association, Invitation, ResourceShare, World } from '../world';
import { arnOf } from './resource-types';
import { type ShareStatus, statusForOwner } from './share-state';

/** Shares, associations and invitations in the provider's words. */

export function shareView(share: ResourceShare, call: Call, status?: ShareStatus): Record<string, unknown> {
  return {
    ResourceShareId: share.resourceShareId,
    ResourceShareName: share.resourceShareName,
    ResourceShareOwner: share.ownerId,
    ResourceShareStatus: status ?? statusForOwner(share, call.world, call.nowMs),
    AllowExternalTargets: share.allowExternalTargets,
    CreateTime: toMilliseconds(share.createMs),
    UpdateTime: toMilliseconds(share.updateMs),
  };
}

/** The short form that Associate and Disassociate answer. */
export function associationView(
  association: Association,
  share: ResourceShare,
  world: World,
): Record<string, unknown> {
  const { associationType, entityId, entityType } = association;
  const isResource = associationType === 'Resource';
  return {
    ResourceShareId: share.resourceShareId,
    ResourceShareName: share.resourceShareName,
    AssociationType: associationType,
    AssociationStatus: association.status,
    ...(association.failureReason === ''
      ? {}
      : { AssociationStatusMessage: describe(association.failureReason) }),
    EntityId: entityId,
    EntityType: isResource ? entityType : targetType(association, world),
    ...(isResource ? { ResourceArn: arnOf(entityType, entityId, share.regionId, share.ownerId, world) } : {}),
    CreateTime: toMilliseconds(association.createMs),
    UpdateTime: toMilliseconds(association.updateMs),
  };
}

/** The long form of ListResourceShareAssociations. */
export function associationDetails(
  association: Association,
  share: ResourceShare,
  world: World,
): Record<string, unknown> {
  const failed = association.failureReason === '' ? [] : [failureView(association)];
  return {
    ...associationView(association, share, world),
    ...(association.associationType === 'Target' ? { External: association.external } : {}),
    ...(association.property === undefined ? {} : { ResourceProperty: association.property }),
    AssociationFailedDetails: failed,
  };
}

export function invitationView(invitation: Invitation, world: World): Record<string, unknown> {
  return {
    ResourceShareInvitationId: invitation.resourceShareInvitationId,
    ResourceShareId: invitation.resourceShareId,
    ResourceShareName: world.shares[invitation.resourceShareId]?.resourceShareName ?? '',
    SenderAccountId: invitation.senderId,
    ReceiverAccountId: invitation.receiverId,
    Status: invitation.status,
    CreateTime: toMilliseconds(invitation.createMs),
  };
}

/** What an invitation that could not be accepted says about each resource that stands in the way. */
export function acceptFailures(reason: string, resources: readonly Association[]): Record<string, unknown>[] {
  return resources.map(({ entityId, entityType }) => ({
    ...reasonView(reason, 'Associate'),
    ResourceId: entityId,
    ResourceType: entityType,
  }));
}

function failureView(association: Association): Record<string, unknown> {
  const operation = association.status === 'Failed' ? 'Associate' : 'Disassociate';
  return {
    ...reasonView(association.failureReason, operation),
    EntityId: association.entityId,
    EntityType: association.entityType,
  };
}

/** Status, StatusMessage and AssociateType are the deprecated twins, still answered. */
function reasonView(reason: string, operation: 'Associate' | 'Disassociate'): Record<string, unknown> {
  return {
    FailureReason: reason,
    FailureDescription: describe(reason),
    OperationType: operation,
    AssociateType: operation,
    Status: reason,
    StatusMessage: describe(reason),
  };
}

function describe(reason: string): string {
  switch (reason) {
    case 'LimitExceeded':
      return 'The number of accounts or resources exceeds the limit.';
    case 'UnsupportedOperation':
      return 'The resource does not support this operation.';
    default:
      return 'You cannot access the specified resource at this time.';
  }
}

/** What EntityType a folder or directory has at the top level is not documented. */
function targetType({ entityType }: Association, world: World): string {
  return positionOf('group-entity-type', world) === 'own' ? entityType : 'Account';
}
