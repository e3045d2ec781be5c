import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import type { Place } from '../domain/sharing/resource';
import type { Refusal } from './refusal';

/** Why an account cannot be looked at, or acted for, in a region; null = it is one of ours. */
export function notManaged(
  places: readonly Place[],
  { accountId, regionId }: ReceiverPlace,
  pointer: '?regionId' | '/regionId',
): Refusal | null {
  const regionIds = regionsOf(places, accountId);
  if (regionIds.length === 0) return { reason: 'not-found', what: 'receiving-account', id: accountId };
  if (regionIds.includes(regionId)) return null;
  const message = `Region ${regionId} is not managed here. Managed: ${regionIds.join(', ')}.`;
  return { reason: 'invalid', problems: [{ pointer, code: 'region-not-managed', message }] };
}

export function regionsOf(places: readonly Place[], accountId: string): string[] {
  return places.filter(({ ownerAccountId }) => ownerAccountId === accountId).map(({ regionId }) => regionId);
}
