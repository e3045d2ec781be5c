import { arnOf, idInArn } from '../domain/sharing/arn';
import type { TypedResource } from '../domain/sharing/provider-call';
import type { Place } from '../domain/sharing/resource';
import { RESOURCE_TYPES, wireTypeOf, type TypeOverrides } from '../domain/sharing/resource-types';
import type { SharedResourceId } from './resource-sharing-api';

/**
 * How a call names resources: by id and type, or all of them by ARN as soon as one type takes nothing else. Both in one
 * call the provider refuses (400 InvalidParameter.ResourceConflict).
 */
export function resourcesInCall(
  resources: readonly TypedResource[],
  place: Place,
  overrides: TypeOverrides,
): { Resources?: SharedResourceId[]; ResourceArns?: string[] } {
  const needsArns = resources.some(
    ({ resourceType }) => wireTypeOf(resourceType, overrides).namedBy === 'arn',
  );
  const { ownerAccountId, regionId } = place;
  if (needsArns) {
    return { ResourceArns: resources.map((resource) => arnOf({ ...resource, ownerAccountId, regionId })) };
  }
  return {
    Resources: resources.map(({ resourceId, resourceType }) => ({
      ResourceId: resourceId,
      ResourceType: wireTypeOf(resourceType, overrides).resourceType,
    })),
  };
}

/** The name by which our ledgers know a type of the wire; one that we do not know keeps its own. */
export function ownTypeName(wireName: string, overrides: TypeOverrides): string {
  return RESOURCE_TYPES.find((type) => wireTypeOf(type, overrides).resourceType === wireName) ?? wireName;
}

/** The id by which our ledgers know a resource, however the answer names it. */
export function ownResourceId(entityId: string): string {
  return idInArn(entityId) ?? entityId;
}
