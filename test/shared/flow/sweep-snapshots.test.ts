import { afterEach, describe, expect, test } from 'vitest';
import { addHandMadeShare } from '../../../local/estates/shares';
import { snapshot } from '../../../local/estates/resources';
import type { World } from '../../../local/cloud/world';
import { snapshotReader } from '../../../shared/alicloud/snapshot-reader';
import { PRICE_TABLE } from '../../../shared/domain/findings/prices';
import type { Person } from '../../../shared/domain/sharing/person';
import type { Place } from '../../../shared/domain/sharing/resource';
import { listFindings, listSweeps } from '../../../shared/flow/look-findings';
import type { Leases, SnapshotReader } from '../../../shared/flow/ports';
import { sweepSnapshots } from '../../../shared/flow/sweep-snapshots';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { startInstallation, type Installation } from './installation';

const DAY_MS = 86_400_000;
const GIB = 1_073_741_824;
const AUDITOR: Person = { subject: 'issuer|ada', name: 'Ada', roles: ['auditor'], groups: [] };
const EXPIRED = TINY.snapshots.expiredAndShared;
const FINDING = `expired-shared-snapshot/${PLACE.ownerAccountId}/cn-hangzhou/Snapshot/${EXPIRED}`;

let house: Installation;
afterEach(() => house.close());

async function start(change?: (world: World, nowMs: number) => void): Promise<void> {
  house = await startInstallation(change);
}

interface SweepOptions {
  snapshots?: SnapshotReader;
  leases?: Leases;
  timeLeft?: () => number;
  places?: Place[];
}

function sweep(options: SweepOptions = {}) {
  const { aggregates, lists, clock } = house;
  const { snapshots = snapshotReader(house.client), leases = house.leases } = options;
  const { timeLeft = () => 60_000, places = [PLACE] } = options;
  return sweepSnapshots(
    { aggregates, lists, leases, snapshots, clock },
    places,
    { table: PRICE_TABLE, currency: 'USD' },
    timeLeft,
  );
}

async function findings() {
  const answer = await listFindings(house, AUDITOR, { limit: 100 });
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value.findings;
}

async function reports() {
  const answer = await listSweeps(house, AUDITOR, { limit: 100 });
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value.sweeps;
}

function share(world: World, shareId: string, ...snapshotIds: string[]): void {
  addHandMadeShare(world, {
    resourceShareId: shareId,
    resourceShareName: shareId,
    ownerId: TINY.producer,
    regionId: TINY.regionId,
    createMs: house?.clock.nowMs() ?? Date.now(),
    resources: snapshotIds.map((id) => ({ type: 'Snapshot' as const, id })),
    principals: [TINY.partner],
  });
}

/** The owner takes the expired snapshot out of its share, and the provider gets time to do it. */
function unshare(): void {
  house.cloud.act({
    act: 'call',
    accountId: TINY.producer,
    product: 'ResourceSharing',
    action: 'DisassociateResourceShare',
    regionId: TINY.regionId,
    parameters: {
      ResourceShareId: TINY.handMadeShare,
      'Resources.1.ResourceType': 'Snapshot',
      'Resources.1.ResourceId': EXPIRED,
    },
  });
  house.clock.wind(60_000);
}

function refuse(action: string, skip = 0): number {
  return house.cloud.faults.add({
    action,
    skip,
    fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
  });
}

/** More snapshots than a page holds, none of them shared; the expired one comes after them. */
function manyOthers(world: World, nowMs: number): void {
  const snapshots = world.regions[TINY.regionId]?.snapshots ?? {};
  for (let at = 0; at < 250; at++) {
    const snapshotId = `s-bp1other${String(at).padStart(4, '0')}`;
    snapshots[snapshotId] = snapshot({
      snapshotId,
      ownerId: TINY.producer,
      creationMs: nowMs - at * 1_000,
      retentionDays: 30,
    });
  }
}

describe('a sweep', () => {
  test('finds what is expired and shared; not what is expired alone, nor what is shared alone', async () => {
    await start((world, nowMs) => {
      const snapshots = world.regions[TINY.regionId]?.snapshots ?? {};
      snapshots['s-bp1expiredalone001'] = snapshot({
        snapshotId: 's-bp1expiredalone001',
        ownerId: TINY.producer,
        creationMs: nowMs - 39 * DAY_MS,
        retentionDays: 30,
        // Or the provider would have released it.
        locked: true,
      });
      share(world, 'rs-lively01', TINY.snapshots.plain, TINY.snapshots.permanent);
    });
    expect(await sweep()).toMatchObject({ places: 1, complete: 1, expiredShared: 1, opened: 1 });
    const found = await findings();
    expect(found.map((finding) => finding.findingId)).toEqual([FINDING]);
    expect(found[0]).toMatchObject({
      rule: 'expired-shared-snapshot',
      state: { is: 'open' },
      resource: { ...PLACE, resourceType: 'Snapshot', resourceId: EXPIRED },
    });
    expect(await house.events(`finding/${FINDING}`)).toMatchObject([{ type: 'finding.opened', number: 1 }]);
  });

  test('prices the range from the chain, the full size and the disk', async () => {
    await start((world, nowMs) => {
      const region = world.regions[TINY.regionId];
      const expired = region?.snapshots[EXPIRED];
      if (region === undefined || expired === undefined) throw new Error('the tiny estate has one expired');
      Object.assign(expired, {
        sourceDiskSizeGiB: 500,
        fullSizeBytes: 200 * GIB,
        incrementBytes: 30 * GIB,
        sourceDiskId: 'd-chain',
        snapshotLinkId: 'sl-chain',
      });
      for (let at = 0; at < 9; at++) {
        const snapshotId = `s-bp1chain${at}`;
        region.snapshots[snapshotId] = {
          ...expired,
          snapshotId,
          creationMs: nowMs - DAY_MS,
          retentionDays: null,
        };
      }
    });
    await sweep();
    const [finding] = await findings();
    expect(finding?.cost).toMatchObject({ currency: 'USD', low: 0, exact: false });
    expect(finding?.cost?.likely).toBeCloseTo(0.519, 9);
    expect(finding?.cost?.high).toBeCloseTo(3.46, 9);
    expect(finding?.title).toContain('about 0.52 USD a month (0 to 3.46)');
  });

  test('done twice in a row tells nothing new', async () => {
    await start();
    await sweep();
    const [first] = await findings();
    house.clock.wind(1_000);
    expect(await sweep()).toMatchObject({ opened: 0, changed: 0, resolved: 0, expiredShared: 1 });
    const [second] = await findings();
    expect(second?.lastSeenMs).toBeGreaterThan(first?.lastSeenMs ?? Infinity);
    expect({ ...second, lastSeenMs: 0 }).toEqual({ ...first, lastSeenMs: 0 });
    expect(await house.events(`finding/${FINDING}`)).toHaveLength(1);
  });

  test('tells when an open finding costs something else than before', async () => {
    await start();
    await sweep();
    const expired = house.cloud.world.regions[TINY.regionId]?.snapshots[EXPIRED];
    if (expired !== undefined) expired.incrementBytes += 5 * GIB;
    expect(await sweep()).toMatchObject({ opened: 0, changed: 1 });
    const types = (await house.events(`finding/${FINDING}`)).map((event) => event.type);
    expect(types).toEqual(['finding.opened', 'finding.changed']);
  });

  test('resolves a finding when the snapshot is no longer shared', async () => {
    await start();
    await sweep();
    unshare();
    expect(await sweep()).toMatchObject({ complete: 1, opened: 0, resolved: 1 });
    expect(await findings()).toMatchObject([{ findingId: FINDING, state: { is: 'resolved' } }]);
    expect(await sweep()).toMatchObject({ complete: 1, resolved: 0 });
    const types = (await house.events(`finding/${FINDING}`)).map((event) => event.type);
    expect(types).toEqual(['finding.opened', 'finding.resolved']);
  });

  test('resolves a finding when the retention was extended', async () => {
    await start();
    await sweep();
    const expired = house.cloud.world.regions[TINY.regionId]?.snapshots[EXPIRED];
    if (expired !== undefined) expired.retentionDays = 400;
    expect(await sweep()).toMatchObject({ complete: 1, expiredShared: 0, resolved: 1 });
  });

  test('asks for no page beyond the last shared snapshot', async () => {
    await start((world, nowMs) => {
      manyOthers(world, nowMs);
      const expired = world.regions[TINY.regionId]?.snapshots[EXPIRED];
      if (expired !== undefined) Object.assign(expired, { creationMs: nowMs - 50_000, retentionDays: null });
    });
    await sweep();
    expect(house.calls('DescribeSnapshots')).toBe(1);
    expect((await reports())[0]).toMatchObject({ completeness: { is: 'complete' }, snapshotsRead: 100 });
  });

  test('asks for no page at all when nothing is shared', async () => {
    await start(manyOthers);
    unshare();
    await sweep();
    expect(house.calls('DescribeSnapshots')).toBe(0);
    expect((await reports())[0]).toMatchObject({ completeness: { is: 'complete' }, sharedSnapshots: 0 });
  });

  test('writes a report of each place, in which what was not looked at is said', async () => {
    await start();
    const elsewhere = { ownerAccountId: TINY.partner, regionId: TINY.regionId };
    expect(await sweep({ places: [PLACE, elsewhere] })).toMatchObject({
      places: 2,
      complete: 1,
      incomplete: [{ place: `${TINY.partner}/cn-hangzhou` }],
    });
    expect(await reports()).toMatchObject([
      {
        ownerAccountId: TINY.producer,
        completeness: { is: 'complete' },
        sharedSnapshots: 1,
        expiredShared: 1,
        findings: { opened: 1, changed: 0, resolved: 0 },
      },
      {
        ownerAccountId: TINY.partner,
        completeness: { is: 'incomplete', why: expect.stringContaining('cannot be reached') },
      },
    ]);
  });

  test.each(['zero', 'minus-one', 'absent'])(
    'leaves a permanent snapshot alone when its retention reads %s',
    async (position) => {
      await start((world) => {
        world.switches['permanent-retention'] = position;
        share(world, 'rs-forever1', TINY.snapshots.permanent);
      });
      expect(await sweep()).toMatchObject({ complete: 1, expiredShared: 1 });
      expect(await findings()).toHaveLength(1);
    },
  );
});

describe('what could not be read is unknown, never clean', () => {
  test.each([
    ['ListSharedResources', 0],
    ['DescribeSnapshots', 0],
    ['DescribeSnapshots', 1],
    ['DescribeSnapshotLinks', 0],
  ])('a lost answer to %s (after %i) is named, and closes no finding', async (action, skip) => {
    await start(manyOthers);
    await sweep();
    // Another finding that a blind sweep would take for resolved: its share is gone.
    share(house.cloud.world, 'rs-second01', TINY.snapshots.plain);
    const plain = house.cloud.world.regions[TINY.regionId]?.snapshots[TINY.snapshots.plain];
    if (plain !== undefined) Object.assign(plain, { retentionDays: 1 });
    await sweep();
    expect((await findings()).map((finding) => finding.state.is)).toEqual(['open', 'open']);
    unshare();

    const fault = refuse(action, skip);
    expect(await sweep()).toMatchObject({
      complete: 0,
      incomplete: [{ place: `${TINY.producer}/cn-hangzhou`, why: expect.stringMatching(/./) }],
      resolved: 0,
      changed: 0,
    });
    expect((await findings()).map((finding) => finding.state.is)).toEqual(['open', 'open']);
    expect((await reports())[0]?.completeness).toMatchObject({ is: 'incomplete' });

    house.cloud.faults.remove(fault);
    expect(await sweep()).toMatchObject({ complete: 1, incomplete: [], resolved: 1 });
  });

  test('a snapshot is told even when its chain could not be read', async () => {
    await start();
    refuse('DescribeSnapshotLinks');
    expect(await sweep()).toMatchObject({ complete: 0, opened: 1 });
    expect(await findings()).toMatchObject([{ cost: { likely: null }, evidence: { chain: null } }]);
  });

  test('a shared snapshot that is not among those listed is reported, and its finding stays open', async () => {
    await start();
    await sweep();
    const { [EXPIRED]: _hidden, ...listed } = house.cloud.world.regions[TINY.regionId]?.snapshots ?? {};
    const region = house.cloud.world.regions[TINY.regionId];
    if (region !== undefined) region.snapshots = listed;
    expect(await sweep()).toMatchObject({ complete: 1, resolved: 0 });
    expect((await reports())[0]?.sharedNotListed).toEqual({ count: 1, snapshotIds: [EXPIRED] });
    expect(await findings()).toMatchObject([{ state: { is: 'open' } }]);
  });

  test('a run that has no time left says so, and leaves findings as they are', async () => {
    await start(manyOthers);
    await sweep();
    unshare();
    expect(await sweep({ timeLeft: () => 4_000 })).toMatchObject({
      complete: 0,
      incomplete: [{ why: 'The time ran out before it began' }],
    });
    expect(await findings()).toMatchObject([{ state: { is: 'open' } }]);
  });

  test('a run whose time ends before its findings are written says so', async () => {
    await start();
    let left = 60_000;
    const reader = snapshotReader(house.client);
    const slow: SnapshotReader = {
      ...reader,
      async chains(place, diskIds) {
        left = 1_000;
        return reader.chains(place, diskIds);
      },
    };
    expect(await sweep({ snapshots: slow, timeLeft: () => left })).toMatchObject({
      opened: 0,
      incomplete: [{ why: 'The time ran out before every finding was written' }],
    });
    expect(await findings()).toEqual([]);
    expect(await sweep()).toMatchObject({ complete: 1, opened: 1 });
  });

  test('a run whose time ends between two pages says how far it came', async () => {
    await start(manyOthers);
    let left = 60_000;
    const reader = snapshotReader(house.client);
    const slow: SnapshotReader = {
      ...reader,
      async *snapshots(place) {
        for await (const page of reader.snapshots(place)) {
          left = 1_000;
          yield page;
        }
      },
    };
    expect(await sweep({ snapshots: slow, timeLeft: () => left })).toMatchObject({
      incomplete: [{ why: 'The time ran out after 100 snapshots' }],
    });
    expect(house.calls('DescribeSnapshots')).toBe(1);
  });
});

/** A lease that ran out while its holder was still at work keeps nobody out. */
const LAPSED_LEASES: Leases = {
  holding: async (_name, _ttlMs, work) => ({ is: 'done', value: await work() }),
};

describe('two sweeps of a place at once', () => {
  test('are kept apart by a lease: one works, the other leaves it alone', async () => {
    await start();
    const both = await Promise.all([sweep(), sweep()]);
    expect(both[0].held + both[1].held).toBe(1);
    expect(await house.events(`finding/${FINDING}`)).toHaveLength(1);
  });

  test('open a finding once, even when the lease fails them', async () => {
    await start();
    const both = await Promise.all([sweep({ leases: LAPSED_LEASES }), sweep({ leases: LAPSED_LEASES })]);
    expect(both[0].opened + both[1].opened).toBe(1);
    expect(await house.events(`finding/${FINDING}`)).toHaveLength(1);
  });

  test('do not resolve what the later one saw', async () => {
    await start();
    const reader = snapshotReader(house.client);
    const early: SnapshotReader = {
      ...reader,
      async sharedSnapshotIds() {
        house.clock.wind(1_000);
        await sweep({ leases: LAPSED_LEASES });
        return new Set();
      },
    };
    expect(await sweep({ snapshots: early, leases: LAPSED_LEASES })).toMatchObject({
      complete: 1,
      resolved: 0,
    });
    expect(await findings()).toMatchObject([{ state: { is: 'open' } }]);
  });
});

test('somebody without a role sees no finding and no report', async () => {
  await start();
  const nobody: Person = { subject: 'issuer|eve', name: 'Eve', roles: [], groups: [] };
  expect(await listFindings(house, nobody, { limit: 10 })).toMatchObject({
    ok: false,
    refusal: { reason: 'role-needed' },
  });
  expect(await listSweeps(house, nobody, { limit: 10 })).toMatchObject({ ok: false });
});
