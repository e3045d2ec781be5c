import type { Item, Key, KeyRole, OfferedType } from '../domain/sharing/preflight/facts';
import type { ObservedShare } from '../domain/sharing/observation';
import type { Place } from '../domain/sharing/resource';
import type { ResourceType } from '../domain/sharing/resource-types';

/**
 * Reads what preflight judges by. Every method throws a ProviderError of its own, so that what one cannot read leaves the
 * others known.
 */
export interface FactsReader {
  /** Those of a type that the account sees in the place under these ids: its own, and what it received. */
  items(place: Place, type: ResourceType, ids: readonly string[]): Promise<ReadonlyMap<string, Item>>;
  key(place: Place, keyId: string): Promise<Key>;
  /** null = the account has no such role. */
  keyRole(accountId: string, roleName: string): Promise<KeyRole | null>;
  /** Every share that the account owns in the place. */
  shares(place: Place): Promise<readonly ObservedShare[]>;
  /** The accounts on an image's own list. */
  imageAccounts(place: Place, imageId: string): Promise<readonly string[]>;
  /** Whether accounts of the directory may share with each other. */
  directorySharing(): Promise<boolean>;
  offeredTypes(place: Place): Promise<readonly OfferedType[]>;
}
