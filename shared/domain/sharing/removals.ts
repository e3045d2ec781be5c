import type { TypedResource } from './provider-call';
import { hasSettledPair, type Rectangle } from './rectangle';
import type { WantedSet } from './wanted';

/** What has to leave a share so that it grants nothing that nobody wants. */
export type Removal =
  | { is: 'nothing' }
  /** No pair of it is wanted: the share itself goes. */
  | { is: 'whole' }
  | { is: 'part'; resources: TypedResource[]; principals: string[] };

/**
 * Shares only ever shrink here. An entity that still carries a wanted grant leaves only after another share gives
 * that grant already, so nobody who was approved loses access on the way.
 */
export function removalFrom(rectangle: Rectangle, all: readonly Rectangle[], wanted: WantedSet): Removal {
  const resources = [...rectangle.resources];
  const principals = [...rectangle.principals];
  const wantedPairs = (keys: typeof resources, ids: string[]) =>
    keys.flatMap(([key]) => ids.filter((id) => wanted.has(key, id)));
  const pairs = resources.length * principals.length;
  if (wantedPairs(resources, principals).length === 0) {
    // An outsider that wants other things now keeps its share: a new one would mean a new invitation.
    const kept = ownerOf(rectangle, wanted);
    return kept === null
      ? { is: 'whole' }
      : { is: 'part', resources: resources.map(([, resource]) => resource), principals: [] };
  }
  if (wantedPairs(resources, principals).length === pairs) return { is: 'nothing' };

  const idlePrincipals = principals.filter((id) => wantedPairs(resources, [id]).length === 0);
  const idleResources = resources.filter((entry) => wantedPairs([entry], principals).length === 0);
  const leftPrincipals = principals.filter((id) => !idlePrincipals.includes(id));
  const leftResources = resources.filter((entry) => !idleResources.includes(entry));

  const partlyPrincipals = leftPrincipals.filter(
    (id) => wantedPairs(leftResources, [id]).length < leftResources.length,
  );
  const partlyResources = leftResources.filter(
    (entry) => wantedPairs([entry], leftPrincipals).length < leftPrincipals.length,
  );
  const elsewhere = (resource: TypedResource, id: string) =>
    all.some((other) => other !== rectangle && hasSettledPair(other, resource, id));
  const mayGo =
    partlyPrincipals.length <= partlyResources.length
      ? {
          principals: partlyPrincipals.filter((id) =>
            leftResources.every(([key, resource]) => !wanted.has(key, id) || elsewhere(resource, id)),
          ),
          resources: [],
        }
      : {
          principals: [],
          resources: partlyResources.filter(([key, resource]) =>
            leftPrincipals.every((id) => !wanted.has(key, id) || elsewhere(resource, id)),
          ),
        };
  return {
    is: 'part',
    resources: [...idleResources, ...mayGo.resources].map(([, resource]) => resource),
    principals: [...idlePrincipals, ...mayGo.principals],
  };
}

/** The principal outside the directory whose own share this is and who still wants something; null when it is no such share. */
export function ownerOf({ principals }: Rectangle, wanted: WantedSet): string | null {
  const [only] = principals;
  return principals.size === 1 && only !== undefined && wanted.outside.has(only) ? only : null;
}

/** The wanted grants that a share carries only until another takes over: they need a home elsewhere. */
export function grantsToMove(
  rectangle: Rectangle,
  wanted: WantedSet,
): { key: string; principalId: string }[] {
  const resources = [...rectangle.resources.keys()].filter((key) =>
    [...rectangle.principals].some((id) => wanted.has(key, id)),
  );
  const principals = [...rectangle.principals].filter((id) => resources.some((key) => wanted.has(key, id)));
  const partlyPrincipals = principals.filter((id) => resources.some((key) => !wanted.has(key, id)));
  const partlyResources = resources.filter((key) => principals.some((id) => !wanted.has(key, id)));
  const moving =
    partlyPrincipals.length <= partlyResources.length
      ? partlyPrincipals.flatMap((principalId) => resources.map((key) => ({ key, principalId })))
      : partlyResources.flatMap((key) => principals.map((principalId) => ({ key, principalId })));
  return moving.filter(({ key, principalId }) => wanted.has(key, principalId));
}
