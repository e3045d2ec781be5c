import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { snapshot } from '../../../local/estates/resources';
import type { SnapshotFacts } from '../../../shared/flow/ports';
import { snapshotReader } from '../../../shared/alicloud/snapshot-reader';
import { PLACE, startTiny, TINY, type TinyCloud } from './tiny-cloud';

const DAY_MS = 86_400_000;
const GIB = 1_073_741_824;

let tiny: TinyCloud | undefined;
afterEach(() => tiny?.cloud.close());

async function start(change?: (world: World, nowMs: number) => void) {
  tiny = await startTiny(change);
  return snapshotReader(tiny.client());
}

async function pages(of: AsyncIterable<SnapshotFacts[]>): Promise<SnapshotFacts[][]> {
  const all: SnapshotFacts[][] = [];
  for await (const page of of) all.push(page);
  return all;
}

function addMany(world: World, nowMs: number, count: number): void {
  const snapshots = world.regions[TINY.regionId]?.snapshots ?? {};
  for (let n = 0; n < count; n++) {
    const snapshotId = `s-many${String(n).padStart(4, '0')}`;
    snapshots[snapshotId] = snapshot({ snapshotId, ownerId: TINY.producer, creationMs: nowMs - n * 1000 });
  }
}

describe('reading snapshots', () => {
  it('tells which ones the account shares out', async () => {
    const reader = await start();
    expect(await reader.sharedSnapshotIds(PLACE)).toEqual(new Set([TINY.snapshots.expiredAndShared]));
  });

  it('tells what matters of each', async () => {
    const reader = await start();
    const [first = []] = await pages(reader.snapshots(PLACE));
    const nowMs = tiny?.clock.nowMs() ?? 0;
    const expired = first.find((one) => one.snapshotId === TINY.snapshots.expiredAndShared);
    expect(expired).toEqual({
      snapshotId: 's-bp1tinyexpired0001',
      snapshotName: 'snapshot-bp1tinyexpired0001',
      creationMs: expect.any(Number),
      retentionDays: 30,
      sourceDiskId: 'd-bp1tinyexpired0001',
      sourceDiskSizeGiB: 40,
      fullSizeBytes: 10 * GIB,
      category: 'standard',
      snapshotLinkId: 'sl-bp1tinyexpired0001',
    });
    expect(Math.round((nowMs - (expired?.creationMs ?? 0)) / DAY_MS)).toBe(40);
  });

  it.each(['absent', 'zero', 'minus-one'])(
    'takes a retention that is %s for one without end',
    async (position) => {
      const reader = await start((world) => {
        world.switches['permanent-retention'] = position;
      });
      const found = (await pages(reader.snapshots(PLACE))).flat();
      const retention = (id: string) => found.find((one) => one.snapshotId === id)?.retentionDays;
      expect(retention(TINY.snapshots.permanent)).toBeNull();
      expect(retention(TINY.snapshots.plain)).toBe(30);
    },
  );

  it.each(['absent', 'empty'])(
    'comes page by page, to the end, when the last token is %s',
    async (position) => {
      const reader = await start((world, nowMs) => {
        world.switches['last-page-token'] = position;
        addMany(world, nowMs, 241);
      });
      const all = await pages(reader.snapshots(PLACE));
      expect(all.map((page) => page.length)).toEqual([100, 100, 50]);
      expect(new Set(all.flat().map((one) => one.snapshotId)).size).toBe(250);
    },
  );

  it('asks for chains a hundred disks at a time, each disk once', async () => {
    const reader = await start((world, nowMs) => addMany(world, nowMs, 150));
    const diskIds = Array.from({ length: 150 }, (_, n) => `d-many${String(n).padStart(4, '0')}`);
    const chains = await reader.chains(PLACE, [...diskIds, ...diskIds]);
    expect(chains.size).toBe(150);
    expect(chains.get('sl-many0007')).toEqual({
      snapshotLinkId: 'sl-many0007',
      sourceDiskId: 'd-many0007',
      totalBytes: 10 * GIB,
      snapshotCount: 1,
    });
    expect(tiny?.calls('DescribeSnapshotLinks')).toBe(2);
  });

  it('asks for no chain at all when there is no disk', async () => {
    const reader = await start();
    expect(await reader.chains(PLACE, [])).toEqual(new Map());
    expect(tiny?.calls('DescribeSnapshotLinks')).toBe(0);
  });

  it('ends with an error, not with fewer snapshots, when a later page cannot be read', async () => {
    const reader = await start((world, nowMs) => addMany(world, nowMs, 150));
    tiny?.cloud.faults.add({
      action: 'DescribeSnapshots',
      skip: 1,
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    await expect(pages(reader.snapshots(PLACE))).rejects.toMatchObject({
      kind: 'refused',
      code: 'Forbidden.RAM',
    });
  });
});
