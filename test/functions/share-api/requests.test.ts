import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDoor, OWN_ACCOUNT, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});
beforeEach(() => {
  door.woken.length = 0;
  door.wakesAnswer(202);
});

/** Within the 365 days that the policy lets access last. */
const ENDS_AT = new Date(Date.now() + 90 * 24 * 3_600_000).toISOString();

const wish = {
  resources: [
    { resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-bp1a2b3c4d5e6f7g8h9i' },
    {
      resourceType: 'Image',
      regionId: 'cn-shanghai',
      resourceId: 'm-uf6a2b3c4d5e6f7g8h9i',
      ownerAccountId: '1600000000000009',
    },
  ],
  principals: [{ id: '1600000000000002' }, { id: 'fd-Qa7bC2dE3f' }],
  reason: 'Nightly restore test of the billing database',
  endsAt: ENDS_AT,
};

async function asked(as = 'Ren'): Promise<string> {
  const { json } = await door.call('POST', '/v1/requests', { as, body: wish });
  return json.requestId;
}

describe('the main job', () => {
  test('a person asks, another one approves, and both see what is wanted now', async () => {
    const created = await door.call('POST', '/v1/requests', { as: 'Ren', body: wish });
    expect(created.status).toBe(201);
    expect(created.headers.location).toBe(`/v1/requests/${created.json.requestId}`);
    expect(created.json).toMatchObject({
      resources: [
        {
          ownerAccountId: OWN_ACCOUNT,
          regionId: 'cn-hangzhou',
          resourceType: 'Snapshot',
          resourceId: 's-bp1a2b3c4d5e6f7g8h9i',
        },
        { ownerAccountId: '1600000000000009', resourceId: 'm-uf6a2b3c4d5e6f7g8h9i' },
      ],
      principals: [
        { type: 'account', id: '1600000000000002' },
        { type: 'folder', id: 'fd-Qa7bC2dE3f' },
      ],
      reason: 'Nightly restore test of the billing database',
      startsAt: null,
      endsAt: ENDS_AT,
      requestedBy: { subject: `${door.issuer.url}|person-ren`, name: 'Ren Ito' },
      status: 'pending',
    });
    expect(created.json.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(created.json.requestedBy).not.toHaveProperty('roles');

    const at = `/v1/requests/${created.json.requestId}`;
    const body = { decision: 'approve', comment: 'Fine until the test is over' };
    const decided = await door.call('POST', `${at}/decision`, { as: 'Ada', body });
    expect(decided.status).toBe(200);
    expect(decided.json).toMatchObject({
      status: 'approved',
      decision: { by: { name: 'Ada Novak' }, comment: 'Fine until the test is over' },
    });

    const seen = await door.call('GET', at, { as: 'Ren' });
    expect(seen.json.status).toBe('approved');
    expect(seen.json.grants).toHaveLength(4);
    expect(seen.json.grants[0]).toEqual({
      resource: created.json.resources[0],
      principal: { type: 'account', id: '1600000000000002' },
      windows: [
        {
          requestId: created.json.requestId,
          startsAt: decided.json.decision.decidedAt,
          endsAt: ENDS_AT,
        },
      ],
      status: 'absent',
      since: decided.json.decision.decidedAt,
    });
    expect((await door.call('GET', at, { as: 'Ines' })).status).toBe(200);
  });

  test('a revoked request says by whom and why, and its windows have ended', async () => {
    const id = await asked();
    await door.call('POST', `/v1/requests/${id}/decision`, { as: 'Ada', body: { decision: 'approve' } });
    const revoked = await door.call('POST', `/v1/requests/${id}/revoke`, {
      as: 'Olu',
      body: { reason: 'The partner contract ended' },
    });
    expect(revoked.json).toMatchObject({
      status: 'revoked',
      revocation: { by: { name: 'Olu Adeyemi' }, reason: 'The partner contract ended' },
    });
    const { json } = await door.call('GET', `/v1/requests/${id}`, { as: 'Ren' });
    for (const { windows } of json.grants) {
      const its = windows.filter((window) => window.requestId === id);
      expect(its.map((window) => window.endsAt)).toEqual(its.map(() => revoked.json.revocation.revokedAt));
    }
  });

  test('a request that was withdrawn or denied can no longer be approved', async () => {
    const approval = { as: 'Ada', body: { decision: 'approve' } };
    const withdrawn = await asked();
    expect((await door.call('POST', `/v1/requests/${withdrawn}/withdraw`, { as: 'Ren' })).json).toMatchObject(
      {
        status: 'withdrawn',
      },
    );
    const late = await door.call('POST', `/v1/requests/${withdrawn}/decision`, approval);
    expect([late.status, late.json.code]).toEqual([409, 'wrong-state']);

    const denied = await asked();
    const no = { as: 'Ada', body: { decision: 'deny', comment: 'Share the image instead' } };
    expect((await door.call('POST', `/v1/requests/${denied}/decision`, no)).json.status).toBe('denied');
    expect((await door.call('POST', `/v1/requests/${denied}/decision`, approval)).status).toBe(409);
  });

  test('of ten decisions at once one counts, and the others are told what became of the request', async () => {
    const id = await asked();
    const decisions = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        door.call('POST', `/v1/requests/${id}/decision`, {
          as: at % 2 === 0 ? 'Ada' : 'Bo',
          body: { decision: at % 3 === 0 ? 'deny' : 'approve' },
        }),
      ),
    );
    expect(decisions.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array(9).fill(409),
    ]);
  });
});

describe('nobody may', () => {
  test('decide a request of their own, whatever roles they have', async () => {
    const id = await asked('Bo');
    const { status, json } = await door.call('POST', `/v1/requests/${id}/decision`, {
      as: 'Bo',
      body: { decision: 'approve' },
    });
    expect([status, json.code]).toEqual([403, 'own-request']);
    expect((await door.call('GET', `/v1/requests/${id}`, { as: 'Bo' })).json.status).toBe('pending');
  });

  test('see or withdraw the request of somebody else', async () => {
    const id = await asked('Ren');
    expect((await door.call('GET', `/v1/requests/${id}`, { as: 'Mei' })).status).toBe(404);
    const withdrawal = await door.call('POST', `/v1/requests/${id}/withdraw`, { as: 'Mei' });
    expect([403, 404]).toContain(withdrawal.status);
    const { json } = await door.call('GET', '/v1/requests', { as: 'Mei' });
    expect(json).toEqual({ requests: [], next: null });
  });

  const decision = { decision: 'approve' };
  const endpoint = { url: 'https://hooks.example.com/' };
  const refusals: [string, string, string, unknown][] = [
    ['Ada', 'POST', '/v1/requests', wish],
    ['Olu', 'POST', '/v1/requests', wish],
    ['Ines', 'POST', '/v1/requests', wish],
    ['Mei', 'POST', '/v1/requests/ID/decision', decision],
    ['Olu', 'POST', '/v1/requests/ID/decision', decision],
    ['Ines', 'POST', '/v1/requests/ID/decision', decision],
    ['Ada', 'POST', '/v1/requests/ID/withdraw', undefined],
    ['Ines', 'POST', '/v1/requests/ID/withdraw', undefined],
    ['Ines', 'POST', '/v1/requests/ID/revoke', { reason: 'because' }],
    ['Ren', 'GET', '/v1/grants', undefined],
    ['Ren', 'POST', '/v1/webhook-endpoints', endpoint],
    ['Ada', 'POST', '/v1/webhook-endpoints', endpoint],
    ['Ines', 'POST', '/v1/webhook-endpoints', endpoint],
    ['Ren', 'GET', '/v1/webhook-endpoints', undefined],
    ['Ada', 'GET', '/v1/webhook-endpoints', undefined],
    ['Ren', 'GET', '/v1/webhook-endpoints/whe-1/deliveries', undefined],
    ['Ada', 'GET', '/v1/deliveries', undefined],
  ];
  test.each(refusals)('%s may not %s %s', async (as, method, path, body) => {
    const id = path.includes('ID') ? await asked() : '';
    const { status, json } = await door.call(method, path.replace('ID', id), { as, body });
    expect([status, json.code]).toEqual([403, 'role-needed']);
  });
});

describe('a list of requests', () => {
  test('goes from page to page, newest first, without a gap', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) ids.unshift(await asked('Mei'));
    const seen: string[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (let pages = 1; pages <= 3; pages++) {
      const { json } = await door.call('GET', '/v1/requests', { as: 'Mei', query });
      seen.push(...json.requests.map((request) => request.requestId));
      if (json.next === null) break;
      query = { limit: '2', after: json.next };
    }
    expect(seen).toEqual(ids);
  });
});

test("somebody else's request looks like none at all to a requester, whatever they try with it", async () => {
  const id = await asked();
  const tries = await Promise.all([
    door.call('GET', `/v1/requests/${id}`, { as: 'Mei' }),
    door.call('POST', `/v1/requests/${id}/withdraw`, { as: 'Mei' }),
    door.call('POST', `/v1/requests/${id}/revoke`, { as: 'Mei', body: { reason: 'because' } }),
  ]);
  expect(tries.map(({ status, json }) => `${status} ${json.code}`)).toEqual([
    '404 not-found',
    '404 not-found',
    '404 not-found',
  ]);
});

describe('whoever has something to do is started at once', () => {
  test('the dispatcher after every change, the poller after a decision that changes access', async () => {
    const id = await asked();
    expect(door.woken.splice(0)).toEqual(['webhook-dispatcher']);
    await door.call('GET', `/v1/requests/${id}`, { as: 'Ren' });
    expect(door.woken.splice(0)).toEqual([]);
    await door.call('POST', `/v1/requests/${id}/decision`, { as: 'Ada', body: { decision: 'approve' } });
    expect(door.woken.splice(0).toSorted()).toEqual(['invitation-poller', 'webhook-dispatcher']);
    await door.call('POST', `/v1/requests/${id}/revoke`, { as: 'Ada', body: { reason: 'over' } });
    expect(door.woken.splice(0).toSorted()).toEqual(['invitation-poller', 'webhook-dispatcher']);
    await door.call('POST', `/v1/requests/${id}/decision`, { as: 'Ada', body: { decision: 'deny' } });
    expect(door.woken.splice(0)).toEqual([]);
  });

  test('and when that fails, the call itself does not', async () => {
    door.wakesAnswer(500);
    door.lines.length = 0;
    const { status } = await door.call('POST', '/v1/requests', { as: 'Ren', body: wish });
    expect(status).toBe(201);
    expect(door.lines.filter((line) => line.includes('share-api.wake_lost'))).toHaveLength(1);
  });
});
