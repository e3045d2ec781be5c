import Ecs, * as $ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import RPCClient from '@alicloud/pop-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestCloud, rows, startTestCloud, stopTestCloud, wind } from '../../kit/local-cloud';
import { type CallOptions, callProvider, codeOf } from '../../kit/openapi-client';
import { type RawRequest, record, send } from '../../kit/raw-request';
import { keyOf } from '../../kit/world';
import { MANAGER, OWNER, shareWorld } from './share-stage';

let stage: TestCloud;
beforeEach(async () => {
  stage = await startTestCloud(shareWorld(), { rateLimits: 'enforced' });
});
afterEach(() => stopTestCloud(stage));

const SHARING = '2020-01-10';

function optionsFor(facts: Partial<CallOptions> = {}): CallOptions {
  return { endpoint: hangzhou(), credentials: keyOf(OWNER), version: SHARING, ...facts };
}

function hangzhou(): string {
  return stage.cloud.endpoints['cn-hangzhou'] ?? '';
}

function listShares(facts: Partial<CallOptions> = {}) {
  return callProvider('ListResourceShares', { ResourceOwner: 'Self' }, optionsFor(facts));
}

function recordedList(facts: Partial<CallOptions> = {}): Promise<RawRequest> {
  return record((host) => listShares({ endpoint: `http://${host}`, ...facts }));
}

function codeIn({ body }: { body: string }): string {
  const parsed = JSON.parse(body) as { Code?: string };
  return parsed.Code ?? 'OK';
}

describe('a signature', () => {
  it('of either kind lets the official generic client in', async () => {
    expect((await listShares()).body['ResourceShares']).toEqual([]);
    expect((await listShares({ signatureAlgorithm: 'v2' })).body['ResourceShares']).toEqual([]);
  });

  it('made with another secret does not match', async () => {
    const credentials = { ...keyOf(OWNER), accessKeySecret: 'guessed' };
    expect(await codeOf(listShares({ credentials }))).toBe('SignatureDoesNotMatch');
    expect(await codeOf(listShares({ credentials, signatureAlgorithm: 'v2' }))).toBe('SignatureDoesNotMatch');
  });

  it('of a key that nobody has is not found', async () => {
    const credentials = { accessKeyId: 'LTAIunknown', accessKeySecret: 'any' };
    expect(await codeOf(listShares({ credentials }))).toBe('InvalidAccessKeyId.NotFound');
  });

  it('covers the query, the headers and the body', async () => {
    const original = await recordedList();
    const bent: RawRequest[] = [
      { ...original, path: original.path.replace('Self', 'OtherAccounts') },
      { ...original, headers: { ...original.headers, 'x-acs-action': 'ListSharedTargets' } },
      { ...original, headers: { ...original.headers, 'content-length': '1' }, body: 'x' },
    ];
    for (const request of bent) expect(codeIn(await send(hangzhou(), request))).toBe('SignatureDoesNotMatch');
  });

  it('that leaves a header of the provider out is incomplete', async () => {
    const original = await recordedList();
    const headers = { ...original.headers, 'x-acs-extra': 'unsigned' };
    expect(codeIn(await send(hangzhou(), { ...original, headers }))).toBe('IncompleteSignature');
    const authorization = 'Bearer something';
    expect(
      codeIn(await send(hangzhou(), { ...original, headers: { ...original.headers, authorization } })),
    ).toBe('IncompleteSignature');
  });

  it('is good once: the same nonce is refused', async () => {
    for (const signature of [{}, { signatureAlgorithm: 'v2' as const }]) {
      const original = await recordedList(signature);
      expect(codeIn(await send(hangzhou(), original))).toBe('OK');
      expect(codeIn(await send(hangzhou(), original))).toBe('SignatureNonceUsed');
    }
  });

  it('is good for 15 minutes', async () => {
    const [early, late] = [await recordedList(), await recordedList()];
    wind(15 * 60_000);
    expect(codeIn(await send(hangzhou(), early))).toBe('OK');
    wind(1);
    expect(codeIn(await send(hangzhou(), late))).toBe('IllegalTimestamp');
  });

  it("of text with !'()* and spaces is the same for client and server", async () => {
    const name = "a!b'c(d)e*f g~h";
    const Tag = [{ Key: name, Value: '值 + &=' }];
    for (const signature of [{}, { signatureAlgorithm: 'v2' as const }]) {
      const made = callProvider(
        'CreateResourceShare',
        { ResourceShareName: 'x', Tag },
        optionsFor(signature),
      );
      expect(await codeOf(made)).toBe('OK');
    }
    const listed = await callProvider('ListResourceShares', { ResourceOwner: 'Self', Tag }, optionsFor());
    expect(rows(listed.body, 'ResourceShares')).toHaveLength(2);
  });
});

describe('temporary credentials', () => {
  it('sign calls until they expire', async () => {
    const credentials = stage.cloud.roleCredentials(OWNER, 'sharekeeper');
    expect(await codeOf(listShares({ credentials }))).toBe('OK');
    wind(3_600_000 - 1);
    expect(await codeOf(listShares({ credentials }))).toBe('OK');
    wind(1);
    expect(await codeOf(listShares({ credentials }))).toBe('InvalidSecurityToken.Expired');
  });

  it('are nothing without their own token', async () => {
    const { accessKeyId, accessKeySecret } = stage.cloud.roleCredentials(OWNER, 'sharekeeper');
    const other = stage.cloud.roleCredentials(OWNER, 'sharekeeper');
    const withToken = (securityToken: string) =>
      codeOf(listShares({ credentials: { accessKeyId, accessKeySecret, securityToken } }));
    expect(await codeOf(listShares({ credentials: { accessKeyId, accessKeySecret } }))).toBe(
      'MissingSecurityToken',
    );
    expect(await withToken(other.securityToken)).toBe('InvalidSecurityToken.MismatchWithAccessKey');
    expect(await withToken('nonsense')).toBe('InvalidSecurityToken.Malformed');
    expect(
      await codeOf(listShares({ credentials: { ...keyOf(OWNER), securityToken: other.securityToken } })),
    ).toBe('InvalidSecurityToken.MismatchWithAccessKey');
  });
});

describe('a call', () => {
  it('to an action or version that does not exist is refused', async () => {
    expect(await codeOf(callProvider('ShareEverything', {}, optionsFor()))).toBe('InvalidAction.NotFound');
    expect(await codeOf(callProvider('constructor', {}, optionsFor()))).toBe('InvalidAction.NotFound');
    expect(await codeOf(callProvider('ListResourceShares', {}, optionsFor({ version: '1999-01-01' })))).toBe(
      'InvalidVersion',
    );
  });

  it('to Resource Sharing needs the endpoint of a region', async () => {
    const endpoint = stage.cloud.endpoints['central'] ?? '';
    expect(await codeOf(listShares({ endpoint }))).toBe('InvalidAction.NotFound');
    expect(
      await codeOf(callProvider('GetCallerIdentity', {}, optionsFor({ endpoint, version: '2015-04-01' }))),
    ).toBe('OK');
  });

  it('that is refused says so in the body that the provider has', async () => {
    const refused = (await listShares({ credentials: { accessKeyId: 'no', accessKeySecret: 'no' } }).catch(
      (error: unknown) => error,
    )) as { statusCode: number; data: Record<string, unknown> };
    expect(refused.statusCode).toBe(404);
    expect(refused.data).toMatchObject({
      Code: 'InvalidAccessKeyId.NotFound',
      HostId: 'resourcesharing.cn-hangzhou.aliyuncs.com',
      Message: 'Specified access key is not found.',
    });
    expect(refused.data['RequestId']).toMatch(/^[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}$/);
  });

  it('above the rate is throttled for that account and action, and told when to come back', async () => {
    const create = (ResourceShareName: string, accountId = OWNER) =>
      callProvider(
        'CreateResourceShare',
        { ResourceShareName },
        optionsFor({ credentials: keyOf(accountId) }),
      );
    for (let count = 0; count < 10; count += 1) await create(`share-${count}`);
    const throttled = (await create('one-too-many').catch((error: unknown) => error)) as Record<
      string,
      unknown
    >;
    expect(throttled).toMatchObject({ code: 'Throttling.User', statusCode: 400, retryAfter: 1_000 });
    expect(await codeOf(create('other', MANAGER))).toBe('OK');
    expect(await codeOf(listShares())).toBe('OK');
    wind(1_000);
    expect(await codeOf(create('later'))).toBe('OK');
  });

  it('is written down with its outcome, without secrets', async () => {
    await listShares({ signatureAlgorithm: 'v2' });
    await codeOf(callProvider('ListResourceShares', { ResourceOwner: 'Nobody' }, optionsFor()));
    const [first, second] = stage.cloud.calls.find({ accountId: OWNER, product: 'ResourceSharing' });
    expect(first).toMatchObject({
      action: 'ListResourceShares',
      code: 'OK',
      status: 200,
      regionId: 'cn-hangzhou',
    });
    expect(second).toMatchObject({ code: 'InvalidParameter.ResourceOwner', status: 400 });
    expect(JSON.stringify(stage.cloud.calls.records)).not.toContain('Signature"');
  });

  it('other than GET or POST to "/" is not an API call', async () => {
    const put = await fetch(hangzhou(), { method: 'PUT' });
    expect(put.status).toBe(405);
    const elsewhere = await fetch(`${hangzhou()}/admin`);
    expect(elsewhere.status).toBe(404);
    const large = await fetch(hangzhou(), { method: 'POST', body: 'x'.repeat(1_100_000) });
    expect(large.status).toBe(413);
  });

  it('for XML is refused: this cloud speaks JSON', async () => {
    const xml = await fetch(`${hangzhou()}/?Action=ListResourceShares&Version=${SHARING}&Format=XML`);
    expect(((await xml.json()) as { Code: string }).Code).toBe('InvalidFormat');
  });
});

describe('other official clients', () => {
  it('pop-core calls by GET and by POST with the legacy signature', async () => {
    const client = new RPCClient({ ...keyOf(OWNER), endpoint: hangzhou(), apiVersion: SHARING });
    for (const method of ['GET', 'POST']) {
      const shares = await client.request('ListResourceShares', { ResourceOwner: 'Self' }, { method });
      expect(shares).toMatchObject({ ResourceShares: [] });
    }
    const wrong = new RPCClient({
      ...keyOf(OWNER),
      accessKeySecret: 'guessed',
      endpoint: hangzhou(),
      apiVersion: SHARING,
    });
    await expect(wrong.request('ListResourceShares', { ResourceOwner: 'Self' })).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  it('the typed ECS client reads regions', async () => {
    const config = new $OpenApiUtil.Config({
      ...keyOf(OWNER),
      endpoint: hangzhou().replace('http://', ''),
      protocol: 'HTTP',
      regionId: 'cn-hangzhou',
    });
    const answer = await new Ecs(config).describeRegions(new $ecs.DescribeRegionsRequest({}));
    expect(answer.body?.regions?.region?.map((region) => region.regionId)).toEqual([
      'cn-hangzhou',
      'cn-shanghai',
    ]);
  });
});

it('who a key belongs to is known to the other local servers, until it expires', () => {
  expect(stage.cloud.credential(keyOf(OWNER).accessKeyId)).toEqual({
    secret: `secret-${OWNER}`,
    accountId: OWNER,
  });
  const { accessKeyId, accessKeySecret, securityToken } = stage.cloud.roleCredentials(
    OWNER,
    'sharekeeper',
    900,
  );
  expect(stage.cloud.credential(accessKeyId)).toEqual({
    secret: accessKeySecret,
    securityToken,
    accountId: OWNER,
  });
  wind(900_000);
  expect(stage.cloud.credential(accessKeyId)).toBeUndefined();
  expect(stage.cloud.credential('LTAIunknown')).toBeUndefined();
});
