import { type Call, ProviderRefusal } from '../product';
import { textsOf } from '../read-parameters';
import type { Association, ResourceShare } from '../world';
import { ASSOCIATION_TAKES_MS } from './limits';
import { addDefaultPermissions } from './permission-library';
import { checkSharedResources, checkPendingInvitations } from './quotas';
import { type NamedResource, obstacleOf, resourcesNamed } from './resources';
import { isActive, isUnanswered, isWaiting, latestAssociation } from './share-state';
import { type Target, targetOf } from './targets';

/** What a call wants to put into a share, checked as far as the call alone goes. */
export interface Wanted {
  resources: NamedResource[];
  targets: Target[];
}

/** @throws ProviderRefusal for anything that may not be in a share of this owner and scope. */
export function wantedOf(call: Call, allowExternalTargets: boolean): Wanted {
  refuseProperties(call);
  const ownerId = call.caller.accountId;
  const targets = textsOf(call, 'Targets').map((id) =>
    targetOf(id, ownerId, allowExternalTargets, call.world),
  );
  const resources = resourcesNamed(call);
  for (const resource of resources) refuseObstacle(resource, call);
  return { resources, targets };
}

/**
 * Associates, all or nothing. Inside the directory the system accepts; outside, each new principal is invited.
 *
 * @returns the associations that the answer tells.
 * @throws ProviderRefusal 409 AssociateConflict, QuotaExceeded.…, ExternalTargetsNotAllowed.ResourceType …
 */
export function associate(share: ResourceShare, wanted: Wanted, call: Call): Association[] {
  const plans = [
    ...wanted.resources.map((one) =>
      planFor(share, 'Resource', one.resourceId, one.resourceType, false, call),
    ),
    ...wanted.targets.map((one) => planFor(share, 'Target', one.id, one.kind, one.external, call)),
  ];
  refuseImagesOutside(share, wanted, call);
  const added = plans.filter((plan) => plan.kind === 'new').map((plan) => plan.association);
  checkSharedResources(share, added, call);
  checkPendingInvitations(added.filter((one) => one.external).length, call);
  for (const plan of plans) if (plan.kind === 'new') add(plan.association, share, call);
  addDefaultPermissions(share, wanted.resources, call.world);
  if (added.length > 0) share.updateMs = call.nowMs;
  return plans.map((plan) => plan.association);
}

/** An ended association gives way to the new one, or stays beside it as history: not documented. */
function add(association: Association, share: ResourceShare, call: Call): void {
  const hasHistory = call.switchAt('association-history') === 'kept';
  share.associations = share.associations.filter(
    (one) =>
      one.associationType !== association.associationType ||
      one.entityId !== association.entityId ||
      (hasHistory && !isActive(one)),
  );
  share.associations.push(association);
  if (association.external) invite(association.entityId, share, call);
}

function invite(receiverId: string, share: ResourceShare, call: Call): void {
  const resourceShareInvitationId = call.newId('i-');
  call.world.invitations[resourceShareInvitationId] = {
    resourceShareInvitationId,
    resourceShareId: share.resourceShareId,
    senderId: share.ownerId,
    receiverId,
    createMs: call.nowMs,
    status: 'Pending',
    endedMs: null,
  };
}

type Plan = { kind: 'new' | 'present'; association: Association };

function planFor(
  share: ResourceShare,
  associationType: Association['associationType'],
  entityId: string,
  entityType: string,
  external: boolean,
  call: Call,
): Plan {
  const present = latestAssociation(share, associationType, entityId);
  if (present !== undefined && isStillThere(present, share, call)) {
    if (call.switchAt('associate-again') === 'accepted') return { kind: 'present', association: present };
    throw new ProviderRefusal(
      409,
      'EntityAlreadyExists.ResourceShareAssociation',
      'The resource or target is associated with the resource share already.',
    );
  }
  const { nowMs } = call;
  const settleMs = external ? null : nowMs + ASSOCIATION_TAKES_MS;
  return {
    kind: 'new',
    association: {
      associationType,
      entityId,
      entityType,
      external,
      createMs: nowMs,
      updateMs: nowMs,
      status: 'Associating',
      settleMs,
      failureReason: '',
    },
  };
}

function isStillThere(association: Association, share: ResourceShare, call: Call): boolean {
  if (association.status === 'Disassociating') {
    throw new ProviderRefusal(
      409,
      'AssociateConflict',
      'You cannot perform the operation while disassociation operation is being performed.',
    );
  }
  if (isWaiting(association, share, call.world)) return true;
  if (isUnanswered(association, share, call.world))
    return call.switchAt('re-invite') === 'disassociate-first';
  return association.status === 'Associated' || association.status === 'Associating';
}

function refuseObstacle(resource: NamedResource, call: Call): void {
  const obstacle = obstacleOf(resource, call.caller.accountId, call.regionId, call.world);
  if (obstacle === undefined) return;
  const switchName = obstacle === 'Unavailable' ? 'resource-not-owned' : 'unshareable-resource';
  if (call.switchAt(switchName) === 'association-fails') return;
  throw new ProviderRefusal(400, 'InvalidParameter.Resources', 'The Resources is invalid.');
}

/** The documents send single accounts to ECS ModifyImageSharePermission; what Resource Sharing says is a switch. */
function refuseImagesOutside(share: ResourceShare, wanted: Wanted, call: Call): void {
  if (call.switchAt('image-outside-directory') === 'accepted') return;
  const active = share.associations.filter(
    (one) => one.status === 'Associated' || one.status === 'Associating',
  );
  const hasImage =
    wanted.resources.some((one) => one.resourceType === 'Image') ||
    active.some((one) => one.entityType === 'Image');
  const hasOutsider = wanted.targets.some((one) => one.external) || active.some((one) => one.external);
  if (!hasImage || !hasOutsider) return;
  throw new ProviderRefusal(
    409,
    'ExternalTargetsNotAllowed.ResourceType',
    'The resource share includes resource types that cannot be shared with accounts outside the resource directory.',
  );
}

/** Properties belong to service principals and to types that this cloud does not have. */
function refuseProperties(call: Call): void {
  if (call.parameters['TargetProperties'] !== undefined) {
    throw new ProviderRefusal(400, 'InvalidParameter.TargetProperties', 'The TargetProperties is invalid.');
  }
  if (call.parameters['ResourceProperties'] !== undefined) {
    throw new ProviderRefusal(
      400,
      'NotSupport.ResourceProperty',
      'The resource type does not support resource property.',
    );
  }
}
