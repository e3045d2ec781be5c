import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_KEY, clientOf, createTable, startRunning, type Running } from './running';
import { refusal, type Params } from './sdk';
import { hmac, send, type RawAnswer, type RawRequest } from './signed-request';

let running: Running;
beforeAll(async () => {
  running = await startRunning({
    credential: (id) => {
      if (id === ACCESS_KEY.accessKeyId) return { secret: ACCESS_KEY.secretAccessKey };
      return id === 'STS.1' ? { secret: 'sts-secret', securityToken: 'the-token' } : undefined;
    },
  });
  await createTable(running.client, 'there', [{ name: 'id', type: 2 }]);
});
afterAll(() => running.stop());

const raw = (request: RawRequest): Promise<RawAnswer> => send(running.server.url, request);
const told = async (request: RawRequest): Promise<[number, string, string]> => {
  const { status, code, message } = await raw(request);
  return [status, code, message];
};
const list = (config: Params) => clientOf(running.server.url, config).listTable({});

describe('a request is refused', () => {
  it('when its signature was made with another secret, or covers another path', async () => {
    const mismatch = [403, 'OTSAuthFailed', 'Signature mismatch.'];
    expect(await told({ secret: 'wrong' })).toEqual(mismatch);
    expect(await told({ unsigned: { 'x-ots-signature': 'short' } })).toEqual(mismatch);
    expect(await refusal(list({ secretAccessKey: 'wrong' }))).toBe('OTSAuthFailed: Signature mismatch.');
  });

  it('when an x-ots header was added or changed on the way', async () => {
    const mismatch = [403, 'OTSAuthFailed', 'Signature mismatch.'];
    expect(await told({ unsigned: { 'x-ots-extra': 'added' } })).toEqual(mismatch);
    expect(await told({ unsigned: { 'x-ots-apiversion': '2014-08-08' } })).toEqual(mismatch);
  });

  it('when the key is unknown', async () => {
    expect(await refusal(list({ accessKeyId: 'nobody' }))).toBe(
      'OTSAuthFailed: The AccessKeyID does not exist.',
    );
  });

  it('when the instance is another one', async () => {
    expect(await refusal(list({ instancename: 'elsewhere' }))).toBe(
      'OTSAuthFailed: The instance is not found.',
    );
  });

  it('when its date is more than 15 minutes off, either way, or no date', async () => {
    for (const offMs of [16 * 60_000, -16 * 60_000]) {
      const date = new Date(Date.now() + offMs).toISOString();
      expect(await told({ headers: { 'x-ots-date': date } })).toEqual([
        403,
        'OTSAuthFailed',
        `Mismatch between system time and x-ots-date: ${date}.`,
      ]);
    }
    expect((await told({ headers: { 'x-ots-date': 'yesterday' } }))[1]).toBe('OTSAuthFailed');
    expect(
      (await raw({ headers: { 'x-ots-date': new Date(Date.now() + 14 * 60_000).toISOString() } })).status,
    ).toBe(200);
  });

  it('when its body is not the one that was summed', async () => {
    const md5 = createHash('md5').update('another body').digest('base64');
    expect((await told({ headers: { 'x-ots-contentmd5': md5 } })).slice(0, 2)).toEqual([
      403,
      'OTSAuthFailed',
    ]);
  });

  it('when a temporary key comes without its token, or with another', async () => {
    const sts = { accessKeyId: 'STS.1', secretAccessKey: 'sts-secret' };
    expect(await refusal(list(sts))).toContain('OTSAuthFailed');
    expect(await refusal(list({ ...sts, stsToken: 'another' }))).toContain('OTSAuthFailed');
    expect((await list({ ...sts, stsToken: 'the-token' })).tableNames).toEqual(['there']);
    expect(await refusal(list({ stsToken: 'the-token' }))).toContain('OTSAuthFailed');
  });

  it.each(['x-ots-date', 'x-ots-apiversion', 'x-ots-accesskeyid', 'x-ots-contentmd5', 'x-ots-instancename'])(
    'when %s is missing',
    async (name) => {
      expect(await told({ headers: { [name]: undefined } })).toEqual([
        400,
        'OTSParameterInvalid',
        `Missing header: ${name}`,
      ]);
    },
  );

  it('when it names no operation, or is no POST', async () => {
    expect(await told({ path: '/MakeCoffee' })).toEqual([
      400,
      'OTSParameterInvalid',
      'Unsupported operation: MakeCoffee',
    ]);
    expect((await told({ path: '/listTable' }))[1]).toBe('OTSParameterInvalid');
    expect((await told({ method: 'GET' })).slice(0, 2)).toEqual([405, 'OTSMethodNotAllowed']);
  });
});

describe('an answer', () => {
  const checked = ({ headers, body }: RawAnswer, path: string): void => {
    const ots = ['x-ots-contentmd5', 'x-ots-contenttype', 'x-ots-date', 'x-ots-requestid'];
    expect(
      Object.keys(headers)
        .filter((name) => name.startsWith('x-ots-'))
        .sort(),
    ).toEqual(ots);
    const lines = ots.map((name) => `${name}:${String(headers[name])}`);
    const signature = hmac(ACCESS_KEY.secretAccessKey, [...lines, path].join('\n'));
    expect(headers.authorization).toBe(`OTS ${ACCESS_KEY.accessKeyId}:${signature}`);
    expect(headers['x-ots-contentmd5']).toBe(createHash('md5').update(body).digest('base64'));
    expect(headers['x-ots-date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  };

  it('carries its own checksum and a signature that a client can check', async () => {
    const answer = await raw({});
    expect(answer.status).toBe(200);
    checked(answer, '/ListTable');
  });

  it('is signed also when it refuses what a known caller asked', async () => {
    const answer = await raw({ path: '/DescribeTable', body: Buffer.from([0x0a, 0x01, 0x78]) });
    expect([answer.status, answer.code]).toEqual([404, 'OTSObjectNotExist']);
    checked(answer, '/DescribeTable');
  });

  it('is not signed for a caller who is not known', async () => {
    expect((await raw({ secret: 'wrong' })).headers.authorization).toBeUndefined();
  });

  it('has the request id that the SDK hands on', async () => {
    const { RequestId } = (await running.client.listTable({})) as unknown as { RequestId: string };
    expect(RequestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});
