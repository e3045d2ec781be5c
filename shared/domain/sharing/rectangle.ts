import type { ObservedAssociation, ObservedShare } from './observation';
import type { TypedResource } from './provider-call';

/**
 * What a resource share grants: every one of its resources to every one of its principals. A plan works on these and
 * keeps them up to date with each call that it adds, so that the next call is right after the ones before it.
 */
export interface Rectangle {
  /** null for a share that the plan itself creates: it has no id to add to yet. */
  resourceShareId: string | null;
  resources: Map<string, TypedResource>;
  principals: Set<string>;
  /** Entities that are on their way out; the provider refuses to add them again until they are gone. */
  leaving: Set<string>;
  allowExternalTargets: boolean;
  /** The share itself is being deleted. */
  isEnding: boolean;
  /** The provider put its deletion off the last time. */
  isReluctant: boolean;
  /** Associated on both sides already: only such a pair may take over from another share. */
  settled: { resources: Set<string>; principals: Set<string> };
}

export function typedKey(resource: TypedResource): string {
  return `${resource.resourceType}/${resource.resourceId}`;
}

/** The live part of an observed share: what is associated, or about to be. */
export function rectangleOf(share: ObservedShare, reluctant: ReadonlySet<string>): Rectangle {
  const live = (association: ObservedAssociation) =>
    association.status === 'Associating' || association.status === 'Associated';
  const resources = new Map<string, TypedResource>();
  for (const { entityId, entityType } of share.resources.filter(live)) {
    const resource = { resourceType: entityType as TypedResource['resourceType'], resourceId: entityId };
    resources.set(typedKey(resource), resource);
  }
  const settled = (associations: ObservedAssociation[]) =>
    associations.filter(({ status }) => status === 'Associated').map(({ entityId }) => entityId);
  return {
    resourceShareId: share.resourceShareId,
    resources,
    principals: new Set(share.principals.filter(live).map(({ entityId }) => entityId)),
    leaving: new Set(
      [...share.resources, ...share.principals]
        .filter(({ status }) => status === 'Disassociating')
        .map(({ entityId }) => entityId),
    ),
    allowExternalTargets: share.allowExternalTargets,
    isEnding: share.status === 'Deleting',
    isReluctant: reluctant.has(share.resourceShareId),
    settled: {
      resources: new Set(settled(share.resources)),
      principals: new Set(settled(share.principals)),
    },
  };
}

export function grantsPair(rectangle: Rectangle, resourceKey: string, principalId: string): boolean {
  return rectangle.resources.has(resourceKey) && rectangle.principals.has(principalId);
}

/** Whether the provider is just taking the pair away, or the share with it. */
export function isLeavingPair(rectangle: Rectangle, resourceKey: string, principalId: string): boolean {
  const { resources, principals, leaving, isEnding } = rectangle;
  const resourceId = resourceKey.slice(resourceKey.indexOf('/') + 1);
  const isThere =
    (resources.has(resourceKey) || leaving.has(resourceId)) &&
    (principals.has(principalId) || leaving.has(principalId));
  return isThere && (isEnding || leaving.has(resourceId) || leaving.has(principalId));
}

/** Whether the provider shows the pair as given, not merely asked for. */
export function hasSettledPair(rectangle: Rectangle, resource: TypedResource, principalId: string): boolean {
  return (
    rectangle.settled.resources.has(resource.resourceId) && rectangle.settled.principals.has(principalId)
  );
}
