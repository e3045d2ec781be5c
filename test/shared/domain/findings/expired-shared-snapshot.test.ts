import { expect, test } from 'vitest';
import {
  expiredSharedSnapshot,
  type Pricing,
  type SharedSnapshot,
} from '../../../../shared/domain/findings/expired-shared-snapshot';
import { PRICE_TABLE } from '../../../../shared/domain/findings/prices';

const GIB = 1_073_741_824;
const HANGZHOU = { ownerAccountId: '1000000000000001', regionId: 'cn-hangzhou' };
const USD: Pricing = { table: PRICE_TABLE, currency: 'USD' };
const CHAIN = { totalBytes: 300 * GIB, snapshotCount: 10 };
const SNAPSHOT: SharedSnapshot = {
  snapshotId: 's-1',
  snapshotName: 'before upgrade',
  creationMs: Date.parse('2026-09-01T10:00:00Z'),
  retentionDays: 30,
  category: 'standard',
  sourceDiskId: 'd-1',
  sourceDiskSizeGiB: 500,
  fullSizeBytes: 200 * GIB,
  snapshotLinkId: 'sl-1',
};
const EXPIRY_MS = Date.parse('2026-10-01T10:00:00Z');

function look(
  snapshot: Partial<SharedSnapshot> = {},
  { place = HANGZHOU, nowMs = EXPIRY_MS, chain = CHAIN as typeof CHAIN | null, pricing = USD } = {},
) {
  return expiredSharedSnapshot(place, { ...SNAPSHOT, ...snapshot }, chain, pricing, nowMs);
}

test('an expired shared snapshot is told with its amount as a range, the price and where it is from', () => {
  expect(look()).toEqual({
    findingId: 'expired-shared-snapshot/1000000000000001/cn-hangzhou/Snapshot/s-1',
    rule: 'expired-shared-snapshot',
    severity: 'low',
    resource: {
      ownerAccountId: '1000000000000001',
      regionId: 'cn-hangzhou',
      resourceType: 'Snapshot',
      resourceId: 's-1',
    },
    title:
      'Snapshot s-1 (before upgrade) has expired but is still shared and billed: about 0.52 USD a month (0 to 3.46)',
    advice:
      'Its retention ended on 2026-10-01 (UTC), and a shared snapshot is not released by itself. Unshare it: then ' +
      'the provider releases it, or you can delete it. Disks made from it stay. Price 0.0173 USD/GB-month, ' +
      'cn-hangzhou, Alibaba Cloud help, Snapshot billing (international site), table of 2026-11-21.',
    cost: {
      currency: 'USD',
      low: 0,
      likely: 0.519,
      high: 3.46,
      exact: false,
      perGbMonth: 0.0173,
      priceSource: 'Alibaba Cloud help, Snapshot billing (international site), table of 2026-11-21',
    },
    evidence: {
      creationMs: 1_788_256_800_000,
      retentionDays: 30,
      expiryMs: 1_790_848_800_000,
      category: 'standard',
      sourceDiskId: 'd-1',
      sourceDiskSizeGiB: 500,
      fullSizeBytes: 214_748_364_800,
      snapshotLinkId: 'sl-1',
      chain: { totalBytes: 322_122_547_200, snapshotCount: 10 },
      freedBytes: { low: 0, likely: 32_212_254_720, high: 214_748_364_800, exact: false },
    },
  });
});

test('a snapshot a millisecond before its expiry, or kept for ever, is nothing to tell', () => {
  expect(look({}, { nowMs: EXPIRY_MS - 1 })).toBeNull();
  expect(look({ retentionDays: null })).toBeNull();
});

test('where no price is known it says sizes, and no amount', () => {
  const told = look({}, { place: { ...HANGZHOU, regionId: 'eu-central-1' } });
  expect(told?.cost).toBeNull();
  expect(told?.severity).toBe('medium');
  expect(told?.title).toBe(
    'Snapshot s-1 (before upgrade) has expired but is still shared and billed: about 30 GiB (0 to 200) billed, price not known',
  );
  expect(told?.advice).toContain('No list price is known for eu-central-1: size only.');
  expect(told?.evidence.freedBytes).toEqual({
    low: 0,
    likely: 32_212_254_720,
    high: 214_748_364_800,
    exact: false,
  });
});

test('what is said does not change with the days, so that an unchanged snapshot makes no news', () => {
  expect(look({}, { nowMs: EXPIRY_MS + 40 * 86_400_000 })).toEqual(look());
});

test('the more it costs, the more it weighs, and about alike in both currencies', () => {
  const severity = (gib: number, currency: Pricing['currency']) =>
    look(
      { sourceDiskSizeGiB: 30_000 },
      { chain: { totalBytes: gib * GIB, snapshotCount: 1 }, pricing: { table: PRICE_TABLE, currency } },
    )?.severity;
  expect([57, 58, 1_156, 1_157].map((gib) => severity(gib, 'USD'))).toEqual([
    'low',
    'medium',
    'medium',
    'high',
  ]);
  expect([58, 59, 1_166, 1_167].map((gib) => severity(gib, 'CNY'))).toEqual([
    'low',
    'medium',
    'medium',
    'high',
  ]);
});
