import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../../shared/tablestore/rows';
import { HIGHEST, LOWEST } from '../../../shared/tablestore/rows';
import { openDoor, type Asked, type Door, type Said } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

const wish = {
  resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-bp1a2b3c4d5e6f7g8h9i' }],
  principals: [{ id: '1600000000000002' }],
  reason: 'Nightly restore test of the billing database',
};

function keyed(key: string, asked: Asked): Asked {
  return { ...asked, headers: { ...asked.headers, 'Idempotency-Key': key } };
}

async function asks(key: string, as = 'Ren', body: unknown = wish): Promise<Said> {
  return await door.call('POST', '/v1/requests', keyed(key, { as, body }));
}

async function requestsOf(as: string): Promise<string[]> {
  const { json } = await door.call('GET', '/v1/requests', { as, query: { limit: '100' } });
  return json.requests.map(({ requestId }) => requestId);
}

async function keptCalls(): Promise<Row[]> {
  const { rows } = await door.rows.range({
    table: 'idempotency',
    from: [['scope', LOWEST]],
    to: [['scope', HIGHEST]],
    limit: 1_000,
  });
  return rows;
}

/** Makes the record of a key look as a process leaves it that died after the work and before the answer. */
async function forgetAnswer(key: string, sinceMs: number): Promise<void> {
  for (const row of await keptCalls()) {
    const call = JSON.parse(String(row.columns.call)) as { key: string };
    if (call.key !== key) continue;
    const columns = { call: JSON.stringify({ ...call, state: { is: 'in-flight', sinceMs } }) };
    await door.rows.update('idempotency', Object.entries(row.key), columns, { row: 'must-exist' });
  }
}

describe('a call that is sent again with its key', () => {
  test('is answered as the first time, and makes nothing more', async () => {
    const first = await asks('once-1');
    const again = await asks('once-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      location: `/v1/requests/${first.json.requestId}`,
      etag: first.headers.etag,
    });
    expect(await requestsOf('Ren')).toEqual([first.json.requestId]);
  });

  test('is the same call however its JSON is written, and another one for another person or path', async () => {
    const { principals, reason, resources } = wish;
    const first = await asks('once-2', 'Ren');
    const reordered = await asks('once-2', 'Ren', { reason: ` ${reason}`, principals, resources });
    expect(reordered.json.requestId).toBe(first.json.requestId);
    const others = await asks('once-2', 'Mei');
    expect(others.headers['idempotency-replayed']).toBeUndefined();
    expect(others.json.requestId).not.toBe(first.json.requestId);
    const path = `/v1/requests/${first.json.requestId}/withdraw`;
    const withdrawn = await door.call('POST', path, keyed('once-2', { as: 'Ren' }));
    expect([withdrawn.status, withdrawn.json.status]).toEqual([200, 'withdrawn']);
  });

  test('with another body is refused', async () => {
    await asks('once-3');
    const other = await asks('once-3', 'Ren', { ...wish, reason: 'Something else altogether' });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused']);
  });

  test('is judged anew after a refusal, and may then have a corrected body', async () => {
    const wrong = await asks('once-4', 'Ren', { ...wish, endsAt: '2020-01-01T00:00:00Z' });
    expect([wrong.status, wrong.json.code]).toEqual([422, 'invalid']);
    expect((await asks('once-4')).status).toBe(201);
  });

  test('gives back the same secret of a webhook endpoint, and makes no second one', async () => {
    const asked = keyed('once-5', { as: 'Olu', body: { url: 'https://hooks.example.com/a' } });
    const first = await door.call('POST', '/v1/webhook-endpoints', asked);
    const again = await door.call('POST', '/v1/webhook-endpoints', asked);
    expect(again.json).toEqual(first.json);
    await forgetAnswer('once-5', 0);
    const repeated = await door.call('POST', '/v1/webhook-endpoints', asked);
    expect(repeated.json).toEqual(first.json);
    const { json } = await door.call('GET', '/v1/webhook-endpoints', { as: 'Olu' });
    expect(json.endpoints).toHaveLength(1);
  });

  test.each(['', 'two words', 'x'.repeat(256), 'schlüssel'])(
    'must have a key in form, and not "%s"',
    async (key) => {
      const { status, json } = await asks(key);
      expect([status, json.errors]).toMatchObject([
        422,
        [{ pointer: 'Idempotency-Key:', code: 'wrong-format' }],
      ]);
    },
  );
});

test('of twenty at once with one key one makes a request, and the others are told so or to wait', async () => {
  const before = await requestsOf('Bo');
  const said = await Promise.all(Array.from({ length: 20 }, () => asks('crowd', 'Bo')));
  const made = (await requestsOf('Bo')).filter((id) => !before.includes(id));
  expect(made).toHaveLength(1);
  const first = said.filter(({ status, headers }) => status === 201 && !('idempotency-replayed' in headers));
  expect(first).toHaveLength(1);
  for (const { status, headers, json } of said) {
    if (status === 201) expect(json.requestId).toBe(made[0]);
    else expect([status, json.code, headers['retry-after']]).toEqual([409, 'idempotency-in-flight', '1']);
  }
  expect((await asks('crowd', 'Bo')).json.requestId).toBe(made[0]);
});

describe('a process that dies', () => {
  test('between the work and its answer leaves a call that is taken over after a minute', async () => {
    const first = await asks('dead-1', 'Mei');
    await forgetAnswer('dead-1', Date.now() - 59_000);
    const waits = await asks('dead-1', 'Mei');
    expect([waits.status, waits.json.code]).toEqual([409, 'idempotency-in-flight']);
    await forgetAnswer('dead-1', Date.now() - 60_000);
    const again = await asks('dead-1', 'Mei');
    expect([again.status, again.json]).toEqual([201, first.json]);
    expect(again.headers['idempotency-replayed']).toBeUndefined();
    expect((await asks('dead-1', 'Mei')).headers['idempotency-replayed']).toBe('true');
    expect((await requestsOf('Mei')).filter((id) => id === first.json.requestId)).toHaveLength(1);
  });

  test.each([
    ['decision', 'Ada', { decision: 'approve', comment: 'Fine' }, 'approved'],
    ['revoke', 'Ada', { reason: 'The test is over' }, 'revoked'],
    ['withdraw', 'Mei', undefined, 'withdrawn'],
  ] as const)('after a %s does not make it twice', async (change, as, body, status) => {
    const { json } = await asks(`dead-${change}`, 'Mei');
    const path = `/v1/requests/${json.requestId}`;
    if (change === 'revoke')
      await door.call('POST', `${path}/decision`, { as, body: { decision: 'approve' } });
    const asked = keyed(`change-${change}`, { as, body });
    const first = await door.call('POST', `${path}/${change}`, asked);
    expect([first.status, first.json.status]).toEqual([200, status]);
    await forgetAnswer(`change-${change}`, 0);
    const again = await door.call('POST', `${path}/${change}`, asked);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(again.headers.etag).toBe(first.headers.etag);
  });
});

test('a key is forgotten after a day, and a call with it is then a new one', async () => {
  const first = await asks('old', 'Ren');
  for (const row of await keptCalls()) {
    const call = JSON.parse(String(row.columns.call)) as { key: string; firstMs: number };
    if (call.key !== 'old') continue;
    const columns = { call: JSON.stringify({ ...call, firstMs: call.firstMs - 86_400_000 }) };
    await door.rows.update('idempotency', Object.entries(row.key), columns, { row: 'must-exist' });
  }
  const later = await asks('old', 'Ren', { ...wish, reason: 'Another test altogether' });
  expect(later.status).toBe(201);
  expect(later.json.requestId).not.toBe(first.json.requestId);
});
