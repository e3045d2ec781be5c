import type { SharingProvider } from '../flow/ports';
import { applyCall } from './apply-call';
import { accountsLetIn } from './image-permissions';
import { observeShares } from './observe-shares';
import type { ProviderClient } from './provider-client';
import { ResourceSharingClient } from './resource-sharing';

/** Shares and image permissions of any owner account that the client can reach. */
export function sharingProvider(client: ProviderClient): SharingProvider {
  return {
    async observe(place, imageIds) {
      // The start counts: what changes while pages are read may or may not be in them.
      const seenMs = client.clock.nowMs();
      const shares = await observeShares(new ResourceSharingClient(client, place), client.typeOverrides);
      const imagePermissions: Record<string, string[]> = {};
      for (const imageId of imageIds) {
        imagePermissions[imageId] = await accountsLetIn(client, place, imageId);
      }
      return { place, seenMs, shares, imagePermissions };
    },
    apply: (place, call) => applyCall(client, place, call),
  };
}
