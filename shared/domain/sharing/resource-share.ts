import type { CallOutcome, ProviderCall } from './provider-call';
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
  intent: Intent | null;
  last: { call: ProviderCall['call']; outcome: CallOutcome; atMs: number } | null;
}

export interface Intent {
  call: ProviderCall;
  atMs: number;
}
