import { additionsFor, chunks, type AdditionLimits, type Uncovered } from './additions';
import type { ObservedShare } from './observation';
import { IMAGE_ACCOUNTS_PER_CALL_MAX, type ProviderCall, type TypedResource } from './provider-call';
import { grantsPair, rectangleOf, typedKey, type Rectangle } from './rectangle';
import { grantsToMove, ownerOf, removalFrom, type Removal } from './removals';
import { WantedSet, type WantedGrant } from './wanted';

export interface SharesToPlan extends AdditionLimits {
  wanted: readonly WantedGrant[];
  /** Our own shares as they were seen; shares made by hand are never touched. */
  shares: readonly ObservedShare[];
  /** Shares whose creation is under way without an answer yet: what they will grant is not asked for again. */
  expected: readonly { resources: readonly TypedResource[]; targets: readonly string[] }[];
}

/**
 * The provider calls that bring one place closer to what is wanted, without ever granting a pair that nobody wants or
 * dropping one that somebody does. Made again after each look, until it is empty.
 */
export function planShares({ wanted: grants, shares, expected, ...limits }: SharesToPlan): ProviderCall[] {
  const wanted = new WantedSet(grants);
  const rectangles = shares
    .filter(({ status }) => status === 'Active' || status === 'Pending')
    .map(rectangleOf)
    .filter(({ resources, principals }) => resources.size > 0 || principals.size > 0);
  const removals = rectangles.map((rectangle) => ({
    rectangle,
    removal: removalFrom(rectangle, rectangles, wanted),
  }));
  const open = removals.filter(({ removal }) => removal.is === 'nothing').map(({ rectangle }) => rectangle);
  const shrinking = removals.filter(({ removal }) => removal.is === 'part').map(({ rectangle }) => rectangle);
  const outsiders = rectangles.filter((rectangle) => ownerOf(rectangle, wanted) !== null);
  const uncovered = uncoveredBy(open, shrinking, expected, grants, wanted);
  return [
    ...removals.flatMap(({ rectangle, removal }) =>
      callsToRemove(rectangle, removal, limits.entitiesPerCallMax),
    ),
    ...additionsFor(uncovered, { open, outsiders }, wanted, limits),
  ];
}

function uncoveredBy(
  open: readonly Rectangle[],
  shrinking: readonly Rectangle[],
  expected: SharesToPlan['expected'],
  grants: readonly WantedGrant[],
  wanted: WantedSet,
): Uncovered {
  const moving = new Set(
    shrinking.flatMap((rectangle) =>
      grantsToMove(rectangle, wanted).map(({ key, principalId }) => `${key} ${principalId}`),
    ),
  );
  const covered = (key: string, principalId: string) =>
    open.some((rectangle) => grantsPair(rectangle, key, principalId)) ||
    (shrinking.some((rectangle) => grantsPair(rectangle, key, principalId)) &&
      !moving.has(`${key} ${principalId}`)) ||
    expected.some(
      ({ resources, targets }) =>
        targets.includes(principalId) && resources.some((resource) => typedKey(resource) === key),
    );
  const uncovered: Uncovered = new Map();
  for (const { resource, principalId } of grants) {
    const key = typedKey(resource);
    if (covered(key, principalId)) continue;
    const resources = uncovered.get(principalId) ?? new Map<string, TypedResource>();
    uncovered.set(principalId, resources.set(key, resource));
  }
  return uncovered;
}

function callsToRemove(rectangle: Rectangle, removal: Removal, perCallMax: number): ProviderCall[] {
  const { resourceShareId } = rectangle;
  if (removal.is === 'nothing' || resourceShareId === null) return [];
  if (removal.is === 'whole') return [{ call: 'DeleteResourceShare', resourceShareId }];
  const resources = chunks(removal.resources, perCallMax);
  const targets = chunks(removal.principals, perCallMax);
  return Array.from({ length: Math.max(resources.length, targets.length) }, (_, at) => ({
    call: 'DisassociateResourceShare',
    resourceShareId,
    resources: resources[at] ?? [],
    targets: targets[at] ?? [],
  }));
}

/** The calls that bring an image's own list of accounts to what is wanted. Only accounts of ours are ever removed. */
export function planImage(
  imageId: string,
  accounts: { wanted: readonly string[]; ours: readonly string[]; seen: readonly string[] },
): ProviderCall[] {
  const add = accounts.wanted.filter((id) => !accounts.seen.includes(id));
  const remove = accounts.ours.filter((id) => accounts.seen.includes(id) && !accounts.wanted.includes(id));
  const adding = chunks(add, IMAGE_ACCOUNTS_PER_CALL_MAX);
  const removing = chunks(remove, IMAGE_ACCOUNTS_PER_CALL_MAX);
  return Array.from({ length: Math.max(adding.length, removing.length) }, (_, at) => ({
    call: 'ModifyImageSharePermission',
    imageId,
    addAccounts: adding[at] ?? [],
    removeAccounts: removing[at] ?? [],
  }));
}
