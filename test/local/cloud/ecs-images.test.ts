import { beforeEach, describe, expect, test } from 'vitest';
import { ecs } from '../../../local/cloud/ecs/product';
import type { World } from '../../../local/cloud/world';
import { account } from '../../../local/estates/accounts';
import { TINY, tiny } from '../../../local/estates/tiny';
import { ask, refusalOf } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const { regionId, images } = TINY;
let world: World;

beforeEach(() => {
  world = tiny(NOW_MS).world;
});

function question(action: string, by: string, parameters: Record<string, string> = {}) {
  return {
    world,
    product: ecs,
    action,
    by,
    regionId,
    nowMs: NOW_MS,
    parameters: { RegionId: regionId, ...parameters },
  };
}

function imagesSeen(by: string, parameters: Record<string, string> = {}): Record<string, unknown>[] {
  const answer = ask(question('DescribeImages', by, parameters)) as {
    Images: { Image: Record<string, unknown>[] };
  };
  return answer.Images.Image;
}

function modify(imageId: string, parameters: Record<string, string>, by: string = TINY.producer): string {
  return refusalOf(question('ModifyImageSharePermission', by, { ImageId: imageId, ...parameters }));
}

function add(imageId: string, ...accountIds: string[]): string {
  return modify(imageId, Object.fromEntries(accountIds.map((id, index) => [`AddAccount.${index + 1}`, id])));
}

function sharees(imageId: string, parameters: Record<string, string> = {}): unknown {
  return ask(question('DescribeImageSharePermission', TINY.producer, { ImageId: imageId, ...parameters }));
}

function someAccounts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const accountId = String(3_000_000_000_000_001 + index);
    const key = { accessKeyId: `LTAI-${index}`, accessKeySecret: 'none', userName: 'operator' };
    world.accounts[accountId] = account(accountId, `Account ${index}`, 'china', key);
    return accountId;
  });
}

describe('DescribeImages', () => {
  test('tells an image in the words and types of the provider', () => {
    const [plain] = imagesSeen(TINY.producer, { ImageId: images.plain });
    expect(plain).toMatchObject({
      ImageId: images.plain,
      ImageOwnerAlias: 'self',
      ImageOwnerId: 1_000_000_000_000_011,
      IsSelfShared: 'false',
      CreationTime: '2026-11-16T08:00:00Z',
      Size: 40,
      DiskDeviceMappings: {
        DiskDeviceMapping: [
          { SnapshotId: TINY.snapshots.behindImage, Type: 'system', Encrypted: false, ImportOSSBucket: '' },
        ],
      },
    });
  });

  test('tells what a share must know: encryption, Marketplace product, import', () => {
    const encrypted = imagesSeen(TINY.producer, { ImageId: images.encryptedWithCmk });
    expect(encrypted).toMatchObject([{ DiskDeviceMappings: { DiskDeviceMapping: [{ Encrypted: true }] } }]);
    expect(imagesSeen(TINY.producer, { ImageId: images.marketplace })).toMatchObject([
      { ProductCode: 'cmjj000001' },
    ]);
    expect(imagesSeen(TINY.producer, { ImageId: images.imported })).toMatchObject([
      { DiskDeviceMappings: { DiskDeviceMapping: [{ ImportOSSBucket: 'imported-images' }] } },
    ]);
  });

  test('shows a shared image to its receiver at once, as one of others, and says so to its owner', () => {
    expect(imagesSeen(TINY.partner)).toEqual([]);
    expect(add(images.plain, TINY.partner)).toBe('answered');
    expect(imagesSeen(TINY.partner, { ImageOwnerAlias: 'others' })).toMatchObject([
      { ImageId: images.plain, ImageOwnerAlias: 'others', IsSelfShared: 'false' },
    ]);
    expect(imagesSeen(TINY.partner, { ImageOwnerAlias: 'self' })).toEqual([]);
    expect(imagesSeen(TINY.producer, { ImageId: images.plain })).toMatchObject([{ IsSelfShared: 'true' }]);
  });

  test('lists only what is available unless another status is asked for', () => {
    const creating = world.regions[regionId]?.images[images.plain];
    if (creating !== undefined) creating.status = 'Creating';
    expect(imagesSeen(TINY.producer)).toHaveLength(4);
    expect(imagesSeen(TINY.producer, { Status: 'Creating,Waiting' })).toMatchObject([
      { ImageId: images.plain },
    ]);
  });

  test.each([
    [{ ImageOwnerAlias: 'mine' }, '400 InvalidImageOwnerAlias.ValueNotSupported'],
    [{ OSType: 'dos' }, '404 InvalidOSType'],
    [{ PageSize: '101' }, '400 InvalidParameter.PageSize'],
  ])('refuses %j', (parameters, refusal) => {
    expect(refusalOf(question('DescribeImages', TINY.producer, parameters))).toBe(refusal);
  });
});

describe('ModifyImageSharePermission', () => {
  test('takes the first ten accounts of a call and drops the rest without a word', () => {
    expect(add(images.plain, ...someAccounts(12))).toBe('answered');
    expect(sharees(images.plain)).toMatchObject({ TotalCount: 10 });
  });

  test('lets 50 accounts use an image and refuses the next, all or nothing', () => {
    const accountIds = someAccounts(55);
    for (let start = 0; start < 40; start += 10)
      expect(add(images.plain, ...accountIds.slice(start, start + 10))).toBe('answered');
    expect(add(images.plain, ...accountIds.slice(41, 51))).toBe('answered');
    expect(add(images.plain, accountIds[40] ?? '')).toBe('403 QuotaExceed.ShareImageUser');
    expect(sharees(images.plain)).toMatchObject({ TotalCount: 50 });
  });

  test('does the same thing twice with the same answer, and keeps the time of the first', () => {
    expect(add(images.plain, TINY.partner)).toBe('answered');
    const first = sharees(images.plain);
    expect(add(images.plain, TINY.partner)).toBe('answered');
    expect(sharees(images.plain)).toEqual(first);
    expect(first).toMatchObject({
      Accounts: { Account: [{ AliyunId: TINY.partner, SharedTime: '2026-11-21T08:00:00Z' }] },
    });
    expect(modify(images.plain, { 'RemoveAccount.1': TINY.partner })).toBe('answered');
    expect(modify(images.plain, { 'RemoveAccount.1': TINY.partner })).toBe('answered');
    expect(sharees(images.plain)).toMatchObject({ TotalCount: 0, Accounts: { Account: [] } });
  });

  test('refuses accounts with the codes of the provider, spelled as it spells them', () => {
    expect(add(images.plain, '9999999999999999')).toBe('404 InvalidAccount.NotFound');
    expect(add(images.plain, TINY.producer)).toBe('404 InvalidAccount.Forbbiden');
    expect(add(images.plain, TINY.international)).toBe('403 InvalidImageId.BidMismatch');
    expect(add(images.plain, TINY.partner, '9999999999999999')).toBe('404 InvalidAccount.NotFound');
    expect(sharees(images.plain)).toMatchObject({ TotalCount: 0 });
  });

  test('refuses images that cannot be shared', () => {
    const region = world.regions[regionId];
    expect(add(images.encryptedWithServiceKey, TINY.partner)).toBe('403 OperationDeined.EncryptedSnapshot');
    expect(add('m-bp1nothere', TINY.partner)).toBe('404 InvalidImageId.NotFound');
    expect(modify(images.plain, { 'AddAccount.1': TINY.partner }, TINY.consumer)).toBe(
      '404 InvalidImageId.NotFound',
    );
    region?.images[images.encryptedWithCmk]?.snapshotIds.push(TINY.snapshots.permanent);
    expect(add(images.encryptedWithCmk, TINY.partner)).toBe('403 OperationDeined.FullImage');
  });

  test('shares an image encrypted with an own key only when the role for it is there', () => {
    expect(add(images.encryptedWithCmk, TINY.partner)).toBe('answered');
    delete world.accounts[TINY.producer]?.roles['AliyunECSShareEncryptImageDefaultRole'];
    expect(add(images.encryptedWithCmk, TINY.otherPartner)).toBe('403 AssumeRoleError');
    expect(modify(images.encryptedWithCmk, { 'RemoveAccount.1': TINY.partner })).toBe('answered');
  });

  test.each([
    [{ IsPublic: 'true' }, '403 PublicImageAgreement.NotSigned'],
    [{ IsPublic: 'true', 'AddAccount.1': TINY.partner }, '403 InvalidParameter.IsPublic'],
    [
      { LaunchPermission: 'HIDDEN', 'AddAccount.1': TINY.partner },
      '400 UnnecessaryParameter.LaunchPermission',
    ],
    [{ 'AddAccount.1': TINY.partner, DryRun: 'true' }, '400 DryRunOperation'],
    [{ IsPublic: 'false' }, 'answered'],
  ])('answers %j with %s and changes nothing', (parameters, answer) => {
    expect(modify(images.plain, parameters)).toBe(answer);
    expect(sharees(images.plain)).toMatchObject({ TotalCount: 0 });
  });
});
