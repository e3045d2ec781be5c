import { type Call, ProviderRefusal } from '../product';
import { textsOf } from '../read-parameters';
import type { Association, ResourceShare } from '../world';
import { ASSOCIATION_TAKES_MS } from './limits';
import { addDefaultPermissions, type Permission } from './permission-library';
import { checkSharedResources, checkPendingInvitations } from './quotas';
import { withProperties } from './properties';
import { mayGoOutside } from './resource-types';
import { type NamedResource, obstacleOf, resourcesNamed } from './resources';
import { addPermissions } from './share-permissions';
import { isActive, isUnanswered, isWaiting, latestAssociation } from './share-state';
import { type Target, targetOf } from './targets';

/** What a call wants to put into a share, checked as far as the call alone goes. */
export interface Wanted {
  resources: (NamedResource & { property?: string })[];
  targets: Target[];
}

/** @throws ProviderRefusal for anything that may not be in a share of this owner and scope. */
export function wantedOf(call: Call, allowExternalTargets: boolean): Wanted {
  const ownerId = call.caller.accountId;
  const targets = textsOf(call, 'Targets').map((id) =>
    targetOf(id, ownerId, allowExternalTargets, call.world),
  );
  const resources = resourcesNamed(call);
  for (const resource of resources) refuseObstacle(resource, call);
  return { resources: withProperties(resources, call), targets };
}

/**
 * Associates, all or nothing. Inside the directory the system accepts; outside, each new principal is invited.
 *
 * @param permissions for types that have none in the share yet; the others get their default one
 * @returns the associations that the answer tells.
 * @throws ProviderRefusal 409 AssociateConflict, QuotaExceeded.…, ExternalTargetsNotAllowed.ResourceType …
 */
export function associate(
  share: ResourceShare,
  wanted: Wanted,
  call: Call,
  permissions: readonly Permission[] = [],
): Association[] {
  const plans = [
    ...wanted.resources.map(({ resourceId: id, resourceType: kind, property }) =>
      planFor(share, 'Resource', { id, kind, external: false, property }, call),
    ),
    ...wanted.targets.map((target) => planFor(share, 'Target', target, call)),
  ];
  refuseTypesOutside(share, wanted, call);
  const added = plans.filter((plan) => plan.kind === 'new').map((plan) => plan.association);
  checkSharedResources(share, added, call);
  checkPendingInvitations(added.filter((one) => one.external).length, call);
  for (const plan of plans) if (plan.kind === 'new') add(plan.association, share, call);
  addPermissions(permissions, share, call);
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

interface Entity {
  id: string;
  kind: string;
  external: boolean;
  property?: string | undefined;
}

type Plan = { kind: 'new' | 'present'; association: Association };

function planFor(
  share: ResourceShare,
  associationType: Association['associationType'],
  { id: entityId, kind: entityType, external, property }: Entity,
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
      ...(property === undefined ? {} : { property }),
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

/** Some types never leave the directory; for others, and for images to single accounts, switches say. */
function refuseTypesOutside(share: ResourceShare, wanted: Wanted, call: Call): void {
  const active = share.associations.filter(
    (one) => one.status === 'Associated' || one.status === 'Associating',
  );
  const types = [
    ...wanted.resources.map((one) => one.resourceType),
    ...active.filter((one) => one.associationType === 'Resource').map((one) => one.entityType),
  ];
  const hasOutsider = wanted.targets.some((one) => one.external) || active.some((one) => one.external);
  if (!hasOutsider || types.every((type) => mayGoOutside(type, call.world))) return;
  throw new ProviderRefusal(
    409,
    'ExternalTargetsNotAllowed.ResourceType',
    'The resource share includes resource types that cannot be shared with accounts outside the resource directory.',
  );
}
