import { type Call, ProviderRefusal } from '../product';
import { regionHere } from '../region';
import type { Key } from '../world';

/** The alias by which the key that ECS encrypts with by default is told: "Default Service CMK". */
const SERVICE_KEY_ALIAS = 'acs/ecs';
const SERVICE_KEY_PREFIX = 'service-';

/** A key as the caller's account has it. */
export interface SeenKey {
  keyId: string;
  aliases: readonly string[];
  creationMs: number;
  state: Key['state'];
  isService: boolean;
}

/** Whether an id is that of a region's service key: in this world they all begin with `service-`. */
export function isServiceKey(kmsKeyId: string): boolean {
  return kmsKeyId.startsWith(SERVICE_KEY_PREFIX);
}

/** The service key that every account has in a region. */
export function serviceKeyOf(regionId: string): string {
  return SERVICE_KEY_PREFIX + regionId;
}

/**
 * The key that a call names by id, by alias or by ARN. Keys of other accounts are not there.
 *
 * @throws ProviderRefusal 404 Forbidden.KeyNotFound, Forbidden.AliasNotFound
 */
export function keyNamed(name: string, call: Call): SeenKey {
  const [, arnId] = /^acs:kms:[\w-]+:\d+:(?:key\/)?(.+)$/.exec(name) ?? [];
  const id = arnId ?? name;
  const keys = keysOf(call);
  if (id.startsWith('alias/')) {
    const byAlias = keys.find((one) => one.aliases.includes(id.slice('alias/'.length)));
    if (byAlias !== undefined) return byAlias;
    throw new ProviderRefusal(404, 'Forbidden.AliasNotFound', 'The specified Alias is not found.');
  }
  const byId = keys.find((one) => one.keyId === id);
  if (byId !== undefined) return byId;
  throw new ProviderRefusal(404, 'Forbidden.KeyNotFound', 'The specified Key is not found.');
}

function keysOf(call: Call): SeenKey[] {
  const own = Object.values(regionHere(call).keys).filter((key) => key.ownerId === call.caller.accountId);
  const service: SeenKey = {
    keyId: serviceKeyOf(call.regionId),
    aliases: [SERVICE_KEY_ALIAS],
    creationMs: SERVICE_KEY_SINCE_MS,
    state: 'Enabled',
    isService: true,
  };
  return [...own.map((key) => ({ ...key, isService: false })), service];
}

/** A service key is as old as the first use of it; here it was always there. */
const SERVICE_KEY_SINCE_MS = Date.UTC(2020, 0, 1);
