import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Body,
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
import { addDeploymentSet, addImage, addKey, addKeyRole, addVSwitch } from '../../kit/world';
import { makeShare, MEMBER, OWNER, shareWorld } from './share-stage';

const ECS = { version: '2014-05-26' };
const RegionId = 'cn-hangzhou';
const ZoneId = 'cn-hangzhou-b';
const INSTANCE = { RegionId, ZoneId, InstanceType: 'ecs.g7.large' };

let stage: TestCloud;

beforeEach(async () => {
  const world = shareWorld();
  addImage(world, RegionId, OWNER, 'm-owner');
  addImage(world, RegionId, MEMBER, 'm-member');
  addImage(world, RegionId, OWNER, 'm-cmk', { encrypted: true, kmsKeyId: 'key-owner', snapshotIds: ['s-1'] });
  addDeploymentSet(world, RegionId, OWNER, 'ds-1', { capacity: 3 });
  addVSwitch(world, RegionId, OWNER, 'vsw-1');
  addKey(world, RegionId, MEMBER, 'key-member');
  addKeyRole(world, OWNER, [MEMBER], 'Image');
  stage = await startTestCloud(world);
});

afterEach(() => stopTestCloud(stage));

const ecs = (by: string, action: string, parameters: object = {}): Promise<Body> =>
  stage.call(by, action, { RegionId, ...parameters }, ECS);

const run = async (by: string, parameters: object): Promise<string[]> => {
  const answer = await ecs(by, 'RunInstances', { ...INSTANCE, ...parameters });
  const ids = part(answer, 'InstanceIdSets')['InstanceIdSet'];
  return Array.isArray(ids) ? ids.map(String) : [];
};

async function share(resourceType: string, resourceId: string): Promise<void> {
  const Resources = [{ ResourceId: resourceId, ResourceType: resourceType }];
  await makeShare(stage, { Resources, Targets: [MEMBER] });
  wind(3 * SECOND_MS);
}

async function instancesOf(accountId: string): Promise<Body[]> {
  return rows(part(await ecs(accountId, 'DescribeInstances'), 'Instances'), 'Instance');
}

describe('in a shared deployment set', () => {
  test('sharer and receivers use up one quota, and it takes all the instances of a call or none', async () => {
    const inSet = { ImageId: 'm-member', DeploymentSetId: 'ds-1' };
    expect(await codeOf(run(MEMBER, inSet))).toBe('DeploymentSet.NotFound');
    await share('DeploymentSet', 'ds-1');
    await run(OWNER, { ImageId: 'm-owner', DeploymentSetId: 'ds-1' });
    expect(await codeOf(run(MEMBER, { ...inSet, Amount: 3 }))).toBe(
      'QuotaExceed.DeploymentSetInstanceQuotaFull',
    );
    expect(await instancesOf(MEMBER)).toEqual([]);
    expect(await run(MEMBER, { ...inSet, Amount: 3, MinAmount: 1 })).toHaveLength(2);
    expect(await codeOf(run(OWNER, { ImageId: 'm-owner', DeploymentSetId: 'ds-1' }))).toBe(
      'QuotaExceed.DeploymentSetInstanceQuotaFull',
    );
    expect(await instancesOf(MEMBER)).toMatchObject([
      { DeploymentSetId: 'ds-1', ImageId: 'm-member' },
      { DeploymentSetId: 'ds-1', ImageId: 'm-member' },
    ]);
    expect(await instancesOf(OWNER)).toHaveLength(1);
  });

  test('a dry run says that it would go, and places nothing', async () => {
    const dry = run(OWNER, { ImageId: 'm-owner', DeploymentSetId: 'ds-1', DryRun: true });
    expect(await codeOf(dry)).toBe('DryRunOperation');
    expect(await instancesOf(OWNER)).toEqual([]);
  });
});

describe('from a shared image', () => {
  test('instances run while it is shared, and live on after', async () => {
    expect(await codeOf(run(MEMBER, { ImageId: 'm-owner' }))).toBe('InvalidImageId.NotFound');
    await ecs(OWNER, 'ModifyImageSharePermission', { ImageId: 'm-owner', AddAccount: [MEMBER] });
    const [instanceId] = await run(MEMBER, { ImageId: 'm-owner', InstanceName: 'mine' });
    await ecs(OWNER, 'ModifyImageSharePermission', { ImageId: 'm-owner', RemoveAccount: [MEMBER] });
    expect(await codeOf(run(MEMBER, { ImageId: 'm-owner' }))).toBe('InvalidImageId.NotFound');
    expect(await instancesOf(MEMBER)).toMatchObject([{ InstanceId: instanceId, InstanceName: 'mine' }]);
  });

  test('an encrypted one needs a key of the receiver for the system disk, on a disk that can have it', async () => {
    await ecs(OWNER, 'ModifyImageSharePermission', { ImageId: 'm-cmk', AddAccount: [MEMBER] });
    const withDisk = (SystemDisk: object) => run(MEMBER, { ImageId: 'm-cmk', SystemDisk });
    expect(await codeOf(withDisk({ Category: 'cloud_essd' }))).toBe('InvalidParam.EncryptedMismatch');
    expect(await codeOf(withDisk({ Encrypted: 'true' }))).toBe('NotSupportSnapshotEncrypted.DiskCategory');
    await withDisk({ Category: 'cloud_essd', Encrypted: 'true', KMSKeyId: 'key-member' });
    const disks = rows(part(await ecs(MEMBER, 'DescribeDisks'), 'Disks'), 'Disk');
    expect(disks).toMatchObject([{ Type: 'system', KMSKeyId: 'key-member', Status: 'In_use' }]);
  });
});

test('a vSwitch must be the caller’s own or shared with it', async () => {
  const onSwitch = { ImageId: 'm-member', VSwitchId: 'vsw-1', ZoneId: undefined };
  expect(await codeOf(run(MEMBER, onSwitch))).toBe('InvalidVSwitchId.NotFound');
  await share('VSwitch', 'vsw-1');
  await run(MEMBER, onSwitch);
  expect(await instancesOf(MEMBER)).toMatchObject([{ VpcAttributes: { VSwitchId: 'vsw-1' }, ZoneId }]);
});

test('the system disk of an instance can be snapshotted once at a time', async () => {
  await run(OWNER, { ImageId: 'm-owner' });
  const [disk] = rows(part(await ecs(OWNER, 'DescribeDisks'), 'Disks'), 'Disk');
  const DiskId = text(disk ?? {}, 'DiskId');
  const SnapshotId = text(await ecs(OWNER, 'CreateSnapshot', { DiskId }), 'SnapshotId');
  expect(await codeOf(ecs(OWNER, 'CreateSnapshot', { DiskId }))).toBe('IncorrectDiskStatus.CreatingSnapshot');
  const early = ecs(OWNER, 'CreateDisk', { ZoneId, SnapshotId });
  expect(await codeOf(early)).toBe('InvalidSnapshot.NotReady');
  wind(60 * SECOND_MS);
  await ecs(OWNER, 'CreateDisk', { ZoneId, SnapshotId });
  expect(await codeOf(ecs(OWNER, 'DeleteSnapshot', { SnapshotId }))).toBe('SnapshotCreatedDisk');
  expect(await codeOf(ecs(OWNER, 'DeleteSnapshot', { SnapshotId, Force: true }))).toBe('OK');
  expect(await codeOf(ecs(MEMBER, 'CreateSnapshot', { DiskId }))).toBe('InvalidDiskId.NotFound');
});
