import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putSwitch } from '../../../local/cloud/switches';
import { SECOND_MS, stopTestCloud, type TestCloud, text, wind } from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { addKey, addKeyRole } from '../../kit/world';
import { ESSD, type Receiving, RegionId, startReceiving, ZoneId } from './receiving-stage';
import { DIRECTORY, makeShare, MEMBER, OWNER, PARTNER, snapshot } from './share-stage';

let receiving: Receiving;
let stage: TestCloud;

beforeEach(async () => {
  receiving = await startReceiving();
  stage = receiving.stage;
});

afterEach(() => stopTestCloud(stage));

/** The owner's role trusts just that, with the switch in that position. */
function trust(trusted: string, position: string): void {
  const { world } = stage.cloud;
  putSwitch('directory-key-trust', position, world);
  addKeyRole(world, OWNER, []);
  const role = world.accounts[OWNER]?.roles['AliyunECSShareEncryptSnapshotDefaultRole'];
  role?.trusts.push(trusted);
}

describe('an encrypted received snapshot', () => {
  test('becomes a disk only under a key of the receiver, and only as an ESSD, AutoPL or ESSD Entry disk', async () => {
    const { receivedId: SnapshotId } = await receiving.receive('s-cmk');
    const disk = (parameters: object): Promise<string> =>
      codeOf(receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId, ...parameters }));
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
    const keys = (await receiving.disksOf(MEMBER)).map((one) => text(one, 'KMSKeyId')).toSorted();
    expect(keys).toEqual(['key-member', 'key-member', 'key-member', 'service-cn-hangzhou']);
  });

  test('can be read only while the owner’s role trusts the receiver', async () => {
    const { receivedId: SnapshotId } = await receiving.receive('s-cmk');
    const changed = { ZoneId, SnapshotId, ...ESSD, Encrypted: true };
    addKeyRole(stage.cloud.world, OWNER, [PARTNER]);
    expect(await codeOf(receiving.ecs(MEMBER, 'CreateDisk', changed))).toBe(
      'InvalidParameter.KMSKeyId.KMSUnauthorized',
    );
    expect(await codeOf(receiving.copy(MEMBER, SnapshotId, { Encrypted: true }))).toBe(
      'InvalidParameter.KMSKeyId.KMSUnauthorized',
    );
    addKeyRole(stage.cloud.world, OWNER, [MEMBER]);
    expect(await codeOf(receiving.ecs(MEMBER, 'CreateDisk', changed))).toBe('OK');
  });

  test.each([
    ['each-account', `${DIRECTORY}@ecs.aliyuncs.com`, 'InvalidParameter.KMSKeyId.KMSUnauthorized'],
    ['service', `${DIRECTORY}@ecs.aliyuncs.com`, 'InvalidParameter.KMSKeyId.KMSUnauthorized'],
    ['directory-id', `${DIRECTORY}@ecs.aliyuncs.com`, 'OK'],
    ['directory-id', 'ecs.aliyuncs.com', 'InvalidParameter.KMSKeyId.KMSUnauthorized'],
    ['service', 'ecs.aliyuncs.com', 'OK'],
  ])(
    'of a member, with directory-key-trust in %s and a role that trusts %s: %s',
    async (position, trusted, code) => {
      trust(trusted, position);
      const { receivedId: SnapshotId } = await receiving.receive('s-cmk');
      const made = receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId, ...ESSD, Encrypted: true });
      expect(await codeOf(made)).toBe(code);
    },
  );

  test.each([
    ['directory-id', `${DIRECTORY}@ecs.aliyuncs.com`],
    ['service', 'ecs.aliyuncs.com'],
  ])('is never open to a partner by trust in the directory: %s', async (position, trusted) => {
    trust(trusted, position);
    await makeShare(stage, { Resources: snapshot('s-cmk'), Targets: [PARTNER] });
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    wind(3 * SECOND_MS);
    const [received] = await receiving.snapshotsOf(PARTNER);
    const made = receiving.ecs(PARTNER, 'CreateDisk', {
      ZoneId,
      SnapshotId: received?.['SnapshotId'],
      ...ESSD,
      Encrypted: true,
    });
    expect(await codeOf(made)).toBe('InvalidParameter.KMSKeyId.KMSUnauthorized');
  });

  test('becomes no disk under a key of somebody else, nor under one that is disabled', async () => {
    const { world } = stage.cloud;
    const { receivedId: SnapshotId } = await receiving.receive('s-cmk');
    const disk = (KMSKeyId: string) =>
      codeOf(receiving.ecs(MEMBER, 'CreateDisk', { ZoneId, SnapshotId, ...ESSD, Encrypted: true, KMSKeyId }));
    addKey(world, RegionId, PARTNER, 'key-partner');
    expect(await disk('key-partner')).toBe('InvalidParameter.KMSKeyId.NotFound');
    const key = world.regions[RegionId]?.keys['key-member'];
    if (key !== undefined) key.state = 'Disabled';
    expect(await disk('key-member')).toBe('InvalidParameter.KMSKeyId.CMKNotEnabled');
  });

  test('is copied only encrypted, within its region only to change the key', async () => {
    const { receivedId } = await receiving.receive('s-cmk');
    const sameRegion = { DestinationRegionId: RegionId };
    expect(await codeOf(receiving.copy(MEMBER, receivedId))).toBe('InvalidEncrypted.NotSupportDecrypt');
    expect(
      await codeOf(receiving.copy(MEMBER, receivedId, { Encrypted: true, KMSKeyId: 'key-member' })),
    ).toBe('InvalidParameter.KMSKeyId.NotFound');
    await receiving.copy(MEMBER, receivedId, { Encrypted: true, KMSKeyId: 'key-shanghai' });
    await receiving.copy(MEMBER, receivedId, { ...sameRegion, Encrypted: true, KMSKeyId: 'key-member' });
    stage.cloud.world.switches['copy-encrypted-in-region'] = 'refused';
    const again = receiving.copy(MEMBER, receivedId, { ...sameRegion, Encrypted: true });
    expect(await codeOf(again)).toBe('InvalidOperation.NotSupportCopyInSameRegion');
    expect(await receiving.snapshotsOf(MEMBER, 'cn-shanghai')).toMatchObject([{ KMSKeyId: 'key-shanghai' }]);
  });
});
