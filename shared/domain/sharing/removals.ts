import type { TypedResource } from './provider-call';
import { hasSettledPair, type Rectangle } from './rectangle';
import type { WantedSet } from './wanted';

/** What has to leave a share so that it grants nothing that nobody wants. */
export type Removal =
  | { is: 'nothing' }
  /** No pair of it is wanted: the share itself goes. */
  | { is: 'whole' }
  | { is: 'part'; resources: TypedResource[]; principals: string[] };

type Entry = [key: string, resource: TypedResource];

/**
 * Shares only ever shrink here. An entity that still carries a wanted grant leaves only after another share gives
 * that grant already, so nobody who was approved loses access on the way.
 */
export function removalFrom(rectangle: Rectangle, all: readonly Rectangle[], wanted: WantedSet): Removal {
  const resources = [...rectangle.resources];
  const principals = [...rectangle.principals];
  const pairs = wantedPairs(resources, principals, wanted).length;
  if (pairs === 0) return removalOfAll(rectangle, wanted);
  if (pairs === resources.length * principals.length) return { is: 'nothing' };

  const { idle, moving } = partition(rectangle, wanted);
  const mayLeave = (key: string, resource: TypedResource, id: string) =>
    !wanted.has(key, id) ||
    // Nobody knows whether an outsider accepts another invitation: what was taken from it must not wait for that.
    wanted.outside.has(id) ||
    all.some((other) => other !== rectangle && hasSettledPair(other, resource, id));
  return {
    is: 'part',
    resources: [
      ...idle.resources,
      ...moving.resources.filter(([key, resource]) =>
        moving.otherPrincipals.every((id) => mayLeave(key, resource, id)),
      ),
    ].map(([, resource]) => resource),
    principals: [
      ...idle.principals,
      ...moving.principals.filter((id) =>
        moving.otherResources.every(([key, resource]) => mayLeave(key, resource, id)),
      ),
    ],
  };
}

function removalOfAll(rectangle: Rectangle, wanted: WantedSet): Removal {
  const { resources, principals, leaving } = rectangle;
  const takeAllOut: Removal = { is: 'part', resources: [...resources.values()], principals: [] };
  // An outsider that wants other things now keeps its share: a new one would mean a new invitation.
  if (ownerOf(rectangle, wanted) !== null) return takeAllOut;
  // The provider deletes no share while something is still on its way out of it.
  if (leaving.size > 0) return principals.size > 0 ? takeAllOut : { is: 'nothing' };
  // A set with a receiver's instances in it keeps its whole share from being deleted: the rest must not wait for that.
  if ([...resources.values()].some(({ resourceType }) => resourceType === 'DeploymentSet')) return takeAllOut;
  // An invitation that cannot be taken back keeps it too: whoever accepts that one shall find nothing in it.
  if (rectangle.isReluctant && resources.size > 0) return takeAllOut;
  return { is: 'whole' };
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
  const { moving } = partition(rectangle, wanted);
  return [
    ...moving.principals.flatMap((principalId) =>
      moving.otherResources.map(([key]) => ({ key, principalId })),
    ),
    ...moving.resources.flatMap(([key]) =>
      moving.otherPrincipals.map((principalId) => ({ key, principalId })),
    ),
  ].filter(({ key, principalId }) => wanted.has(key, principalId));
}

interface Partition {
  /** Of no use to anybody in this share. */
  idle: { resources: Entry[]; principals: string[] };
  /** One side of those that fit in part only, with what they are now combined with. */
  moving: { resources: Entry[]; principals: string[]; otherResources: Entry[]; otherPrincipals: string[] };
}

function partition(rectangle: Rectangle, wanted: WantedSet): Partition {
  const allResources = [...rectangle.resources];
  const allPrincipals = [...rectangle.principals];
  const isUsed = (some: Entry[], ids: string[]) => wantedPairs(some, ids, wanted).length > 0;
  const principals = allPrincipals.filter((id) => isUsed(allResources, [id]));
  const resources = allResources.filter((entry) => isUsed([entry], allPrincipals));
  const partlyPrincipals = principals.filter(
    (id) => wantedPairs(resources, [id], wanted).length < resources.length,
  );
  const partlyResources = resources.filter(
    (entry) => wantedPairs([entry], principals, wanted).length < principals.length,
  );
  // Moving an outsider means another invitation, and a gap until it is accepted.
  const movesOutsider = partlyPrincipals.some((id) => wanted.outside.has(id));
  const sparesOutsiders = !partlyResources.some(([key]) =>
    principals.some((id) => wanted.outside.has(id) && wanted.has(key, id)),
  );
  const movesPrincipals =
    movesOutsider && sparesOutsiders ? false : partlyPrincipals.length <= partlyResources.length;
  return {
    idle: {
      resources: allResources.filter((entry) => !resources.includes(entry)),
      principals: allPrincipals.filter((id) => !principals.includes(id)),
    },
    moving: {
      resources: movesPrincipals ? [] : partlyResources,
      principals: movesPrincipals ? partlyPrincipals : [],
      otherResources: resources,
      otherPrincipals: principals,
    },
  };
}

function wantedPairs(entries: readonly Entry[], ids: readonly string[], wanted: WantedSet): string[] {
  return entries.flatMap(([key]) => ids.filter((id) => wanted.has(key, id)));
}
