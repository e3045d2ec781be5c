import { additionsFor, type AdditionLimits, type Uncovered } from './additions';
import { chunks } from './chunks';
import type { ObservedShare } from './observation';
import { IMAGE_ACCOUNTS_PER_CALL_MAX, type ProviderCall, type TypedResource } from './provider-call';
import { grantsPair, isLeavingPair, rectangleOf, typedKey, type Rectangle } from './rectangle';
import { callsToRemove } from './removal-calls';
import { grantsToMove, ownerOf, removalFrom } from './removals';
import { WantedSet, type WantedGrant } from './wanted';

export interface SharesToPlan extends AdditionLimits {
  wanted: readonly WantedGrant[];
  /** Our own shares as they were seen; shares made by hand are never touched. */
  shares: readonly ObservedShare[];
  /** Shares whose creation is under way without an answer yet: what they will grant is not asked for again. */
  expected: readonly { resources: readonly TypedResource[]; targets: readonly string[] }[];
  /** Ids of shares whose deletion the provider put off the last time. */
  reluctant?: ReadonlySet<string>;
}

/**
 * The provider calls that bring one place closer to what is wanted, without ever granting a pair that nobody wants or
 * dropping one that somebody does. Made again after each look, until it is empty.
 */
export function planShares({
  wanted: grants,
  shares,
  expected,
  reluctant = new Set(),
  ...limits
}: SharesToPlan): ProviderCall[] {
  const wanted = new WantedSet(grants);
  const all = shares
    .filter(({ status }) => status !== 'Deleted')
    .map((share) => rectangleOf(share, reluctant));
  const rectangles = all.filter(({ isEnding }) => !isEnding);
  const removals = rectangles.map((rectangle) => ({
    rectangle,
    removal: removalFrom(rectangle, rectangles, wanted),
  }));
  const open = removals.filter(({ removal }) => removal.is === 'nothing').map(({ rectangle }) => rectangle);
  const shrinking = removals.filter(({ removal }) => removal.is === 'part').map(({ rectangle }) => rectangle);
  const outsiders = rectangles.filter((rectangle) => ownerOf(rectangle, wanted) !== null);
  const uncovered = uncoveredBy({ all, open, shrinking }, expected, grants, wanted);
  return [
    ...removals.flatMap(({ rectangle, removal }) =>
      callsToRemove(rectangle, removal, limits.entitiesPerCallMax),
    ),
    ...additionsFor(uncovered, { open, outsiders }, wanted, limits),
  ];
}

function uncoveredBy(
  { all, open, shrinking }: Record<'all' | 'open' | 'shrinking', readonly Rectangle[]>,
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
    // Whether it may come again shows when it is gone: an outsider that is just leaving wants no new invitation.
    all.some((rectangle) => isLeavingPair(rectangle, key, principalId)) ||
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

/**
 * The calls that bring an image's own list of accounts to what is wanted. Only accounts of ours are ever removed, and
 * in calls of their own: an account that may not be added must not keep another one on the list.
 */
export function planImage(
  imageId: string,
  accounts: { wanted: readonly string[]; ours: readonly string[]; seen: readonly string[] },
  accountsPerCallMax: number = IMAGE_ACCOUNTS_PER_CALL_MAX,
): ProviderCall[] {
  const add = accounts.wanted.filter((id) => !accounts.seen.includes(id));
  const remove = accounts.ours.filter((id) => accounts.seen.includes(id) && !accounts.wanted.includes(id));
  return [
    ...chunks(remove, accountsPerCallMax).map((some) => modify(imageId, [], some)),
    ...chunks(add, accountsPerCallMax).map((some) => modify(imageId, some, [])),
  ];
}

function modify(imageId: string, addAccounts: string[], removeAccounts: string[]): ProviderCall {
  return { call: 'ModifyImageSharePermission', imageId, addAccounts, removeAccounts };
}
