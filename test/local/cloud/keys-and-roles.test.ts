import { afterEach, beforeEach, expect, test } from 'vitest';
import { TINY, tiny } from '../../../local/estates/tiny';
import {
  type Body,
  part,
  rows,
  startTestCloud,
  stopTestCloud,
  type TestCloud,
  text,
} from '../../kit/local-cloud';
import { callProvider, codeOf } from '../../kit/openapi-client';
import { addAccount, keyOf } from '../../kit/world';

const KMS = { version: '2016-01-20' };
const OWN = '1000000000000099';
let running: TestCloud;

beforeEach(async () => {
  const { world } = tiny(Date.UTC(2026, 0, 10, 8));
  for (const accountId of [OWN, TINY.producer, TINY.consumer]) {
    addAccount(world, accountId, { roles: world.accounts[accountId]?.roles ?? {} });
  }
  running = await startTestCloud(world);
});

afterEach(() => stopTestCloud(running));

const aliasesOf = async (accountId: string, KeyId: string): Promise<string[]> => {
  const body = await running.call(accountId, 'ListAliasesByKeyId', { KeyId }, KMS);
  return rows(part(body, 'Aliases'), 'Alias').map((alias) => text(alias, 'AliasName'));
};

const factsOf = async (accountId: string, KeyId: string): Promise<Body> =>
  part(await running.call(accountId, 'DescribeKey', { KeyId }, KMS), 'KeyMetadata');

const roleOf = async (accountId: string, RoleName?: string): Promise<Body> => {
  const { body } = await callProvider(
    'GetRole',
    { RoleName },
    {
      endpoint: running.cloud.endpoints['central'] ?? '',
      credentials: keyOf(accountId),
      version: '2015-05-01',
    },
  );
  return part(body, 'Role');
};

test('the service key of a region has the alias alias/acs/ecs in every account, and other keys have their own', async () => {
  expect(await aliasesOf(TINY.producer, TINY.serviceKey)).toEqual(['alias/acs/ecs']);
  expect(await aliasesOf(OWN, TINY.serviceKey)).toEqual(['alias/acs/ecs']);
  expect(await aliasesOf(TINY.producer, TINY.cmk)).toEqual(['alias/backups']);
});

test('a key is found by id, by alias and by ARN', async () => {
  const arn = text(await factsOf(TINY.producer, TINY.cmk), 'Arn');
  expect(arn).toBe(`acs:kms:cn-hangzhou:${TINY.producer}:key/${TINY.cmk}`);
  expect(text(await factsOf(TINY.producer, arn), 'KeyId')).toBe(TINY.cmk);
  expect(text(await factsOf(TINY.producer, 'alias/backups'), 'KeyId')).toBe(TINY.cmk);
  expect(text(await factsOf(TINY.producer, 'alias/acs/ecs'), 'KeyId')).toBe(TINY.serviceKey);
});

test('a key of another account is not there, nor is an alias that nobody gave', async () => {
  expect(await codeOf(factsOf(TINY.consumer, TINY.cmk))).toBe('Forbidden.KeyNotFound');
  expect(await codeOf(aliasesOf(TINY.consumer, TINY.cmk))).toBe('Forbidden.KeyNotFound');
  expect(await codeOf(factsOf(TINY.producer, 'alias/nothing'))).toBe('Forbidden.AliasNotFound');
});

test.each([
  ['account', TINY.producer],
  ['service', 'ecs.aliyuncs.com'],
  ['empty', ''],
])('the creator of the service key is not documented: %s', async (position, creator) => {
  running.cloud.world.switches['service-key-creator'] = position;
  expect(text(await factsOf(TINY.producer, TINY.serviceKey), 'Creator')).toBe(creator);
  expect(text(await factsOf(TINY.producer, TINY.cmk), 'Creator')).toBe(TINY.producer);
});

test('a role tells whom it trusts: receivers by their ECS, accounts by their root', async () => {
  const policyOf = async (roleName: string): Promise<unknown> =>
    JSON.parse(text(await roleOf(TINY.producer, roleName), 'AssumeRolePolicyDocument'));
  expect(await policyOf('AliyunECSShareEncryptSnapshotDefaultRole')).toEqual({
    Statement: [
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: {
          Service: [
            'rd-tiny01@ecs.aliyuncs.com',
            '1000000000000012@ecs.aliyuncs.com',
            '2000000000000001@ecs.aliyuncs.com',
          ],
        },
      },
    ],
    Version: '1',
  });
  expect(await policyOf('sharekeeper-member')).toMatchObject({
    Statement: [{ Principal: { RAM: ['acs:ram::1000000000000001:root'] } }],
  });
});

test('a role that was never made does not exist', async () => {
  expect(await codeOf(roleOf(OWN, 'AliyunECSShareEncryptImageDefaultRole'))).toBe('EntityNotExist.Role');
  expect(await codeOf(roleOf(OWN))).toBe('MissingParameter.RoleName');
});
