import { beforeEach, describe, expect, test } from 'vitest';
import { ecs } from '../../../local/cloud/ecs/product';
import type { World } from '../../../local/cloud/world';
import { northwind } from '../../../local/estates/northwind';
import { ask } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const regionId = 'cn-hangzhou';
let world: World;

interface Listed {
  Snapshots: { Snapshot: Record<string, unknown>[] };
  NextToken?: string;
  TotalCount: number;
}

function list(by: string, parameters: Record<string, string> = {}): Listed {
  const question = { world, product: ecs, action: 'DescribeSnapshots', by, regionId, nowMs: NOW_MS };
  return ask({ ...question, parameters: { RegionId: regionId, ...parameters } }) as unknown as Listed;
}

describe('paging DescribeSnapshots', () => {
  beforeEach(() => {
    world = northwind(3, NOW_MS).world;
  });

  /** Whoever has the most snapshots here. */
  const owner = () => {
    const counts = new Map<string, number>();
    for (const { ownerId } of Object.values(world.regions[regionId]?.snapshots ?? {})) {
      counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1);
    }
    return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  };

  function allByToken(by: string, pageSize: number, betweenPages: () => void = () => {}): unknown[] {
    const seen: unknown[] = [];
    let token: string | undefined;
    do {
      const page = list(by, { MaxResults: String(pageSize), ...(token ? { NextToken: token } : {}) });
      seen.push(...page.Snapshots.Snapshot.map(({ SnapshotId }) => SnapshotId));
      token = page.NextToken || undefined;
      betweenPages();
    } while (token !== undefined);
    return seen;
  }

  test.each(['absent', 'empty'])(
    'by token tells each snapshot once, the newest first, and ends (last token %s)',
    (position) => {
      world.switches['last-page-token'] = position;
      const own = Object.values(world.regions[regionId]?.snapshots ?? {}).filter(
        ({ ownerId }) => ownerId === owner(),
      );
      const newestFirst = own
        .toSorted((a, b) => b.creationMs - a.creationMs)
        .map(({ snapshotId }) => snapshotId);
      expect(allByToken(owner(), 7)).toEqual(newestFirst);
      expect(newestFirst.length).toBeGreaterThan(20);
    },
  );

  test('by token loses none when the snapshot at the page border is deleted in between', () => {
    const by = owner();
    const all = allByToken(by, 100);
    let deleted: string | undefined;
    const seen = allByToken(by, 5, () => {
      if (deleted !== undefined) return;
      deleted = String(all[4]);
      delete world.regions[regionId]?.snapshots[deleted];
    });
    expect(seen).toEqual(all);
  });

  test('takes ten when nothing is asked, and offers more', () => {
    const page = list(owner());
    expect(page.Snapshots.Snapshot).toHaveLength(10);
    expect(page.NextToken).toEqual(expect.any(String));
  });

  test('by token makes TotalCount worthless, and by number gives no token', () => {
    expect(list(owner(), { MaxResults: '5' }).TotalCount).toBe(0);
    const byNumber = list(owner(), { PageNumber: '2', PageSize: '5' });
    expect(byNumber.TotalCount).toBeGreaterThan(20);
    expect(byNumber.NextToken).toBeUndefined();
    expect(byNumber.Snapshots.Snapshot.map((item) => item['SnapshotId'])).toEqual(
      allByToken(owner(), 5).slice(5, 10),
    );
  });
});
