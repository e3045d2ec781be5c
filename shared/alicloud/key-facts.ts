import type { Key, KeyRole } from '../domain/sharing/preflight/facts';
import type { Place } from '../domain/sharing/resource';
import { ProviderError } from '../flow/ports';
import { allByNumber, PAGE_SIZE } from './paging';
import type { ProviderClient } from './provider-client';

/** "Grant access to KMS keys": the key that ECS made for itself in a region has this alias. */
const SERVICE_KEY_ALIAS = 'alias/acs/ecs';

/** A key of the account, told by its aliases: what the Creator of a service key is, is not documented. */
export async function keyFacts(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  keyId: string,
): Promise<Key> {
  const place = { accountId, regionId };
  const answer = await client.call('Kms', 'DescribeKey', place, { KeyId: keyId });
  const aliases = await allByNumber('ListAliasesByKeyId', async (pageNumber) => {
    const page = await client.call('Kms', 'ListAliasesByKeyId', place, {
      KeyId: keyId,
      PageNumber: pageNumber,
      PageSize: PAGE_SIZE,
    });
    return {
      items: page
        .object('Aliases')
        .list('Alias')
        .map((alias) => alias.text('AliasName')),
      totalCount: page.number('TotalCount'),
    };
  });
  return {
    keyId,
    managedBy: aliases.includes(SERVICE_KEY_ALIAS) ? 'service' : 'customer',
    state: answer.object('KeyMetadata').text('KeyState'),
  };
}

/** A role with the services that it trusts; null when the account has none of that name. */
export async function keyRole(
  client: ProviderClient,
  accountId: string,
  roleName: string,
): Promise<KeyRole | null> {
  try {
    const place = { accountId, regionId: client.own.regionId };
    const answer = await client.call('Ram', 'GetRole', place, { RoleName: roleName });
    return { trustedServices: servicesIn(answer.object('Role').text('AssumeRolePolicyDocument')) };
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'EntityNotExist.Role') return null;
    throw error;
  }
}

/** A trust policy allows or denies, and names one service or a list of them. */
function servicesIn(policy: string): string[] {
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw new ProviderError('unknown', {
      code: 'UnexpectedAnswer',
      message: 'The trust policy of the role is not JSON.',
    });
  }
  return listIn(fieldOf(document, 'Statement'))
    .filter((statement) => fieldOf(statement, 'Effect') === 'Allow')
    .flatMap((statement) => listIn(fieldOf(fieldOf(statement, 'Principal'), 'Service')))
    .filter((service): service is string => typeof service === 'string');
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

function listIn(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
