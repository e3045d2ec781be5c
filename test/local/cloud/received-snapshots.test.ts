import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Body,
  DAY_MS,
  part,
  rows,
  SECOND_MS,
  startTestCloud,
  stopTestCloud,
  type TestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { addKey, addKeyRole, addSnapshot } from '../../kit/world';
import {
  DIRECTORY,
  makeShare,
  MEMBER,
  OTHER_PARTNER,
  OWNER,
  PARTNER,
  shareWorld,
  snapshot,
} from './share-stage';

const ECS = { version: '2014-05-26' };
const RegionId = 'cn-hangzhou';
const ZoneId = 'cn-hangzhou-b';
const ESSD = { DiskCategory: 'cloud_essd' };

let stage: TestCloud;

beforeEach(async () => {
  const world = shareWorld();
  const cmk = { encrypted: true, kmsKeyId: 'key-owner' };
  addKey(world, RegionId, OWNER, 'key-owner');
  addKey(world, RegionId, MEMBER, 'key-member');
  addKey(world, 'cn-shanghai', MEMBER, 'key-shanghai');
  addKeyRole(world, OWNER, [MEMBER]);
  addSnapshot(world, RegionId, OWNER, 's-cmk', cmk);
  stage = await startTestCloud(world);
});

afterEach(() => stopTestCloud(stage));

const ecs = (by: string, action: string, parameters: object = {}): Promise<Body> =>
  stage.call(by, action, { RegionId, ...parameters }, ECS);

/** Shares a snapshot of the owner with the directory's member, and tells the id that the member has it by. */
async function receive(snapshotId: string): Promise<{ shareId: string; receivedId: string }> {
  const shareId = await makeShare(stage, { Resources: snapshot(snapshotId), Targets: [MEMBER] });
  wind(3 * SECOND_MS);
  const [received] = await snapshotsOf(MEMBER);
  return { shareId, receivedId: text(received ?? {}, 'SnapshotId') };
}

async function unshare(shareId: string): Promise<void> {
  await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId: shareId });
  wind(5 * SECOND_MS);
}

async function snapshotsOf(accountId: string, regionId = RegionId): Promise<Body[]> {
  const listed = await stage.call(
    accountId,
    'DescribeSnapshots',
    { RegionId: regionId },
    { ...ECS, regionId },
  );
  return rows(part(listed, 'Snapshots'), 'Snapshot');
}

async function disksOf(accountId: string): Promise<Body[]> {
  return rows(part(await ecs(accountId, 'DescribeDisks'), 'Disks'), 'Disk');
}

function copy(by: string, SnapshotId: string, parameters: object = {}): Promise<Body> {
  return ecs(by, 'CopySnapshot', {
    SnapshotId,
    DestinationRegionId: 'cn-shanghai',
    DestinationSnapshotName: 'copied',
    DestinationSnapshotDescription: 'for keeps',
    ...parameters,
  });
}

describe('a received snapshot', () => {
  test('has an id of its own, and the owner’s id is not there for the receiver', async () => {
    const { receivedId } = await receive('s-1');
    expect(receivedId).toMatch(/^s-rcv/);
    const fromSource = ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: 's-1', ...ESSD });
    expect(await codeOf(fromSource)).toBe('InvalidSnapshotId.NotFound');
    await ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    expect(await disksOf(MEMBER)).toMatchObject([
      { SourceSnapshotId: receivedId, Size: 40, Category: 'cloud', Encrypted: false, Status: 'Available' },
    ]);
    expect(await disksOf(OWNER)).toEqual([]);
  });

  test('is not to be shared on, extended, renamed or archived', async () => {
    const { receivedId: SnapshotId } = await receive('s-1');
    const shared = stage.call(MEMBER, 'CreateResourceShare', {
      ResourceShareName: 'again',
      Resources: snapshot(SnapshotId),
      Targets: [OWNER],
    });
    expect(await codeOf(shared)).toBe('InvalidParameter.Resources');
    const extended = ecs(MEMBER, 'ModifySnapshotAttribute', { SnapshotId, RetentionDays: 2_000 });
    expect(await codeOf(extended)).toBe('OperationDenied');
    wind(15 * DAY_MS);
    const archived = ecs(MEMBER, 'ModifySnapshotCategory', { SnapshotId, Category: 'Archive' });
    expect(await codeOf(archived)).toBe('OperationDenied');
  });

  test('is gone after unsharing, while disks and copies made from it stay', async () => {
    const { shareId, receivedId } = await receive('s-1');
    await ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    await copy(MEMBER, receivedId);
    await unshare(shareId);
    expect(await snapshotsOf(MEMBER)).toEqual([]);
    expect(await disksOf(MEMBER)).toHaveLength(1);
    expect(await snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([
      { SnapshotName: 'copied', SourceSnapshotId: receivedId, SourceRegionId: RegionId },
    ]);
    const late = ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId: receivedId });
    expect(await codeOf(late)).toBe('InvalidSnapshotId.NotFound');
  });
});

describe('an encrypted received snapshot', () => {
  test('becomes a disk only under a key of the receiver, and only as an ESSD, AutoPL or ESSD Entry disk', async () => {
    const { receivedId: SnapshotId } = await receive('s-cmk');
    const disk = (parameters: object): Promise<string> =>
      codeOf(ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId, ...parameters }));
    expect(await disk(ESSD)).toBe('InvalidParam.EncryptedMismatch');
    expect(await disk({ ...ESSD, Encrypted: true, KMSKeyId: 'key-owner' })).toBe(
      'InvalidParam.EncryptedMismatch',
    );
    expect(await disk({ ...ESSD, Encrypted: true, KMSKeyId: 'key-nobody' })).toBe(
      'InvalidParameter.KMSKeyId.NotFound',
    );
    expect(await disk({ ...ESSD, KMSKeyId: 'key-member' })).toBe('InvalidEncrypted.NotMatchKmsKeyId');
    const changed = { Encrypted: true, KMSKeyId: 'key-member' };
    expect(await disk(changed)).toBe('NotSupportSnapshotEncrypted.DiskCategory');
    expect(await disk({ ...changed, DiskCategory: 'cloud_ssd' })).toBe(
      'NotSupportSnapshotEncrypted.DiskCategory',
    );
    for (const DiskCategory of ['cloud_essd', 'cloud_auto', 'cloud_essd_entry']) {
      expect(await disk({ ...changed, DiskCategory })).toBe('OK');
    }
    expect(await disk({ ...ESSD, Encrypted: true })).toBe('OK');
    const keys = (await disksOf(MEMBER)).map((one) => text(one, 'KMSKeyId')).toSorted();
    expect(keys).toEqual(['key-member', 'key-member', 'key-member', 'service-cn-hangzhou']);
  });

  test('can be read only while the owner’s role trusts the receiver', async () => {
    const { receivedId: SnapshotId } = await receive('s-cmk');
    const changed = { ZoneId, SnapshotId, ...ESSD, Encrypted: true };
    addKeyRole(stage.cloud.world, OWNER, [PARTNER]);
    expect(await codeOf(ecs(MEMBER, 'CreateDisk', changed))).toBe(
      'InvalidParameter.KMSKeyId.KMSUnauthorized',
    );
    expect(await codeOf(copy(MEMBER, SnapshotId, { Encrypted: true }))).toBe(
      'InvalidParameter.KMSKeyId.KMSUnauthorized',
    );
    addKeyRole(stage.cloud.world, OWNER, [MEMBER]);
    expect(await codeOf(ecs(MEMBER, 'CreateDisk', changed))).toBe('OK');
  });

  test.each([
    ['each-account', 'InvalidParameter.KMSKeyId.KMSUnauthorized'],
    ['service', 'InvalidParameter.KMSKeyId.KMSUnauthorized'],
    ['directory-id', 'OK'],
  ])('of a whole directory, trusted by its id: switch %s', async (position, code) => {
    addKeyRole(stage.cloud.world, OWNER, [DIRECTORY]);
    stage.cloud.world.switches['directory-key-trust'] = position;
    const { receivedId: SnapshotId } = await receive('s-cmk');
    const made = ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId, ...ESSD, Encrypted: true });
    expect(await codeOf(made)).toBe(code);
  });

  test('is copied only encrypted, within its region only to change the key', async () => {
    const { receivedId } = await receive('s-cmk');
    const sameRegion = { DestinationRegionId: RegionId };
    expect(await codeOf(copy(MEMBER, receivedId))).toBe('InvalidEncrypted.NotSupportDecrypt');
    expect(await codeOf(copy(MEMBER, receivedId, { Encrypted: true, KMSKeyId: 'key-member' }))).toBe(
      'InvalidParameter.KMSKeyId.NotFound',
    );
    await copy(MEMBER, receivedId, { Encrypted: true, KMSKeyId: 'key-shanghai' });
    await copy(MEMBER, receivedId, { ...sameRegion, Encrypted: true, KMSKeyId: 'key-member' });
    stage.cloud.world.switches['copy-encrypted-in-region'] = 'refused';
    const again = copy(MEMBER, receivedId, { ...sameRegion, Encrypted: true });
    expect(await codeOf(again)).toBe('InvalidOperation.NotSupportCopyInSameRegion');
    expect(await snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([{ KMSKeyId: 'key-shanghai' }]);
  });
});

describe('a copy', () => {
  test('takes a minute, and is then the receiver’s own: it can be shared on', async () => {
    const { receivedId } = await receive('s-1');
    const copied = text(await copy(MEMBER, receivedId, { RetentionDays: 5 }), 'SnapshotId');
    expect(await snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([{ Status: 'progressing' }]);
    wind(60 * SECOND_MS);
    expect(await snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([
      { Status: 'accomplished', RetentionDays: 5, Tags: { Tag: [] } },
    ]);
    await stage.call(
      MEMBER,
      'CreateResourceShare',
      { ResourceShareName: 'on', Resources: snapshot(copied), Targets: [OWNER] },
      { regionId: 'cn-shanghai' },
    );
    wind(3 * SECOND_MS);
    expect(await snapshotsOf(OWNER, 'cn-shanghai')).toHaveLength(1);
  });

  test('in the same region without a new key is refused, and so is one to a region that is not there', async () => {
    expect(await codeOf(copy(OWNER, 's-1', { DestinationRegionId: RegionId }))).toBe(
      'InvalidOperation.NotSupportCopyInSameRegion',
    );
    expect(await codeOf(copy(OWNER, 's-1', { DestinationRegionId: 'eu-nowhere-1' }))).toBe(
      'InvalidRegionId.NotExists',
    );
    expect(await codeOf(copy(OTHER_PARTNER, 's-1'))).toBe('InvalidSnapshotId.NotFound');
  });
});

test('the same ClientToken again answers the same disk, and with other parameters is refused', async () => {
  const disk = (Size: number) => ecs(OWNER, 'CreateDisk', { ZoneId, Size, ClientToken: 'once' });
  const first = text(await disk(40), 'DiskId');
  expect(text(await disk(40), 'DiskId')).toBe(first);
  expect(await disksOf(OWNER)).toHaveLength(1);
  expect(await codeOf(disk(50))).toBe('IdempotentParameterMismatch');
});

test('an owner keeps a snapshot for longer, never for less, and archives it after 14 days unless it is shared', async () => {
  const { snapshots } = stage.cloud.world.regions[RegionId] ?? {};
  if (snapshots?.['s-2'] !== undefined) snapshots['s-2'].retentionDays = 30;
  const keep = (RetentionDays: number) =>
    codeOf(ecs(OWNER, 'ModifySnapshotAttribute', { SnapshotId: 's-2', RetentionDays }));
  expect([await keep(29), await keep(60)]).toEqual([
    'InvalidOperation.DecreaseRetentionDaysUnsupported',
    'OK',
  ]);
  const archive = (SnapshotId: string) =>
    codeOf(ecs(OWNER, 'ModifySnapshotCategory', { SnapshotId, Category: 'Archive', RetentionDays: 100 }));
  expect(await archive('s-2')).toBe('OperationDenied');
  wind(10 * DAY_MS);
  expect(await archive('s-2')).toBe('OK');
  await receive('s-cmk');
  expect(await archive('s-cmk')).toBe('OperationDenied');
});
