import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, SECOND_MS, stopTestCloud, type TestCloud, text, wind } from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { ESSD, type Receiving, RegionId, startReceiving, ZoneId } from './receiving-stage';
import { MEMBER, OTHER_PARTNER, OWNER, snapshot } from './share-stage';

let receiving: Receiving;
let stage: TestCloud;

beforeEach(async () => {
  receiving = await startReceiving();
  stage = receiving.stage;
});

afterEach(() => stopTestCloud(stage));

describe('a received snapshot', () => {
  test('has an id of its own, and the owner’s id is not there for the receiver', async () => {
    const { receivedId } = await receiving.receive('s-1');
    expect(receivedId).toMatch(/^s-rcv/);
    const fromSource = receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: 's-1', ...ESSD });
    expect(await codeOf(fromSource)).toBe('InvalidSnapshotId.NotFound');
    await receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    expect(await receiving.disksOf(MEMBER)).toMatchObject([
      { SourceSnapshotId: receivedId, Size: 40, Category: 'cloud', Encrypted: false, Status: 'Available' },
    ]);
    expect(await receiving.disksOf(OWNER)).toEqual([]);
  });

  test('is not to be shared on, extended, renamed or archived', async () => {
    const { receivedId: SnapshotId } = await receiving.receive('s-1');
    const shared = stage.call(MEMBER, 'CreateResourceShare', {
      ResourceShareName: 'again',
      Resources: snapshot(SnapshotId),
      Targets: [OWNER],
    });
    expect(await codeOf(shared)).toBe('InvalidParameter.Resources');
    const extended = receiving.ecs(MEMBER, 'ModifySnapshotAttribute', { SnapshotId, RetentionDays: 2_000 });
    expect(await codeOf(extended)).toBe('OperationDenied');
    wind(15 * DAY_MS);
    const archived = receiving.ecs(MEMBER, 'ModifySnapshotCategory', { SnapshotId, Category: 'Archive' });
    expect(await codeOf(archived)).toBe('OperationDenied');
  });

  test('is gone after unsharing, while disks and copies made from it stay', async () => {
    const { shareId, receivedId } = await receiving.receive('s-1');
    await receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    await receiving.copy(MEMBER, receivedId);
    await receiving.unshare(shareId);
    expect(await receiving.snapshotsOf(MEMBER)).toEqual([]);
    expect(await receiving.disksOf(MEMBER)).toHaveLength(1);
    expect(await receiving.snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([
      { SnapshotName: 'copied', SourceSnapshotId: receivedId, SourceRegionId: RegionId },
    ]);
    const late = receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    expect(await codeOf(late)).toBe('InvalidSnapshotId.NotFound');
  });
});

describe('a copy', () => {
  test('takes a minute, and is then the receiver’s own: it can be shared on', async () => {
    const { receivedId } = await receiving.receive('s-1');
    const copied = text(await receiving.copy(MEMBER, receivedId, { RetentionDays: 5 }), 'SnapshotId');
    expect(await receiving.snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([{ Status: 'progressing' }]);
    wind(60 * SECOND_MS);
    expect(await receiving.snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([
      { Status: 'accomplished', RetentionDays: 5, Tags: { Tag: [] } },
    ]);
    await stage.call(
      MEMBER,
      'CreateResourceShare',
      { ResourceShareName: 'on', Resources: snapshot(copied), Targets: [OWNER] },
      { regionId: 'cn-shanghai' },
    );
    wind(3 * SECOND_MS);
    expect(await receiving.snapshotsOf(OWNER, 'cn-shanghai')).toHaveLength(1);
  });

  test('in the same region without a new key is refused, and so is one to a region that is not there', async () => {
    expect(await codeOf(receiving.copy(OWNER, 's-1', { DestinationRegionId: RegionId }))).toBe(
      'InvalidOperation.NotSupportCopyInSameRegion',
    );
    expect(await codeOf(receiving.copy(OWNER, 's-1', { DestinationRegionId: 'eu-nowhere-1' }))).toBe(
      'InvalidRegionId.NotExists',
    );
    expect(await codeOf(receiving.copy(OTHER_PARTNER, 's-1'))).toBe('InvalidSnapshotId.NotFound');
  });
});

test('a disk is as large as its snapshot unless it is told to be larger, in a zone of its region', async () => {
  const disk = (parameters: object) =>
    codeOf(receiving.ecs(OWNER, 'CreateDisk', { ZoneId, SnapshotId: 's-1', ...parameters }));
  expect(await disk({ Size: 39 })).toBe('InvalidDiskSize.TooSmall');
  expect([await disk({}), await disk({ Size: 41 })]).toEqual(['OK', 'OK']);
  const sizes = (await receiving.disksOf(OWNER)).map((one) => Number(one['Size']));
  expect(sizes.toSorted((a, b) => a - b)).toEqual([40, 41]);
  expect(await disk({ ZoneId: 'cn-shanghai-b' })).toBe('InvalidZoneId.NotFound');
  expect(await disk({ SnapshotId: undefined })).toBe('MissingParameter');
  expect(await disk({ DiskCategory: 'floppy' })).toBe('InvalidDiskCategory.ValueNotSupported');
  expect(await disk({ DiskName: '1' })).toBe('InvalidDiskName.Malformed');
});

test('the same ClientToken again answers the same disk, and with other parameters is refused', async () => {
  const disk = (Size: number) => receiving.ecs(OWNER, 'CreateDisk', { ZoneId, Size, ClientToken: 'once' });
  const first = text(await disk(40), 'DiskId');
  expect(text(await disk(40), 'DiskId')).toBe(first);
  expect(await receiving.disksOf(OWNER)).toHaveLength(1);
  expect(await codeOf(disk(50))).toBe('IdempotentParameterMismatch');
});

test('an owner keeps a snapshot for longer, never for less, and archives it after 14 days unless it is shared', async () => {
  const { snapshots } = stage.cloud.world.regions[RegionId] ?? {};
  if (snapshots?.['s-2'] !== undefined) snapshots['s-2'].retentionDays = 30;
  const keep = (RetentionDays: number) =>
    codeOf(receiving.ecs(OWNER, 'ModifySnapshotAttribute', { SnapshotId: 's-2', RetentionDays }));
  expect([await keep(29), await keep(60)]).toEqual([
    'InvalidOperation.DecreaseRetentionDaysUnsupported',
    'OK',
  ]);
  const archive = (SnapshotId: string) =>
    codeOf(
      receiving.ecs(OWNER, 'ModifySnapshotCategory', { SnapshotId, Category: 'Archive', RetentionDays: 100 }),
    );
  expect(await archive('s-2')).toBe('OperationDenied');
  wind(10 * DAY_MS);
  expect(await archive('s-2')).toBe('OK');
  await receiving.receive('s-cmk');
  expect(await archive('s-cmk')).toBe('OperationDenied');
});
