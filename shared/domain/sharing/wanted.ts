import { typedKey } from './rectangle';
import type { TypedResource } from './provider-call';

/** One grant that shall exist, as placement sees it. */
export interface WantedGrant {
  resource: TypedResource;
  principalId: string;
  /** Whether the principal stands inside the owner's directory, where no invitation is needed. */
  inside: boolean;
}

/** All wanted grants of a place, to be asked from both sides. */
export class WantedSet {
  readonly byPrincipal = new Map<string, Map<string, TypedResource>>();
  readonly outside = new Set<string>();
  readonly size: number;

  constructor(grants: readonly WantedGrant[]) {
    for (const { resource, principalId, inside } of grants) {
      const resources = this.byPrincipal.get(principalId) ?? new Map<string, TypedResource>();
      resources.set(typedKey(resource), resource);
      this.byPrincipal.set(principalId, resources);
      if (!inside) this.outside.add(principalId);
    }
    this.size = grants.length;
  }

  has(resourceKey: string, principalId: string): boolean {
    return this.byPrincipal.get(principalId)?.has(resourceKey) ?? false;
  }
}
