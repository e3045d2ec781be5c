import { expect, test } from 'vitest';
import { managedPlaces } from '../../../shared/edge/managed-places';

test('the own account is managed beside the others, in every region, and each place once', () => {
  const accountIds = ['1600000000000009', '1600000000000001'];
  const regionIds = ['cn-hangzhou', 'cn-shanghai', 'cn-hangzhou'];
  expect(managedPlaces({ accountIds, regionIds }, '1600000000000001')).toEqual([
    { ownerAccountId: '1600000000000001', regionId: 'cn-hangzhou' },
    { ownerAccountId: '1600000000000001', regionId: 'cn-shanghai' },
    { ownerAccountId: '1600000000000009', regionId: 'cn-hangzhou' },
    { ownerAccountId: '1600000000000009', regionId: 'cn-shanghai' },
  ]);
});
