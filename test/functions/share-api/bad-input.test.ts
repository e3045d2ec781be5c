import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

const good = {
  resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-1' }],
  principals: [{ id: '1600000000000002' }],
  reason: 'Nightly restore test',
};

test('a wrong request is told everything at once, first in its form and then in its meaning', async () => {
  const form = await door.call('POST', '/v1/requests', {
    as: 'Ren',
    body: {
      resources: [{ resourceType: 'Disk', regionId: 'cn-hangzhou' }],
      principals: [{ id: 'x' }],
      more: 1,
    },
  });
  expect(form.status).toBe(422);
  expect(form.headers['content-type']).toBe('application/problem+json');
  expect(form.json).toMatchObject({
    type: 'urn:sharekeeper:problem:invalid',
    status: 422,
    code: 'invalid',
    detail: '5 things are wrong with what was sent.',
  });
  expect(form.json.instance).toMatch(/^1-[0-9a-f-]{36}$/);
  expect(form.json.errors.map((error) => error.pointer).toSorted()).toEqual([
    '/more',
    '/principals/0/id',
    '/reason',
    '/resources/0/resourceId',
    '/resources/0/resourceType',
  ]);

  const meaning = await door.call('POST', '/v1/requests', {
    as: 'Ren',
    body: {
      ...good,
      resources: [
        { resourceType: 'Snapshot', regionId: 'eu-central-1', resourceId: 's-1' },
        {
          resourceType: 'Snapshot',
          regionId: 'cn-hangzhou',
          resourceId: 's-2',
          ownerAccountId: '9999999999999999',
        },
      ],
      startsAt: '2020-01-01T00:00:00Z',
      endsAt: '2019-01-01T00:00:00Z',
    },
  });
  expect(meaning.json.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/resources/0/regionId', 'region-not-managed'],
    ['/resources/1/ownerAccountId', 'account-not-managed'],
    ['/startsAt', 'in-the-past'],
    ['/endsAt', 'end-before-start'],
  ]);
});

test('a body that arrives as base64 is read like any other', async () => {
  const raw = Buffer.from(JSON.stringify({ ...good, reason: '每晚恢复测试，账单数据库' }));
  const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', raw });
  expect([status, json.reason]).toEqual([201, '每晚恢复测试，账单数据库']);
});

describe('an address', () => {
  test.each([
    '/',
    '/v1',
    '/v2/requests',
    '/v1/requests/',
    '/v1/requests/a/b',
    '//v1/requests',
    '/%2e%2e/x',
    '/%zz',
  ])('that is unknown, such as %s, is a 404 problem', async (path) => {
    const { status, json } = await door.call('GET', path, { as: 'Ren' });
    expect([status, json.code]).toEqual([404, 'unknown-path']);
  });

  test.each([
    ['PUT', '/v1/requests', 'POST, GET, HEAD'],
    ['DELETE', '/v1/requests/req-1', 'GET, HEAD'],
    ['GET', '/v1/requests/req-1/decision', 'POST'],
    ['OPTIONS', '/healthz', 'GET, HEAD'],
    ['PATCH', '/v1/findings', 'GET, HEAD'],
  ])('does not take %s at %s and says what it takes', async (method, path, allow) => {
    const { status, headers, json } = await door.call(method, path, { as: 'Ren' });
    expect([status, json.code, headers.allow]).toEqual([405, 'unknown-method', allow]);
  });

  test.each([
    'req-1',
    'x'.repeat(3_000),
    '%00',
    '..%2f..%2frequests',
    "'%20or%201=1",
    '%F0%9F%99%82',
    '%ff',
    '__proto__',
  ])('of a request that does not exist, such as %.20s, is a 404 problem', async (id) => {
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['POST', '/decision', { decision: 'approve' }],
      ['POST', '/revoke', { reason: 'because' }],
      ['POST', '/withdraw', undefined],
    ] as const) {
      const as = rest === '/withdraw' ? 'Ren' : 'Ada';
      const { status, json } = await door.call(method, `/v1/requests/${id}${rest}`, { as, body });
      expect([status, json.code]).toEqual([404, 'not-found']);
    }
  });
});

test.each([{ limit: '0' }, { limit: 'all' }, { after: 'x' }, { after: 'bnVsbA' }, { page: '2' }])(
  'a list refuses the query %j',
  async (query) => {
    for (const path of ['/v1/requests', '/v1/grants', '/v1/findings', '/v1/sweeps']) {
      const { status, json } = await door.call('GET', path, { as: 'Ada', query });
      expect([path, status, json.code]).toEqual([path, 422, 'invalid']);
      expect(json.errors[0]?.pointer).toBe(`?${Object.keys(query)[0]}`);
    }
  },
);

test('a place of one list, made up to point anywhere, leads nowhere else', async () => {
  await door.call('POST', '/v1/requests', { as: 'Ren', body: good });
  const after = Buffer.from(JSON.stringify(['\uffff', '\uffff'])).toString('base64url');
  const { status, json } = await door.call('GET', '/v1/requests', { as: 'Mei', query: { after } });
  expect([status, json]).toEqual([200, { requests: [], next: null }]);
});

/** A generator of junk that is the same each time, so that a failure can be looked at again. */
function junk(seed: number): { raw: string | Buffer; type: string } {
  const pick = <T>(choices: readonly T[]): T => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return choices[Math.floor((seed / 2_147_483_648) * choices.length)] as T;
  };
  const value = (depth: number): unknown =>
    pick<() => unknown>([
      () => null,
      () => -1e308,
      () => '\ud800',
      () => '\u0000'.repeat(pick([1, 100])),
      () => 'x'.repeat(pick([0, 10, 5_000])),
      () => true,
      () => [],
      () => Array.from({ length: pick([1, 60, 200]) }, () => pick([null, {}, { id: 'x' }, 's-1'])),
      () => (depth > 4 ? 7 : { [pick(['__proto__', 'id', '', 'a/b', '$where'])]: value(depth + 1) }),
      () => (depth > 4 ? 7 : [value(depth + 1), value(depth + 1)]),
    ])();
  const body = () => {
    const made: Record<string, unknown> = {};
    for (const key of [
      'resources',
      'principals',
      'reason',
      'startsAt',
      'endsAt',
      'decision',
      'url',
      'constructor',
    ])
      if (pick([true, false])) made[key] = value(0);
    return JSON.stringify(made);
  };
  const raw = pick<() => string | Buffer>([
    body,
    body,
    () => JSON.stringify(value(0)),
    () => body().slice(0, pick([1, 5, 20])),
    () => Buffer.from(Buffer.from(body()).map((byte, at) => (at % 7 === 0 ? byte ^ 0x80 : byte))),
    () => Buffer.concat([Buffer.from('{"reason":"'), randomBytes(40), Buffer.from('"}')]),
    () => '['.repeat(pick([50, 50_000])),
    () => '{"a":'.repeat(50_000),
    () => '{"__proto__":{"roles":["approver"]},"reason":"xxxxxxxxxxxx"}',
    () => '9'.repeat(1_000),
    () => `{"reason":"${'x'.repeat(300_000)}"}`,
    () => '\u0000',
  ])();
  return {
    raw,
    type: pick(['application/json', 'application/json', 'application/json', 'text/plain', 'a/b;c']),
  };
}

test('two hundred junk bodies are 4xx problems with a reason, and leave nothing behind', async () => {
  const before = await door.call('GET', '/v1/requests', { as: 'Ines', query: { limit: '100' } });
  const targets = [
    ['Ren', '/v1/requests'],
    ['Ada', '/v1/requests/req-1/decision'],
    ['Ada', '/v1/requests/req-1/revoke'],
    ['Olu', '/v1/webhook-endpoints'],
  ] as const;
  for (let seed = 1; seed <= 200; seed++) {
    const { raw, type } = junk(seed);
    const [as, path] = targets[seed % 4] ?? targets[0];
    const { status, json } = await door.call('POST', path, { as, raw, headers: { 'Content-Type': type } });
    expect([400, 413, 415, 422], `seed ${seed}: ${JSON.stringify(json)}`).toContain(status);
    expect(json).toMatchObject({ status, code: expect.any(String), nextStep: expect.any(String) });
  }
  expect(({} as Record<string, unknown>).roles).toBeUndefined();
  const after = await door.call('GET', '/v1/requests', { as: 'Ines', query: { limit: '100' } });
  expect(after.json).toEqual(before.json);
});

test('two hundred junk events are 4xx problems as well', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const { raw } = junk(seed);
    const { statusCode, headers } = await door.send(Buffer.from(raw));
    expect(statusCode, `seed ${seed}`).toBeGreaterThanOrEqual(400);
    expect(statusCode, `seed ${seed}`).toBeLessThan(500);
    expect(headers['content-type']).toBe('application/problem+json');
  }
});
