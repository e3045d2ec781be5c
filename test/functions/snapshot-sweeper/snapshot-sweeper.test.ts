import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as door from '../../../functions/snapshot-sweeper/index';
import { PLACE, TINY } from '../../shared/alicloud/tiny-cloud';
import { startInstallation, type Installation } from '../../shared/flow/installation';
import { fire, open } from '../../shared/flow/through-the-door';

const FINDING = `expired-shared-snapshot/${TINY.producer}/${PLACE.regionId}/Snapshot/${TINY.snapshots.expiredAndShared}`;

let house: Installation;
beforeEach(async () => {
  house = await startInstallation();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await house.close();
});

test('a nightly run looks into the own account and, through their roles, into the others', async () => {
  await open(door, house, `own,${TINY.producer},${TINY.consumer}`);
  expect(await fire(door, house)).toMatchObject({
    places: 3,
    complete: 3,
    incomplete: [],
    held: 0,
    expiredShared: 1,
    opened: 1,
  });
  expect((await house.aggregates.load('finding', FINDING))?.doc).toMatchObject({
    severity: 'low',
    cost: { currency: 'USD', low: 0.173, likely: 0.173, high: 0.173, exact: true },
  });
});

test('an account that cannot be entered is named, and the others are swept all the same', async () => {
  await open(door, house, `own,${TINY.partner},${TINY.producer}`);
  expect(await fire(door, house)).toMatchObject({
    places: 3,
    complete: 2,
    incomplete: [{ place: `${TINY.partner}/${TINY.regionId}`, why: expect.stringContaining(TINY.partner) }],
    opened: 1,
  });
});
