import type { Seen } from './seen';
import type { Source } from './shared-from';

export const SHARED_STATUSES = [
  'Available',
  'ZonalResourceInaccessible',
  'LimitExceeded',
  'Unavailable',
] as const;

/** One resource in one share that others opened to the account: by the id that its owner knows it by. */
export interface SharedToUs {
  resourceType: string;
  resourceId: string;
  resourceShareId: string;
  resourceShareName: string;
  ownerAccountId: string;
  status: (typeof SHARED_STATUSES)[number];
}

/** Something that an account may use and does not own. */
export interface ReceivedResource {
  resourceType: string;
  /** What it is called here. A snapshot has another id than at its owner; null = it does not show here yet. */
  resourceId: string | null;
  source: Source;
  /** The shares that it comes through; none for an image that its owner opened by the image's own list of accounts. */
  resourceShares: { resourceShareId: string; resourceShareName: string }[];
  /** null = it is in no share, so Resource Sharing says nothing of it. */
  status: SharedToUs['status'] | null;
  /** null = the product shows nothing of it. */
  seen: Seen | null;
}

/** Brings together what Resource Sharing lists and what each product shows: one entry for each resource. */
export function receivedResources(
  regionId: string,
  accountId: string,
  shared: readonly SharedToUs[],
  seen: readonly Seen[],
): ReceivedResource[] {
  const received = new Map<string, ReceivedResource>();
  for (const one of seen) {
    const source = sourceOf(one, regionId);
    if (source === null || source.ownerAccountId === accountId) continue;
    received.set(`${one.kind}/${source.resourceId}`, {
      resourceType: one.kind,
      resourceId: idOf(one),
      source,
      resourceShares: [],
      status: null,
      seen: one,
    });
  }
  for (const one of shared) {
    const key = `${one.resourceType}/${one.resourceId}`;
    const entry = received.get(key) ?? unseen(one, regionId);
    const { resourceShareId, resourceShareName } = one;
    entry.resourceShares.push({ resourceShareId, resourceShareName });
    // Usable through any of its shares is usable.
    if (entry.status !== 'Available') entry.status = one.status;
    received.set(key, entry);
  }
  return [...received.values()];
}

function unseen(
  { resourceType, resourceId, ownerAccountId }: SharedToUs,
  regionId: string,
): ReceivedResource {
  return {
    resourceType,
    // Only snapshots have an id of their own on this side.
    resourceId: resourceType === 'Snapshot' ? null : resourceId,
    source: { ownerAccountId, regionId, resourceId },
    resourceShares: [],
    status: null,
    seen: null,
  };
}

function sourceOf(seen: Seen, regionId: string): Source | null {
  if (seen.kind === 'Snapshot') return seen.source;
  return { ownerAccountId: seen.ownerAccountId, regionId, resourceId: idOf(seen) };
}

function idOf(seen: Seen): string {
  switch (seen.kind) {
    case 'Snapshot':
      return seen.snapshotId;
    case 'Image':
      return seen.imageId;
    case 'DeploymentSet':
      return seen.deploymentSetId;
    case 'VSwitch':
      return seen.vSwitchId;
  }
}
