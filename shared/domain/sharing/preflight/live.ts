import type { ObservedAssociation, ObservedShare } from '../observation';

/** What shares give, or are about to give. */

export function liveShares(shares: readonly ObservedShare[]): ObservedShare[] {
  return shares.filter(({ status }) => status === 'Active' || status === 'Pending');
}

/** The principals that have a resource through any share. */
export function principalsWith(shares: readonly ObservedShare[], resourceId: string): Set<string> {
  return new Set(
    liveShares(shares)
      .filter(({ resources }) => resources.some((one) => one.entityId === resourceId && isLive(one)))
      .flatMap(({ principals }) => principals.filter(isLive))
      .map(({ entityId }) => entityId),
  );
}

/** Ids of shared resources, each once however many shares it is in. */
export function sharedResourceIds(shares: readonly ObservedShare[], resourceType?: string): Set<string> {
  return new Set(
    liveShares(shares)
      .flatMap(({ resources }) => resources.filter(isLive))
      .filter(({ entityType }) => resourceType === undefined || entityType === resourceType)
      .map(({ entityId }) => entityId),
  );
}

export function isLive({ status }: ObservedAssociation): boolean {
  return status === 'Associating' || status === 'Associated';
}
