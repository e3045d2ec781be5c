import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { reconcileDirectory } from '../../../shared/flow/reconcile-directory';
import { openAggregates } from '../../../shared/tablestore/aggregates';
import { openLists } from '../../../shared/tablestore/lists';
import { HIGHEST, LOWEST, type Rows } from '../../../shared/tablestore/rows';
import { TABLES } from '../../../shared/tablestore/tables';
import { startTiny, TINY, type TinyCloud } from '../../shared/alicloud/tiny-cloud';
import { addBadThings, BAD, LEAVING_MEMBER, OTHER_DIRECTORY } from '../../shared/flow/bad-wishes';
import { openDoor, type Door } from './door';

let tiny: TinyCloud;
let door: Door;

beforeAll(async () => {
  tiny = await startTiny(addBadThings);
  const { cloud } = tiny;
  door = await openDoor({
    accountId: TINY.management,
    accountIds: [TINY.producer],
    credentials: cloud.roleCredentials(TINY.management, 'sharekeeper'),
    providerUrl: cloud.endpoints[TINY.regionId] ?? '',
  });
  const clock = { nowMs: () => Date.now() };
  await reconcileDirectory({
    aggregates: openAggregates(door.rows, clock),
    lists: openLists(door.rows),
    directory: directoryReader(tiny.client()),
    clock,
  });
}, 30_000);
afterAll(async () => {
  await door.stop();
  await tiny.cloud.close();
});

const { snapshots, images } = TINY;
const WRITES = /^(Create|Associate|Disassociate|Update|Delete|Modify|Enable|Accept|Reject|Tag|Untag)/;

function wish(resources: [string, string][], principals: string[]) {
  return {
    resources: resources.map(([resourceType, resourceId]) => ({
      resourceType,
      resourceId,
      regionId: TINY.regionId,
      ownerAccountId: TINY.producer,
    })),
    principals: principals.map((id) => ({ id })),
    reason: 'Nightly restore test of the billing database',
    endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  };
}

const GOOD = wish([['Snapshot', snapshots.plain]], [TINY.consumer]);

/** Each is wrong in a way of its own. */
const BATCH = wish(
  [
    ['Snapshot', 's-bp1nobodyhasthis01'],
    ['Snapshot', BAD.received],
    ['Snapshot', BAD.elsewhere],
    ['ROSTemplate', '5ecd1e10-b0e9-4389-a565-e4c15efc'],
    ['VSwitch', TINY.deploymentSet],
    ['Snapshot', snapshots.encryptedWithServiceKey],
    ['Snapshot', snapshots.ofImportedImage],
    ['Snapshot', BAD.marketplace],
    ['Snapshot', BAD.progressing],
    ['Snapshot', BAD.archived],
    ['Snapshot', BAD.full],
    ['Snapshot', snapshots.encryptedWithCmk],
    ['Image', images.encryptedWithServiceKey],
    ['Image', images.marketplace],
    ['Image', BAD.imageCreating],
    ['Image', BAD.imagePublic],
    ['Image', BAD.imageFull],
    ['Image', BAD.imageInParts],
    ['Image', BAD.imageByFolder],
  ],
  [TINY.consumer, TINY.producer, LEAVING_MEMBER, 'fd-nosuchfolder', OTHER_DIRECTORY, TINY.partner],
);

async function rowCounts(rows: Rows): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, primaryKey } of Object.values(TABLES)) {
    const { rows: found } = await rows.range({
      table: name,
      from: primaryKey.map(([column]) => [column, LOWEST]),
      to: primaryKey.map(([column]) => [column, HIGHEST]),
      limit: 1_000,
    });
    counts[name] = found.length;
  }
  return counts;
}

describe('asking for what the provider would refuse', () => {
  test('is refused with every reason at once, before anybody is asked to agree', async () => {
    const before = await rowCounts(door.rows);
    const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: BATCH });
    expect([status, json.code]).toEqual([422, 'preflight-refused']);
    const codes = new Set(json.errors.map(({ code }) => code));
    expect(codes.size).toBeGreaterThanOrEqual(20);
    expect(json.errors).toContainEqual({
      pointer: '/resources/9',
      code: 'snapshot-archived',
      message: 'The snapshot is in the archive, where it can be neither used nor shared.',
      fix: 'Share a snapshot of the standard category.',
      source: 'https://www.alibabacloud.com/help/en/ecs/user-guide/share-a-snapshot',
    });
    expect(json.errors.find(({ code }) => code === 'target-being-removed')?.pointer).toBe('/principals/2');
    expect(await rowCounts(door.rows)).toEqual(before);
    expect(tiny.cloud.calls.records.filter(({ action }) => WRITES.test(action))).toEqual([]);
  });
});

describe('a dry run', () => {
  test('tells all that preflight finds, and writes nothing, not even its key', async () => {
    const before = await rowCounts(door.rows);
    const tried = await door.call('POST', '/v1/requests', {
      as: 'Ren',
      body: GOOD,
      query: { dryRun: 'true' },
      headers: { 'Idempotency-Key': 'tried' },
    });
    expect(tried.status).toBe(200);
    expect(tried.json).toMatchObject({ outcome: 'clear' });
    expect(tried.json.reasons.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'inform snapshot-kept-and-billed',
      'inform receiver-cannot-roll-back',
      'inform receiver-cannot-make-image',
      'inform receiver-cannot-share-on',
      'inform receiver-cannot-reset-disks',
    ]);
    expect(await rowCounts(door.rows)).toEqual(before);
    expect(tiny.cloud.calls.records.filter(({ action }) => WRITES.test(action))).toEqual([]);
  });

  test('of what would be refused is no problem: it answers what it was asked', async () => {
    const query = { dryRun: 'true' };
    const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: BATCH, query });
    expect([status, json.outcome]).toEqual([200, 'refused']);
    expect(json.reasons.filter(({ blocks }) => blocks).length).toBeGreaterThanOrEqual(20);
  });

  test('does not stand in the way of the call itself with the same key', async () => {
    const headers = { 'Idempotency-Key': 'tried' };
    const made = await door.call('POST', '/v1/requests', { as: 'Ren', body: GOOD, headers });
    expect([made.status, made.json.status]).toEqual([201, 'pending']);
  });

  test.each([{ dryRun: 'yes' }, { dryrun: 'true' }])(
    'is asked for by ?dryRun=true, and not by %j',
    async (query) => {
      const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: GOOD, query });
      expect([status, json.errors[0]?.pointer]).toEqual([422, `?${Object.keys(query)[0]}`]);
    },
  );
});

describe('whoever decides', () => {
  test('sees what preflight found when it was asked', async () => {
    const body = wish([['Snapshot', snapshots.expiredAndShared]], [TINY.consumer]);
    const made = await door.call('POST', '/v1/requests', { as: 'Ren', body });
    const { json } = await door.call('GET', `/v1/requests/${made.json.requestId}`, { as: 'Ada' });
    expect(json.preflight.outcome).toBe('clear');
    expect(json.preflight.reasons[0]).toMatchObject({
      code: 'snapshot-retention-over',
      severity: 'warn',
      subjects: [{ pointer: '/resources/0', detail: '' }],
    });
  });
});

describe('a provider that cannot be reached', () => {
  test('leaves everything unknown, and people can ask all the same', async () => {
    tiny.cloud.faults.add({ fault: { kind: 'error', status: 403, code: 'NoPermission' } });
    const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: GOOD });
    expect(status).toBe(201);
    const archived = json.preflight.reasons.find(({ code }) => code === 'snapshot-archived');
    expect(archived).toMatchObject({ answer: 'unknown', blocks: false });
    expect(archived?.subjects[0]?.detail).toContain('NoPermission');
  });

  test('is refused where the policy lets unknown things block', async () => {
    const stands = await door.call('GET', '/v1/policy', { as: 'Olu' });
    const put = await door.call('PUT', '/v1/policy', {
      as: 'Olu',
      body: { ...stands.json.policy, unknownBlocks: true },
      headers: { 'If-Match': stands.headers.etag ?? '' },
    });
    expect(put.status).toBe(200);
    const { status, json } = await door.call('POST', '/v1/requests', { as: 'Ren', body: GOOD });
    expect([status, json.code]).toEqual([422, 'preflight-refused']);
    expect(json.errors[0]?.message).toMatch(/^Could not be checked: /);
  });
});
