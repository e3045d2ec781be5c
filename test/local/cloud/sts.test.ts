import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import {
  type Body,
  type TestCloud,
  part,
  startTestCloud,
  stopTestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { callProvider, codeOf } from '../../kit/openapi-client';
import { addAccount, keyOf } from '../../kit/world';
import { MEMBER, OWNER, PARTNER, shareWorld } from './share-stage';

const STS = '2015-04-01';
const ROLE = `acs:ram::${MEMBER}:role/sharekeeper-member`;

let world: World;
let stage: TestCloud;
beforeEach(async () => {
  world = shareWorld();
  const roles = { 'sharekeeper-member': { trusts: [OWNER], maxSessionSeconds: 7_200 } };
  addAccount(world, MEMBER, { roles });
  stage = await startTestCloud(world);
});
afterEach(() => stopTestCloud(stage));

function assume(parameters: Record<string, unknown> = {}, accountId = OWNER): Promise<Body> {
  const all = { RoleArn: ROLE, RoleSessionName: 'poller', ...parameters };
  return stage.call(accountId, 'AssumeRole', all, { version: STS, regionId: 'central' });
}

function credentialsIn(answer: Body) {
  const credentials = part(answer, 'Credentials');
  return {
    accessKeyId: text(credentials, 'AccessKeyId'),
    accessKeySecret: text(credentials, 'AccessKeySecret'),
    securityToken: text(credentials, 'SecurityToken'),
  };
}

function identity(credentials: { accessKeyId: string; accessKeySecret: string; securityToken?: string }) {
  const endpoint = stage.cloud.endpoints['cn-hangzhou'] ?? '';
  return callProvider('GetCallerIdentity', {}, { endpoint, credentials, version: STS });
}

describe('AssumeRole', () => {
  it('gives credentials of the role, for an hour unless told', async () => {
    const answer = await assume();
    expect(part(answer, 'AssumedRoleUser')['Arn']).toBe(`${ROLE}/poller`);
    expect(part(answer, 'Credentials')['Expiration']).toBe('2026-01-10T09:00:00Z');
    const who = await identity(credentialsIn(answer));
    expect(who.body).toMatchObject({
      AccountId: MEMBER,
      IdentityType: 'AssumedRoleUser',
      Arn: `acs:ram::${MEMBER}:assumed-role/sharekeeper-member/poller`,
    });
  });

  it('finds the role in lower case too', async () => {
    world.accounts[MEMBER]!.roles['ShareKeeper-Upper'] = { trusts: [OWNER], maxSessionSeconds: 3_600 };
    expect(await codeOf(assume({ RoleArn: `acs:ram::${MEMBER}:role/sharekeeper-upper` }))).toBe('OK');
  });

  it('is for those whom the role trusts', async () => {
    expect(await codeOf(assume({}, PARTNER))).toBe('NoPermission');
    expect(await codeOf(assume({ RoleArn: `acs:ram::${MEMBER}:role/nobody` }))).toBe('EntityNotExist.Role');
  });

  it('is not for the key of an account itself', async () => {
    world.accounts[OWNER]!.accessKeys[keyOf(OWNER).accessKeyId]!.userName = null;
    expect(await codeOf(assume())).toBe('NoPermission');
  });

  it.each([
    [{ RoleArn: 'acs:ram::1:user/x' }, 'InvalidParameter.RoleArn'],
    [{ RoleSessionName: 'x' }, 'InvalidParameter.RoleSessionName'],
    [{ RoleSessionName: 'two words' }, 'InvalidParameter.RoleSessionName'],
    [{ RoleSessionName: undefined }, 'MissingParameter.RoleSessionName'],
    [{ DurationSeconds: 899 }, 'InvalidParameter.DurationSeconds'],
    [{ DurationSeconds: 7_201 }, 'InvalidParameter.DurationSeconds'],
    [{ DurationSeconds: 7_200 }, 'OK'],
    [{ DurationSeconds: 900 }, 'OK'],
    [{ Policy: '{' }, 'InvalidParameter.PolicyGrammar'],
    [{ Policy: `"${'x'.repeat(2_047)}"` }, 'InvalidParameter.PolicySize'],
  ])('with %j is answered with %s', async (parameters, code) => {
    expect(await codeOf(assume(parameters))).toBe(code);
  });
});

describe('temporary credentials', () => {
  it('outlive a restart of the cloud', async () => {
    const credentials = credentialsIn(await assume());
    const saved = JSON.parse(JSON.stringify(stage.cloud.world)) as World;
    await stopTestCloud(stage);
    stage = await startTestCloud(saved);
    expect(await codeOf(identity(credentials))).toBe('OK');
    wind(3_600_000);
    expect(await codeOf(identity(credentials))).toBe('InvalidSecurityToken.Expired');
  });

  it('of another world, or whose id was made up, are refused', async () => {
    const credentials = credentialsIn(await assume());
    const claims = JSON.stringify([MEMBER, 'sharekeeper-member', 'x', Date.now() * 2, 'nonce']);
    const accessKeyId = `STS.${Buffer.from(claims).toString('base64url')}`;
    expect(await codeOf(identity({ ...credentials, accessKeyId }))).toBe(
      'InvalidSecurityToken.MismatchWithAccessKey',
    );
    world.secret = 'another world';
    expect(await codeOf(identity(credentials))).toBe('InvalidSecurityToken.MismatchWithAccessKey');
  });

  it('end with their role', async () => {
    const credentials = credentialsIn(await assume());
    delete world.accounts[MEMBER]!.roles['sharekeeper-member'];
    expect(await codeOf(identity(credentials))).toBe('InvalidAccessKeyId.NotFound');
  });
});

it('a RAM user is told who it is', async () => {
  expect((await identity(keyOf(OWNER))).body).toMatchObject({
    AccountId: OWNER,
    IdentityType: 'RAMUser',
    Arn: `acs:ram::${OWNER}:user/robot`,
  });
});
