import type { Directory } from '../domain/directory/directory';
import type { Grant, Ledger } from '../domain/sharing/ledger';
import type { ObservedShare } from '../domain/sharing/observation';
import {
  known,
  type Facts,
  type Item,
  type Key,
  type KeyRole,
  type Known,
  type OfferedType,
} from '../domain/sharing/preflight/facts';
import { keyRoleNameOf } from '../domain/sharing/preflight/key-role';
import type { PreflightSettings } from '../domain/sharing/preflight/settings';
import { siteOf } from '../domain/sharing/preflight/site';
import type { Principal } from '../domain/sharing/principal';
import { placeKey, resourceKey, type Place, type ResourceRef } from '../domain/sharing/resource';
import { wireTypeOf, type TypeOverrides } from '../domain/sharing/resource-types';
import type { FactsReader } from './facts-port';
import { readOnce } from './known';

/** Where facts come from: the provider, and what is stored here already. */
export interface FactSources {
  reader: FactsReader;
  /** Every managed place: where else a resource may be. */
  places: readonly Place[];
  typeOverrides: TypeOverrides;
  settings: PreflightSettings;
  directory: Known<Directory | null>;
  /** By resource key. */
  ledgers: ReadonlyMap<string, Ledger>;
  nowMs: number;
}

type Wish = Facts['wish'];

/** What is known of one resource, whoever gets it. */
interface ResourceFacts {
  item: Known<Item | null>;
  elsewhere: Known<readonly string[]>;
  keys: Known<readonly Key[]>;
  keyRole: Known<KeyRole | null>;
  imageAccounts: Known<readonly string[]>;
  shares: Known<readonly ObservedShare[]>;
  offeredTypes: Known<readonly OfferedType[]>;
}

/** Reads everything once, side by side, and answers the facts of any pair. What cannot be read is unknown, with why. */
export async function gatherFacts(
  sources: FactSources,
  wish: Wish,
): Promise<(resource: ResourceRef, principal: Principal) => Facts> {
  const read = new Reading(sources.reader, wish.resources);
  const directorySharing = read.directorySharing();
  const facts = new Map(
    await Promise.all(
      wish.resources.map(
        async (resource) =>
          [resourceKey(resource), await resourceFacts(read, resource, sources.places)] as const,
      ),
    ),
  );
  const isOn = await directorySharing;
  const { settings, directory, nowMs, ledgers } = sources;
  const grants = [...ledgers.values()].flatMap((ledger) => Object.values(ledger.grants));
  return (resource, principal) => {
    const ofResource = facts.get(resourceKey(resource));
    if (ofResource === undefined) throw new Error(`Nothing was read of ${resourceKey(resource)}`);
    return {
      ...ofResource,
      nowMs,
      resource,
      principal,
      wish,
      settings,
      wireType: wireTypeOf(resource.resourceType, sources.typeOverrides),
      directory,
      directorySharing: isOn,
      site: siteOf(principal, { directory, shares: ofResource.shares, grants }),
      grant: grantOf(ledgers, resource, principal),
    };
  };
}

function grantOf(
  ledgers: ReadonlyMap<string, Ledger>,
  resource: ResourceRef,
  principal: Principal,
): Grant | null {
  return ledgers.get(resourceKey(resource))?.grants[principal.id] ?? null;
}

async function resourceFacts(
  read: Reading,
  resource: ResourceRef,
  places: readonly Place[],
): Promise<ResourceFacts> {
  const [item, shares, offeredTypes] = await Promise.all([
    read.item(resource, resource),
    read.shares(resource),
    read.offeredTypes(resource),
  ]);
  const [elsewhere, keys, imageAccounts] = await Promise.all([
    item.is === 'known' && item.value === null ? otherRegions(read, resource, places) : known([]),
    keysOf(read, resource, item),
    resource.resourceType === 'Image' && item.is === 'known' && item.value?.received === false
      ? read.imageAccounts(resource)
      : known([]),
  ]);
  const roleName = keyRoleNameOf(resource.resourceType);
  const needsRole = keys.is === 'known' && keys.value.some(({ managedBy }) => managedBy === 'customer');
  const keyRole =
    roleName !== null && needsRole ? await read.keyRole(resource.ownerAccountId, roleName) : known(null);
  return { item, elsewhere, keys, keyRole, imageAccounts, shares, offeredTypes };
}

/** Managed regions of the same account that hold the resource. One that cannot be read holds back the whole answer. */
async function otherRegions(
  read: Reading,
  resource: ResourceRef,
  places: readonly Place[],
): Promise<Known<readonly string[]>> {
  const others = places.filter(
    ({ ownerAccountId, regionId }) =>
      ownerAccountId === resource.ownerAccountId && regionId !== resource.regionId,
  );
  const regionIds: string[] = [];
  for (const place of others) {
    const item = await read.item(place, resource);
    if (item.is === 'unknown') return item;
    if (item.value !== null) regionIds.push(place.regionId);
  }
  return known(regionIds);
}

/** The keys of an encrypted resource; one that the provider does not tell makes the answer unknown. */
async function keysOf(
  read: Reading,
  resource: ResourceRef,
  item: Known<Item | null>,
): Promise<Known<readonly Key[]>> {
  if (keyRoleNameOf(resource.resourceType) === null) return known([]);
  if (item.is === 'unknown') return item;
  if (item.value === null || item.value.is === 'other' || !item.value.encrypted) return known([]);
  if (item.value.keyIds.length === 0) return { is: 'unknown', why: 'The provider does not tell its key.' };
  const keys: Key[] = [];
  for (const key of await Promise.all(item.value.keyIds.map((keyId) => read.key(resource, keyId)))) {
    if (key.is === 'unknown') return key;
    keys.push(key.value);
  }
  return known(keys);
}

/** The reads of one preflight, each made once. */
class Reading {
  readonly #reader: FactsReader;
  /** Ids to be read together, by type. */
  readonly #ids = new Map<string, string[]>();
  readonly #items = readOnce<ReadonlyMap<string, Item>>();
  readonly #keys = readOnce<Key>();
  readonly #keyRoles = readOnce<KeyRole | null>();
  readonly #imageAccounts = readOnce<readonly string[]>();
  readonly #shares = readOnce<readonly ObservedShare[]>();
  readonly #offeredTypes = readOnce<readonly OfferedType[]>();
  readonly #directorySharing = readOnce<boolean>();

  constructor(reader: FactsReader, resources: readonly ResourceRef[]) {
    this.#reader = reader;
    for (const resource of resources) {
      const batch = batchKey(resource, resource);
      this.#ids.set(batch, [...(this.#ids.get(batch) ?? []), resource.resourceId]);
    }
  }

  /** A resource as a place shows it, read together with all others of its type that are asked for there. */
  async item(place: Place, resource: ResourceRef): Promise<Known<Item | null>> {
    const { resourceType, resourceId } = resource;
    const batch = batchKey(place, resource);
    const together = this.#ids.get(batch) ?? [];
    const ids = together.includes(resourceId) ? together : [resourceId];
    const found = await this.#items(`${batch} ${ids.join()}`, () =>
      this.#reader.items(place, resourceType, ids),
    );
    return found.is === 'unknown' ? found : known(found.value.get(resourceId) ?? null);
  }

  key(place: Place, keyId: string): Promise<Known<Key>> {
    return this.#keys(`${placeKey(place)} ${keyId}`, () => this.#reader.key(place, keyId));
  }

  keyRole(accountId: string, roleName: string): Promise<Known<KeyRole | null>> {
    return this.#keyRoles(`${accountId} ${roleName}`, () => this.#reader.keyRole(accountId, roleName));
  }

  imageAccounts(image: ResourceRef): Promise<Known<readonly string[]>> {
    return this.#imageAccounts(resourceKey(image), () => this.#reader.imageAccounts(image, image.resourceId));
  }

  shares(place: Place): Promise<Known<readonly ObservedShare[]>> {
    return this.#shares(placeKey(place), () => this.#reader.shares(place));
  }

  offeredTypes(place: Place): Promise<Known<readonly OfferedType[]>> {
    return this.#offeredTypes(placeKey(place), () => this.#reader.offeredTypes(place));
  }

  directorySharing(): Promise<Known<boolean>> {
    return this.#directorySharing('', () => this.#reader.directorySharing());
  }
}

function batchKey(place: Place, { resourceType }: ResourceRef): string {
  return `${placeKey(place)} ${resourceType}`;
}
