import type { Principal } from './principal';
import { PRINCIPALS_PER_REQUEST_MAX, RESOURCES_PER_REQUEST_MAX } from './request';
import { placeKey, resourceKey, type Place, type ResourceRef } from './resource';

/** What a person asks for. */
export interface Wish {
  resources: ResourceRef[];
  principals: Principal[];
  reason: string;
  ticket: string | null;
  /** null = from the moment of approval. */
  startMs: number | null;
  /** null = as long as the policy allows. */
  endMs: number | null;
}

export interface WishProblem {
  /** JSON pointer into the body. */
  pointer: string;
  code: string;
  message: string;
}

/** A window may not begin further back than the clocks of two machines may differ. */
const START_IN_PAST_MAX_MS = 5 * 60_000;

/** Every reason why a wish cannot be a request, at once. */
export function problemsOf(wish: Wish, places: readonly Place[], nowMs: number): WishProblem[] {
  return [
    ...countProblems(wish),
    ...wish.resources.flatMap((resource, at) => resourceProblems(resource, at, wish, places)),
    ...wish.principals.flatMap((principal, at) => principalProblems(principal, at, wish)),
    ...windowProblems(wish, nowMs),
  ];
}

function countProblems({ resources, principals }: Wish): WishProblem[] {
  const problems: WishProblem[] = [];
  const bounds = [
    ['/resources', resources.length, RESOURCES_PER_REQUEST_MAX],
    ['/principals', principals.length, PRINCIPALS_PER_REQUEST_MAX],
  ] as const;
  for (const [pointer, count, max] of bounds) {
    if (count === 0) problems.push({ pointer, code: 'empty', message: `Name at least one.` });
    if (count > max) {
      problems.push({ pointer, code: 'too-many', message: `At most ${max} in one request, got ${count}.` });
    }
  }
  return problems;
}

function resourceProblems(
  resource: ResourceRef,
  at: number,
  wish: Wish,
  places: readonly Place[],
): WishProblem[] {
  const problems: WishProblem[] = [];
  const accounts = new Set(places.map((place) => place.ownerAccountId));
  if (!accounts.has(resource.ownerAccountId)) {
    problems.push({
      pointer: `/resources/${at}/ownerAccountId`,
      code: 'account-not-managed',
      message: `Account ${resource.ownerAccountId} is not managed here. Managed: ${[...accounts].join(', ')}.`,
    });
  } else if (!places.some((place) => placeKey(place) === placeKey(resource))) {
    problems.push({
      pointer: `/resources/${at}/regionId`,
      code: 'region-not-managed',
      message: `Region ${resource.regionId} is not managed here.`,
    });
  }
  const first = wish.resources.findIndex((other) => resourceKey(other) === resourceKey(resource));
  if (first < at) {
    problems.push({
      pointer: `/resources/${at}`,
      code: 'duplicate',
      message: `This resource is named twice: see /resources/${first}.`,
    });
  }
  return problems;
}

function principalProblems(principal: Principal, at: number, wish: Wish): WishProblem[] {
  const problems: WishProblem[] = [];
  if (wish.principals.findIndex(({ id }) => id === principal.id) < at) {
    problems.push({
      pointer: `/principals/${at}`,
      code: 'duplicate',
      message: `Principal ${principal.id} is named twice.`,
    });
  }
  return problems;
}

function windowProblems({ startMs, endMs }: Wish, nowMs: number): WishProblem[] {
  const problems: WishProblem[] = [];
  if (startMs !== null && startMs < nowMs - START_IN_PAST_MAX_MS) {
    problems.push({
      pointer: '/startsAt',
      code: 'in-the-past',
      message: 'Access cannot begin in the past. Leave startsAt out to begin at once.',
    });
  }
  if (endMs !== null && endMs <= (startMs ?? nowMs)) {
    problems.push({
      pointer: '/endsAt',
      code: 'end-before-start',
      message: 'Access must end after it begins.',
    });
  }
  return problems;
}
