import { describe, expect, test } from 'vitest';
import { expiryMsOf, release } from '../../../local/cloud/ecs/release';
import { failureOf, settle } from '../../../local/cloud/resource-sharing/settle';
import { sharedWith } from '../../../local/cloud/visibility';
import type { Estate } from '../../../local/estates/estate';
import { northwind } from '../../../local/estates/northwind';
import { TINY, tiny } from '../../../local/estates/tiny';

const NOW_MS = Date.parse('2026-11-21T08:00:00.123Z');

function snapshotsOf({ world }: Estate) {
  return Object.entries(world.regions).flatMap(([regionId, region]) =>
    Object.values(region.snapshots).map((snapshot) => ({ regionId, snapshot })),
  );
}

describe('every estate', () => {
  for (const estate of [tiny(NOW_MS), northwind(7, NOW_MS)]) {
    test(`${estate.name} is at rest: the provider would release, expire or change nothing of its own accord`, () => {
      const world = structuredClone(estate.world);
      expect([release(world, NOW_MS), settle(world, NOW_MS)]).toEqual([false, false]);
      expect(world).toEqual(estate.world);
    });

    test(`${estate.name} has no share that the provider would not have let anyone make`, () => {
      const failures = Object.values(estate.world.shares).flatMap((share) =>
        share.associations.map((association) => failureOf(association, share, estate.world)),
      );
      expect([...new Set(failures)]).toEqual(['']);
    });

    test(`${estate.name} lets Function Compute into the management account, and that into every member`, () => {
      const { accounts, directories } = estate.world;
      expect(accounts[estate.managementAccountId]?.roles['sharekeeper']?.trusts).toEqual(['fc.aliyuncs.com']);
      const trusts = Object.keys(directories[0]?.members ?? {}).map(
        (accountId) => accounts[accountId]?.roles['sharekeeper-member']?.trusts,
      );
      expect(trusts.every((trusted) => trusted?.[0] === estate.managementAccountId)).toBe(true);
    });

    test(`${estate.name} gives every account one key of a RAM user that the cloud knows`, () => {
      const { accounts } = estate.world;
      expect(Object.keys(estate.accessKeys).toSorted()).toEqual(Object.keys(accounts).toSorted());
      for (const [accountId, key] of Object.entries(estate.accessKeys)) {
        expect(accountId).toMatch(/^\d{16}$/);
        expect(accounts[accountId]?.accessKeys).toEqual({
          [key.accessKeyId]: { secret: key.accessKeySecret, userName: key.userName },
        });
      }
    });

    test(`${estate.name} is plain JSON`, () => {
      expect(JSON.parse(JSON.stringify(estate))).toEqual(estate);
    });
  }
});

describe('the tiny estate', () => {
  test('holds an expired snapshot that a partner still uses', () => {
    const { world } = tiny(NOW_MS);
    const expired = world.regions[TINY.regionId]?.snapshots[TINY.snapshots.expiredAndShared];
    expect(expired && expiryMsOf(expired)).toBe(Date.parse('2026-11-11T08:00:00.000Z'));
    expect(sharedWith(TINY.snapshots.expiredAndShared, TINY.regionId, world)).toEqual([TINY.partner]);
  });
});

describe('northwind', () => {
  const estate = northwind(7, NOW_MS);

  test('is the same byte for byte for one seed, and another for another', () => {
    expect(JSON.stringify(northwind(7, NOW_MS))).toBe(JSON.stringify(estate));
    expect(JSON.stringify(northwind(8, NOW_MS))).not.toBe(JSON.stringify(estate));
  });

  test('has 40 members in nested folders, three partners and three regions', () => {
    const [directory] = estate.world.directories;
    expect(Object.keys(directory?.members ?? {})).toHaveLength(40);
    expect(Object.keys(directory?.folders ?? {})).toHaveLength(17);
    expect(estate.partners).toHaveLength(3);
    expect(Object.keys(estate.world.regions)).toEqual(['cn-hangzhou', 'cn-shanghai', 'ap-southeast-1']);
  });

  test('has 300 snapshots, 12 of them expired, shared and billed', () => {
    const all = snapshotsOf(estate);
    const forgotten = all.filter(({ snapshot }) => (expiryMsOf(snapshot) ?? Infinity) <= NOW_MS);
    expect(all).toHaveLength(300);
    expect(forgotten).toHaveLength(12);
    for (const { regionId, snapshot } of forgotten) {
      expect(sharedWith(snapshot.snapshotId, regionId, estate.world)).toHaveLength(1);
    }
  });

  test('has an image of every kind in every region', () => {
    for (const { images } of Object.values(estate.world.regions)) {
      const all = Object.values(images);
      expect(all.filter(({ kmsKeyId }) => kmsKeyId.startsWith('service-'))).toHaveLength(1);
      expect(all.filter(({ kmsKeyId }) => kmsKeyId.startsWith('key-'))).toHaveLength(2);
      expect(all.filter(({ imported }) => imported)).toHaveLength(1);
      expect(all.filter(({ productCode }) => productCode !== '')).toHaveLength(1);
      expect(all.filter((image) => Object.keys(image.sharedWith).length > 0)).toHaveLength(1);
    }
  });

  test('has an invitation that a partner has still to answer', () => {
    const pending = Object.values(estate.world.invitations).filter(({ status }) => status === 'Pending');
    expect(pending.length).toBeGreaterThan(0);
    expect(pending.every(({ receiverId }) => estate.partners.includes(receiverId))).toBe(true);
  });
});
