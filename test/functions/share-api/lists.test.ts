import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../../shared/domain/findings/finding';
import type { SweepReport } from '../../../shared/domain/findings/sweep';
import { chain } from '../../../shared/domain/audit/event';
import { ALL_FINDINGS, ALL_SWEEPS, byTime } from '../../../shared/flow/finding-streams';
import { openAggregates } from '../../../shared/tablestore/aggregates';
import { openDeliveryQueue } from '../../../shared/tablestore/delivery-queue';
import { openDoor, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

const resource = {
  ownerAccountId: '1600000000000001',
  regionId: 'cn-hangzhou',
  resourceType: 'Snapshot',
  resourceId: 's-1',
} as const;

test('grants are listed for those who watch over them, resource by resource', async () => {
  const body = {
    resources: [
      { resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-1' },
      { resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-2' },
      { resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-3' },
    ],
    principals: [{ id: '1600000000000002' }, { id: '1600000000000003' }],
    reason: 'Nightly restore test',
  };
  const { json } = await door.call('POST', '/v1/requests', { as: 'Ren', body });
  const decision = { as: 'Ada', body: { decision: 'approve' } };
  await door.call('POST', `/v1/requests/${json.requestId}/decision`, decision);

  const first = await door.call('GET', '/v1/grants', { as: 'Ines', query: { limit: '2' } });
  expect(first.json.grants).toHaveLength(4);
  const second = await door.call('GET', '/v1/grants', {
    as: 'Ines',
    query: { limit: '2', after: first.json.next ?? '' },
  });
  expect(second.json.next).toBeNull();
  const pairs = [...first.json.grants, ...second.json.grants].map(
    (grant) => `${grant.resource.resourceId} ${grant.principal.id} ${grant.status}`,
  );
  expect(pairs.toSorted()).toEqual([
    's-1 1600000000000002 absent',
    's-1 1600000000000003 absent',
    's-2 1600000000000002 absent',
    's-2 1600000000000003 absent',
    's-3 1600000000000002 absent',
    's-3 1600000000000003 absent',
  ]);
});

test('findings and sweeps show what was found, when, and whether everything was looked at', async () => {
  const aggregates = openAggregates(door.rows, { nowMs: () => Date.now() });
  const finding: Finding = {
    findingId: 'fnd-1',
    rule: 'expired-shared-snapshot',
    severity: 'medium',
    resource,
    title: 'Snapshot s-1 has expired and is still shared and billed',
    advice: 'Take the share back, then delete the snapshot.',
    cost: null,
    evidence: { sizeGiB: 40 },
    firstSeenMs: 1_796_083_200_000,
    lastSeenMs: 1_796_169_600_000,
    state: { is: 'resolved', atMs: 1_796_169_600_000 },
  };
  const sweep: SweepReport = {
    sweep: 'shared-snapshots',
    ownerAccountId: '1600000000000001',
    regionId: 'cn-hangzhou',
    startedMs: 1_796_083_200_000,
    endedMs: 1_796_083_201_000,
    completeness: { is: 'incomplete', why: 'Page 3 of DescribeSnapshots was throttled' },
    snapshotsRead: 200,
    sharedSnapshots: 3,
    expiredShared: 1,
    findings: { opened: 1, changed: 0, resolved: 0 },
    sharedNotListed: { count: 0, snapshotIds: [] },
  };
  const at = byTime(1_796_083_200_000);
  await aggregates.save('finding', 'fnd-1', null, {
    doc: finding,
    events: [],
    lists: [{ list: ALL_FINDINGS, sort: at }],
  });
  await aggregates.save('sweep', 'sweep-1', null, {
    doc: sweep,
    events: [],
    lists: [{ list: ALL_SWEEPS, sort: at }],
  });

  const findings = await door.call('GET', '/v1/findings', { as: 'Ren' });
  const { firstSeenMs: _first, lastSeenMs: _last, state: _state, ...told } = finding;
  expect(findings.json).toEqual({
    findings: [
      {
        ...told,
        firstSeenAt: '2026-12-01T00:00:00.000Z',
        lastSeenAt: '2026-12-02T00:00:00.000Z',
        status: 'resolved',
        resolvedAt: '2026-12-02T00:00:00.000Z',
      },
    ],
    next: null,
  });
  const sweeps = await door.call('GET', '/v1/sweeps', { as: 'Olu' });
  expect(sweeps.json.sweeps[0]).toMatchObject({
    startedAt: '2026-12-01T00:00:00.000Z',
    endedAt: '2026-12-01T00:00:01.000Z',
    completeness: 'incomplete',
    incompleteBecause: 'Page 3 of DescribeSnapshots was throttled',
    snapshotsRead: 200,
  });
});

describe('webhook endpoints', () => {
  async function added(url: string): Promise<{ endpointId: string; secret: string }> {
    const body = { url, description: 'Ticket system', types: ['request.created'] };
    const { status, headers, json } = await door.call('POST', '/v1/webhook-endpoints', { as: 'Olu', body });
    expect(status).toBe(201);
    expect(headers.location).toBe(`/v1/webhook-endpoints/${json.endpointId}`);
    return json;
  }

  test('show their secret once, when they are made', async () => {
    const { endpointId, secret } = await added('https://hooks.example.com/a');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32,}=*$/);
    const listed = await door.call('GET', '/v1/webhook-endpoints', { as: 'Ines' });
    const its = listed.json.endpoints.find((one) => one.endpointId === endpointId);
    expect(its).toEqual({
      endpointId,
      url: 'https://hooks.example.com/a',
      description: 'Ticket system',
      types: ['request.created'],
      enabled: true,
      createdAt: expect.stringMatching(/^2\d{3}-.*Z$/),
    });
    expect(JSON.stringify(listed.json)).not.toContain(secret);
    expect(door.lines.join('\n')).not.toContain(secret);
  });

  test('are refused with everything that is wrong with them', async () => {
    const { status, json } = await door.call('POST', '/v1/webhook-endpoints', {
      as: 'Olu',
      body: {
        url: 'https://100.100.100.200/latest/meta-data',
        types: ['request.created', 'request.exploded'],
      },
    });
    expect(status).toBe(422);
    expect(json.errors.map((error) => error.pointer)).toEqual(['/url', '/types/1']);
  });

  test('have a log of deliveries each, and one together, newest first', async () => {
    const one = await added('https://hooks.example.com/one');
    const two = await added('https://hooks.example.com/two');
    const queue = openDeliveryQueue(door.rows);
    const by = { kind: 'function', name: 'test' } as const;
    const [event] = chain(
      'request/req-1',
      { number: 0, hash: '' },
      [{ type: 'request.created', by, data: {} }],
      1,
    );
    if (event === undefined) throw new Error('There is no event');
    const attempt = (endpointId: string, atMs: number, attempts: number) =>
      queue.attempted(
        { endpointId, event, attempts, nextAttemptMs: 0 },
        {
          atMs,
          latencyMs: 12,
          outcome: { is: 'failed', status: 500, why: 'answered 500', nextAttemptMs: atMs + 5_000 },
        },
      );
    await attempt(one.endpointId, 1_796_083_200_000, 0);
    await attempt(two.endpointId, 1_796_083_201_000, 0);
    await attempt(one.endpointId, 1_796_083_202_000, 1);

    const its = await door.call('GET', `/v1/webhook-endpoints/${one.endpointId}/deliveries`, { as: 'Olu' });
    expect(its.json.deliveries.map((delivery) => delivery.attemptedAt)).toEqual([
      '2026-12-01T00:00:02.000Z',
      '2026-12-01T00:00:00.000Z',
    ]);
    expect(its.json.deliveries[0]).toMatchObject({
      eventType: 'request.created',
      status: 'failed',
      responseStatus: 500,
      nextAttemptAt: '2026-12-01T00:00:07.000Z',
    });
    const all = await door.call('GET', '/v1/deliveries', { as: 'Ines', query: { limit: '2' } });
    expect(all.json.deliveries.map((delivery) => delivery.endpointId)).toEqual([
      one.endpointId,
      two.endpointId,
    ]);
    const unknown = await door.call('GET', '/v1/webhook-endpoints/whe-none/deliveries', { as: 'Olu' });
    expect([unknown.status, unknown.json.code]).toEqual([404, 'not-found']);
  });
});

/** The last test takes the store away. */
describe('health', () => {
  test('is told to anybody, and HEAD is answered without a body', async () => {
    expect(await door.call('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'alive' } });
    expect(await door.call('GET', '/readyz')).toMatchObject({ status: 200, json: { status: 'ready' } });
    expect(await door.call('HEAD', '/healthz')).toMatchObject({ status: 200, json: undefined });
  });

  test('is alive but not ready, and every call a 503 with a time to wait, while the store is away', async () => {
    await door.tablestore.close();
    expect((await door.call('GET', '/healthz')).status).toBe(200);
    const ready = await door.call('GET', '/readyz');
    const listed = await door.call('GET', '/v1/requests', { as: 'Ren' });
    for (const { status, headers, json } of [ready, listed]) {
      expect([status, json.code, headers['retry-after']]).toEqual([503, 'store-unreachable', '5']);
    }
  });
});
