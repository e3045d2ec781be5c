import { type Call, ProviderRefusal } from '../product';
import { textsOf } from '../read-parameters';
import { regionHere } from '../region';
import { isServiceKey } from '../kms/keys';
import { hasShareRole, type SharedKind } from '../kms/share-roles';
import { positionOf } from '../switches';
import type { Image, Snapshot, World } from '../world';
import { ITEMS_PER_REQUEST } from './limits';
import {
  checkNamedById,
  checkResourceType,
  isDeploymentSetType,
  isSharedIn,
  resourceTypes,
} from './resource-types';

export interface NamedResource {
  resourceType: string;
  resourceId: string;
}

/** What the documents say may not be shared, or why it cannot be used: the FailureReason of an association. */
export type Obstacle = 'Unavailable' | 'UnsupportedOperation';

/**
 * The resources that a call names, by Resources.N or by ResourceArns.N.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ResourceConflict, .Resources, .ResourceArns or .ResourceType;
 *   400 NotSupport.ResourceType.ResourcesParameter
 */
export function resourcesNamed(call: Call): NamedResource[] {
  const pairs = call.parameters['Resources'];
  const arns = textsOf(call, 'ResourceArns');
  const resources = Array.isArray(pairs) ? pairs.map(readPair) : [];
  if (resources.length > 0 && arns.length > 0) {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.ResourceConflict',
      'Both Resources and ResourceArns cannot be specified simultaneously. Please provide only one of these parameters.',
    );
  }
  const named = [...resources, ...arns.map((arn) => readArn(arn, call))];
  for (const { resourceType } of named) checkResourceType(resourceType, call.world);
  for (const { resourceType } of resources) checkNamedById(resourceType, call.world);
  return named;
}

/** Why a resource cannot be shared by this owner; undefined when it can. */
export function obstacleOf(
  { resourceType, resourceId }: NamedResource,
  ownerId: string,
  regionId: string,
  world: World,
): Obstacle | undefined {
  const region = world.regions[regionId];
  if (region === undefined || !isSharedIn(resourceType, regionId, world)) return 'Unavailable';
  if (resourceType === 'Snapshot') return snapshotObstacle(region.snapshots[resourceId], ownerId, world);
  if (resourceType === 'Image') return imageObstacle(region.images[resourceId], ownerId, world);
  if (resourceType === 'VSwitch') {
    return region.vSwitches[resourceId]?.ownerId === ownerId ? undefined : 'Unavailable';
  }
  if (isDeploymentSetType(resourceType)) {
    return region.deploymentSets[resourceId]?.ownerId === ownerId ? undefined : 'Unavailable';
  }
  const other = region.otherResources[resourceId];
  return other?.ownerId === ownerId && other.resourceType === resourceType ? undefined : 'Unavailable';
}

/**
 * Source: "Share a snapshot". Not shared: snapshots under the region's service key, or under a key
 * that no role opens to receivers, of imported images, from the
 * Marketplace, in the archive, or not complete.
 */
function snapshotObstacle(
  snapshot: Snapshot | undefined,
  ownerId: string,
  world: World,
): Obstacle | undefined {
  if (snapshot === undefined || snapshot.ownerId !== ownerId) return 'Unavailable';
  if (snapshot.status !== 'accomplished') return 'Unavailable';
  const isRefused =
    cannotBeDecrypted(snapshot, 'Snapshot', world) ||
    snapshot.ofImportedImage ||
    snapshot.productCode !== '' ||
    snapshot.category === 'archive';
  return isRefused ? 'UnsupportedOperation' : undefined;
}

/** Source: "Share a custom image" (2026): not under the service key, not from the Marketplace. */
function imageObstacle(image: Image | undefined, ownerId: string, world: World): Obstacle | undefined {
  if (image === undefined || image.ownerId !== ownerId || image.status !== 'Available') return 'Unavailable';
  return cannotBeDecrypted(image, 'Image', world) || image.productCode !== ''
    ? 'UnsupportedOperation'
    : undefined;
}

/** No receiver gets at what is under the service key, nor under another key without the role that opens it. */
function cannotBeDecrypted(
  { encrypted, kmsKeyId, ownerId }: Snapshot | Image,
  kind: SharedKind,
  world: World,
): boolean {
  if (!encrypted) return false;
  if (isServiceKey(kmsKeyId)) return true;
  return !hasShareRole(ownerId, kind, world) && positionOf('share-without-key-role', world) === 'unshareable';
}

function readPair(pair: unknown): NamedResource {
  const { ResourceId: resourceId, ResourceType: resourceType } = pair as Record<string, unknown>;
  if (typeof resourceId !== 'string' || typeof resourceType !== 'string') {
    throw new ProviderRefusal(400, 'InvalidParameter.Resources', 'The Resources is invalid.');
  }
  return { resourceId, resourceType };
}

function readArn(arn: string, call: Call): NamedResource {
  const other = Object.values(regionHere(call).otherResources).find((one) => one.arn === arn);
  if (other?.ownerId === call.caller.accountId) {
    return { resourceType: other.resourceType, resourceId: other.resourceId };
  }
  const [, service, regionId, ownerId, kind, resourceId] =
    /^acs:([^:]+):([^:]+):(\d+):([^/]+)\/([\w-]+)$/.exec(arn) ?? [];
  const type = resourceTypes(call.world).find((one) => one.arn === `${service}:${kind}`);
  if (
    type === undefined ||
    resourceId === undefined ||
    regionId !== call.regionId ||
    ownerId !== call.caller.accountId
  ) {
    throw new ProviderRefusal(400, 'InvalidParameter.ResourceArns', 'The ResourceArns is invalid.');
  }
  return { resourceType: type.resourceType, resourceId };
}

/** The parameters by which Create, Associate and Disassociate take resources. */
export const RESOURCE_PARAMETERS = {
  Resources: {
    type: 'list',
    maxItems: ITEMS_PER_REQUEST,
    unique: true,
    fields: {
      ResourceId: { type: 'string', required: true },
      ResourceType: { type: 'string', required: true },
    },
  },
  ResourceArns: { type: 'list', maxItems: ITEMS_PER_REQUEST, unique: true },
} as const;
