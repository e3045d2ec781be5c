import { beforeEach, describe, expect, test } from 'vitest';
import { ecs } from '../../../local/cloud/ecs/product';
import { DAY_MS } from '../../../local/cloud/times';
import { TINY, tiny } from '../../../local/estates/tiny';
import type { World } from '../../../local/cloud/world';
import { ask, refusalOf } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const { regionId, snapshots } = TINY;
let world: World;

beforeEach(() => {
  world = tiny(NOW_MS).world;
});

interface Listed {
  Snapshots: { Snapshot: Record<string, unknown>[] };
  NextToken?: string;
  TotalCount: number;
}

function question(action: string, by: string, parameters: Record<string, string> = {}, nowMs = NOW_MS) {
  return {
    world,
    product: ecs,
    action,
    by,
    regionId,
    nowMs,
    parameters: { RegionId: regionId, ...parameters },
  };
}

function list(by: string, parameters: Record<string, string> = {}, nowMs = NOW_MS): Listed {
  return ask(question('DescribeSnapshots', by, parameters, nowMs)) as unknown as Listed;
}

function idsSeen(by: string, parameters: Record<string, string> = {}): unknown[] {
  return list(by, parameters).Snapshots.Snapshot.map(({ SnapshotId }) => SnapshotId);
}

function one(by: string, snapshotId: string): Record<string, unknown> | undefined {
  return list(by, { SnapshotIds: JSON.stringify([snapshotId]) }).Snapshots.Snapshot[0];
}

describe('DescribeSnapshots for the owner', () => {
  test('tells a snapshot in the words and types of the provider', () => {
    expect(one(TINY.producer, snapshots.plain)).toMatchObject({
      SnapshotId: 's-bp1tinyplain000001',
      CreationTime: '2026-11-16T08:00:00Z',
      RetentionDays: 30,
      Status: 'accomplished',
      Progress: '100%',
      SourceDiskSize: '40',
      FullSnapshotSizeInBytes: 10_737_418_240,
      Encrypted: false,
      Usage: 'none',
      Tags: { Tag: [] },
    });
    expect(one(TINY.producer, snapshots.behindImage)?.['Usage']).toBe('image');
  });

  test.each([
    ['absent', undefined],
    ['zero', 0],
    ['minus-one', -1],
  ])('tells the retention of a permanent snapshot as the switch has it: %s', (position, days) => {
    world.switches['permanent-retention'] = position;
    expect(one(TINY.producer, snapshots.permanent)?.['RetentionDays']).toBe(days);
  });

  test('shows nobody else what is not shared', () => {
    expect(idsSeen(TINY.consumer)).toEqual([]);
    expect(idsSeen(TINY.otherPartner)).toEqual([]);
  });

  test.each([
    ['Encrypted', { Encrypted: 'true' }, 4],
    ['KMSKeyId', { KMSKeyId: TINY.cmk }, 2],
    ['Usage', { Usage: 'image' }, 4],
    ['Status', { Status: 'failed' }, 0],
    ['SourceDiskType in any case', { SourceDiskType: 'System' }, 9],
    ['Category in any case', { Category: 'Standard' }, 9],
    ['creation time', { 'Filter.1.Key': 'CreationEndTime', 'Filter.1.Value': '2026-11-01T00:00Z' }, 1],
    ['tag', { 'Tag.1.Key': 'environment' }, 0],
  ])('filters by %s', (_, parameters, count) => {
    expect(idsSeen(TINY.producer, parameters)).toHaveLength(Math.min(10, count));
  });

  test.each([
    ['101 ids', { SnapshotIds: JSON.stringify(Array(101).fill('s-1')) }, '403 InvalidSnapshotIds.Malformed'],
    ['ids that are no list', { SnapshotIds: 's-1,s-2' }, '403 InvalidSnapshotIds.Malformed'],
    ['an unknown status', { Status: 'done' }, '404 InvalidStatus.NotFound'],
    ['an unknown category', { Category: 'cold' }, '403 InvalidSnapshotCategory.Malformed'],
    [
      'an unknown filter',
      { 'Filter.1.Key': 'Owner', 'Filter.1.Value': 'me' },
      '404 InvalidFilterKey.NotFound',
    ],
    [
      'seconds in a time',
      { 'Filter.1.Key': 'CreationStartTime', 'Filter.1.Value': '2026-11-01T00:00:00Z' },
      '404 InvalidFilterValue',
    ],
    ['more than 100 a page', { MaxResults: '101' }, '400 InvalidParameter.MaxResults'],
    ['another region', { RegionId: 'cn-nowhere' }, '404 InvalidRegionId.NotFound'],
    ['a dry run', { DryRun: 'true' }, '400 DryRunOperation'],
  ])('refuses %s with the code of the provider', (_, parameters, refusal) => {
    expect(refusalOf(question('DescribeSnapshots', TINY.producer, parameters))).toBe(refusal);
  });

  test('refuses a call for one region at the endpoint of another', () => {
    world.regions['cn-shanghai'] = {
      snapshots: {},
      images: {},
      deploymentSets: {},
      vSwitches: {},
      disks: {},
      instances: {},
      otherResources: {},
      keys: {},
    };
    const asked = { ...question('DescribeSnapshots', TINY.producer), regionId: 'cn-shanghai' };
    expect(refusalOf(asked)).toBe('404 InvalidOperation.NotSupportedEndpoint');
  });
});

describe('DescribeSnapshots for a receiver', () => {
  test.each([
    [
      'key',
      {
        TagKey: `acs:ecs:sharedFrom:${TINY.producer}:cn-hangzhou:${snapshots.expiredAndShared}`,
        TagValue: '',
      },
    ],
    [
      'key-and-value',
      {
        TagKey: 'acs:ecs:sharedFrom',
        TagValue: `${TINY.producer}:cn-hangzhou:${snapshots.expiredAndShared}`,
      },
    ],
  ])(
    'shows a received snapshot under another id, with the tag of its origin in the form: %s',
    (position, tag) => {
      world.switches['shared-from-tag'] = position;
      const [received, ...others] = list(TINY.partner).Snapshots.Snapshot;
      expect(others).toEqual([]);
      expect(received?.['SnapshotId']).toMatch(/^s-rcv[\da-f]{17}$/);
      expect(received).toMatchObject({ RetentionDays: 30, Tags: { Tag: [tag] } });
    },
  );

  test('keeps a permanent snapshot for 1,096 days on the side of the receiver', () => {
    const [share] = Object.values(world.shares);
    const [resource] = share?.associations ?? [];
    if (resource !== undefined) resource.entityId = snapshots.permanent;
    expect(list(TINY.partner).Snapshots.Snapshot[0]).toMatchObject({ RetentionDays: 1096 });
  });

  test('shows nothing while the invitation waits', () => {
    for (const { associations } of Object.values(world.shares)) {
      for (const association of associations) {
        if (association.associationType === 'Target') association.status = 'Associating';
      }
    }
    expect(idsSeen(TINY.partner)).toEqual([]);
  });
});

describe('expiry', () => {
  const unshare = () => {
    world.shares = {};
  };

  test('an expired snapshot stays as long as it is shared, and goes when it is not', () => {
    expect(one(TINY.producer, snapshots.expiredAndShared)).toBeDefined();
    unshare();
    expect(one(TINY.producer, snapshots.expiredAndShared)).toBeUndefined();
  });

  test('a snapshot goes at its creation plus its retention, not a millisecond before', () => {
    const expiryMs = Date.parse('2026-11-16T08:00:00Z') + 30 * DAY_MS;
    const ids = { SnapshotIds: JSON.stringify([snapshots.plain]) };
    expect(list(TINY.producer, ids, expiryMs - 1).Snapshots.Snapshot).toHaveLength(1);
    expect(list(TINY.producer, ids, expiryMs).Snapshots.Snapshot).toHaveLength(0);
  });
});

describe('DescribeSnapshotLinks and DescribeSnapshotsUsage', () => {
  test('tell the billed bytes of the owner, per chain and in all', () => {
    const region = world.regions[regionId];
    const second = region?.snapshots[snapshots.permanent];
    if (second !== undefined)
      Object.assign(second, { snapshotLinkId: 'sl-bp1tinyplain000001', incrementBytes: 5 });
    const links = ask(
      question('DescribeSnapshotLinks', TINY.producer, { SnapshotLinkIds: '["sl-bp1tinyplain000001"]' }),
    );
    expect(links).toMatchObject({
      SnapshotLinks: {
        SnapshotLink: [
          {
            SnapshotLinkId: 'sl-bp1tinyplain000001',
            TotalCount: 2,
            TotalSize: 10_737_418_245,
            SourceDiskSize: 40,
          },
        ],
      },
    });
    expect(ask(question('DescribeSnapshotsUsage', TINY.producer))).toEqual({
      SnapshotCount: 9,
      SnapshotSize: 85_899_345_925,
    });
    expect(ask(question('DescribeSnapshotsUsage', TINY.partner))).toEqual({
      SnapshotCount: 0,
      SnapshotSize: 0,
    });
  });

  test('read a page size out of bounds as the nearest bound', () => {
    const page = ask(question('DescribeSnapshotLinks', TINY.producer, { MaxResults: '1' }));
    expect(page).toMatchObject({ PageSize: 10 });
    expect(refusalOf(question('DescribeSnapshotLinks', TINY.producer, { MaxResults: '500' }))).toBe(
      'answered',
    );
  });
});

describe('DeleteSnapshot', () => {
  const remove = (snapshotId: string, by: string = TINY.producer) =>
    refusalOf(question('DeleteSnapshot', by, { SnapshotId: snapshotId }));

  test('deletes a snapshot of the caller', () => {
    expect(remove(snapshots.permanent)).toBe('answered');
    expect(one(TINY.producer, snapshots.permanent)).toBeUndefined();
  });

  test('refuses one that is shared, that an image is made of, or that is locked', () => {
    const locked = world.regions[regionId]?.snapshots[snapshots.plain];
    if (locked !== undefined) locked.locked = true;
    expect(remove(snapshots.expiredAndShared)).toBe('403 InvalidOperation.DeleteSharedSnapshotUnsupported');
    expect(remove(snapshots.behindImage)).toBe('403 SnapshotCreatedImage');
    expect(remove(snapshots.plain)).toBe('403 Operation.Conflict');
  });

  test('ignores an id that is not there or is of someone else, with success', () => {
    expect(remove('s-bp1nothere')).toBe('answered');
    expect(remove(snapshots.permanent, TINY.consumer)).toBe('answered');
    expect(one(TINY.producer, snapshots.permanent)).toBeDefined();
  });
});
