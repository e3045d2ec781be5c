import type { LastCall } from './pace';
import type { ProviderCall } from './provider-call';
import type { Place } from './resource';

/**
 * One thing at the provider that we write to: a resource share of ours, or an image's own list of accounts.
 * It holds the intent of the write under way, so that after a crash the next run looks before it repeats.
 */
export interface ManagedShare {
  place: Place;
  through:
    | { by: 'resource-share'; resourceShareName: string; resourceShareId: string | null }
    | { by: 'image-permission'; imageId: string };
  /** The write under way. It stays open while nobody knows whether it happened; the next look closes it. */
  intent: Intent | null;
  /** When the provider no longer showed it; null while it is there or awaited. */
  endedMs: number | null;
  last: LastCall | null;
}

export interface Intent {
  call: ProviderCall;
  atMs: number;
}

/** A creation without an answer is awaited this long before it counts as not having happened. */
export const CREATION_AWAITED_MS = 60_000;

/** The id of the aggregate: names of shares are ours and unique, images have one list of accounts each. */
export function managedShareId(placeKey: string, through: ManagedShare['through']): string {
  return through.by === 'resource-share'
    ? `${placeKey}/${through.resourceShareName}`
    : `${placeKey}/image/${through.imageId}`;
}
