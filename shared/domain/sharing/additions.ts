import { chunks } from './chunks';
import type { ProviderCall, TypedResource } from './provider-call';
import { grantsPair, typedKey, type Rectangle } from './rectangle';
import type { WantedSet } from './wanted';

export interface AdditionLimits {
  entitiesPerCallMax: number;
  /** A name that no share has yet; called once for each share that is created. */
  newShareName: () => string;
}

/** What is not granted yet: resources by principal. Emptied as calls are planned for it. */
export type Uncovered = Map<string, Map<string, TypedResource>>;

/** Shares that may grow. */
export interface Growing {
  /** Those that are exact now and shall lose nothing. */
  open: readonly Rectangle[];
  /** Those of one principal outside the directory: it alone decides what is exact there. */
  outsiders: readonly Rectangle[];
}

/**
 * The calls that give `uncovered` a home. An open share is exact, and every step keeps it so, because a principal joins only a share of which it wants everything, and a resource only one whose every
 * principal wants it. A new share begins with one call's worth; the next plan adds the rest.
 */
export function additionsFor(
  uncovered: Uncovered,
  { open, outsiders }: Growing,
  wanted: WantedSet,
  limits: AdditionLimits,
): ProviderCall[] {
  const calls: ProviderCall[] = [];
  for (const principalId of sortedKeys(uncovered)) {
    if (wanted.outside.has(principalId))
      calls.push(...forOutsider(principalId, uncovered, outsiders, limits));
  }
  calls.push(...joins(uncovered, open, wanted, limits));
  calls.push(...extensions(uncovered, open, wanted, limits));
  calls.push(...newShares(uncovered, limits));
  return calls;
}

/**
 * A principal outside the directory has a share of its own: once it has accepted that one, further resources reach it
 * without another invitation.
 */
function forOutsider(
  principalId: string,
  uncovered: Uncovered,
  outsiders: readonly Rectangle[],
  { entitiesPerCallMax, newShareName }: AdditionLimits,
): ProviderCall[] {
  const resources = take(uncovered, principalId);
  const own = outsiders.find(({ principals }) => principals.has(principalId));
  if (own?.resourceShareId == null) {
    return [
      {
        call: 'CreateResourceShare',
        resourceShareName: newShareName(),
        allowExternalTargets: true,
        resources: resources.slice(0, entitiesPerCallMax),
        targets: [principalId],
      },
    ];
  }
  const { resourceShareId } = own;
  const free = resources.filter(({ resourceId }) => !own.leaving.has(resourceId));
  return chunks(free, entitiesPerCallMax).map((chunk) => ({
    call: 'AssociateResourceShare',
    resourceShareId,
    resources: chunk,
    targets: [],
  }));
}

function joins(
  uncovered: Uncovered,
  open: readonly Rectangle[],
  wanted: WantedSet,
  { entitiesPerCallMax }: AdditionLimits,
): ProviderCall[] {
  const joining = new Map<string, string[]>();
  for (const principalId of sortedKeys(uncovered)) {
    const missing = uncovered.get(principalId) ?? new Map();
    const best = open
      .filter(
        (rectangle) =>
          !rectangle.allowExternalTargets &&
          !rectangle.leaving.has(principalId) &&
          [...rectangle.resources.keys()].every((key) => wanted.has(key, principalId)),
      )
      .map((rectangle) => ({
        rectangle,
        gain: [...rectangle.resources.keys()].filter((key) => missing.has(key)),
      }))
      .sort((a, b) => b.gain.length - a.gain.length)[0];
    if (best === undefined || best.gain.length === 0 || best.rectangle.resourceShareId === null) continue;
    best.rectangle.principals.add(principalId);
    cover(uncovered, best.rectangle);
    joining.set(best.rectangle.resourceShareId, [
      ...(joining.get(best.rectangle.resourceShareId) ?? []),
      principalId,
    ]);
  }
  return [...joining].flatMap(([resourceShareId, principals]) =>
    chunks(principals, entitiesPerCallMax).map((targets): ProviderCall => ({
      call: 'AssociateResourceShare',
      resourceShareId,
      resources: [],
      targets,
    })),
  );
}

function extensions(
  uncovered: Uncovered,
  open: readonly Rectangle[],
  wanted: WantedSet,
  { entitiesPerCallMax }: AdditionLimits,
): ProviderCall[] {
  return open.flatMap((rectangle) => {
    const { resourceShareId, principals, leaving } = rectangle;
    if (rectangle.allowExternalTargets || resourceShareId === null || principals.size === 0) return [];
    const candidates = new Map([...principals].flatMap((id) => [...(uncovered.get(id) ?? [])]));
    const fitting = [...candidates].filter(
      ([key, { resourceId }]) =>
        !leaving.has(resourceId) && [...principals].every((id) => wanted.has(key, id)),
    );
    for (const [key, resource] of fitting) rectangle.resources.set(key, resource);
    cover(uncovered, rectangle);
    return chunks(
      fitting.map(([, resource]) => resource),
      entitiesPerCallMax,
    ).map((resources): ProviderCall => ({
      call: 'AssociateResourceShare',
      resourceShareId,
      resources,
      targets: [],
    }));
  });
}

/** Principals that miss the same resources get one share together. */
function newShares(
  uncovered: Uncovered,
  { entitiesPerCallMax, newShareName }: AdditionLimits,
): ProviderCall[] {
  const alike = new Map<string, string[]>();
  for (const principalId of sortedKeys(uncovered)) {
    const signature = JSON.stringify([...(uncovered.get(principalId)?.keys() ?? [])].sort());
    alike.set(signature, [...(alike.get(signature) ?? []), principalId]);
  }
  return [...alike.values()].map((principals): ProviderCall => {
    const resources = [...(uncovered.get(principals[0] ?? '')?.values() ?? [])];
    return {
      call: 'CreateResourceShare',
      resourceShareName: newShareName(),
      allowExternalTargets: false,
      resources: resources.slice(0, entitiesPerCallMax),
      targets: principals.slice(0, entitiesPerCallMax),
    };
  });
}

/** Strikes out what a grown share grants now. */
function cover(uncovered: Uncovered, rectangle: Rectangle): void {
  for (const [principalId, resources] of uncovered) {
    for (const [key] of resources) if (grantsPair(rectangle, key, principalId)) resources.delete(key);
    if (resources.size === 0) uncovered.delete(principalId);
  }
}

function take(uncovered: Uncovered, principalId: string): TypedResource[] {
  const resources = [...(uncovered.get(principalId)?.values() ?? [])];
  uncovered.delete(principalId);
  return resources.sort((a, b) => (typedKey(a) < typedKey(b) ? -1 : 1));
}

function sortedKeys(uncovered: Uncovered): string[] {
  return [...uncovered.keys()].sort();
}
