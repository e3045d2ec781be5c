import { describe, expect, test } from 'vitest';
import { costInWords, sizeInWords } from '../../../../shared/domain/findings/amounts';
import { freedBytes, monthlyCost, PRICED_GB_BYTES } from '../../../../shared/domain/findings/cost';
import { PRICE_TABLE, priceOf, type Currency } from '../../../../shared/domain/findings/prices';

const GIB = 1_073_741_824;

function priced(category: string, currency: Currency, regionId = 'cn-hangzhou') {
  return priceOf(PRICE_TABLE, { regionId, category, currency });
}

function costOf(
  sizes: { disk: number; full: number | null; chain: [gib: number, count: number] | null },
  currency: Currency = 'USD',
  category = 'standard',
) {
  const price = priced(category, currency);
  if (price === null) return null;
  const freed = freedBytes(
    { sourceDiskSizeGiB: sizes.disk, fullSizeBytes: sizes.full === null ? null : sizes.full * GIB },
    sizes.chain === null ? null : { totalBytes: sizes.chain[0] * GIB, snapshotCount: sizes.chain[1] },
  );
  return monthlyCost(freed, price, PRICE_TABLE.asOf);
}

describe('the range of a monthly cost', () => {
  // Amounts worked out by hand: GiB x price, GiB taken for the "GB" that is priced.
  const table: [string, Parameters<typeof costOf>, number, number | null, number, boolean][] = [
    ['a tenth of a chain of 300 GiB', [{ disk: 500, full: 200, chain: [300, 10] }], 0, 0.519, 3.46, false],
    ['the only snapshot of its chain', [{ disk: 500, full: 200, chain: [100, 1] }], 1.73, 1.73, 1.73, true],
    [
      'a chain smaller than the full size',
      [{ disk: 500, full: 200, chain: [50, 5] }],
      0,
      0.173,
      0.865,
      false,
    ],
    [
      'a disk smaller than the full size',
      [{ disk: 40, full: 200, chain: [300, 10] }],
      0,
      0.519,
      0.692,
      false,
    ],
    ['a full size below the mean', [{ disk: 500, full: 10, chain: [300, 10] }], 0, 0.173, 0.173, false],
    ['no full size told', [{ disk: 100, full: null, chain: [300, 10] }], 0, 0.519, 1.73, false],
    ['no chain told', [{ disk: 500, full: 200, chain: null }], 0, null, 3.46, false],
    ['a chain told as empty', [{ disk: 500, full: 200, chain: [0, 0] }], 0, null, 0, false],
    ['in CNY', [{ disk: 500, full: 200, chain: [300, 10] }, 'CNY'], 0, 3.6, 24, false],
    [
      'archived, half the price in CNY',
      [{ disk: 500, full: 200, chain: [100, 1] }, 'CNY', 'archive'],
      6,
      6,
      6,
      true,
    ],
  ];
  test.each(table)('%s', (_name, input, low, likely, high, exact) => {
    const cost = costOf(...input);
    const rounded = (amount: number | null | undefined) =>
      typeof amount === 'number' ? Number(amount.toFixed(9)) : amount;
    expect([rounded(cost?.low), rounded(cost?.likely), rounded(cost?.high)]).toEqual([low, likely, high]);
    expect(cost?.exact).toBe(exact);
  });

  test('takes a priced GB for a GiB', () => {
    expect(PRICED_GB_BYTES).toBe(1_073_741_824);
  });

  test('names price, source and date', () => {
    expect(costOf({ disk: 40, full: 20, chain: [20, 1] })).toMatchObject({
      currency: 'USD',
      perGbMonth: 0.0173,
      priceSource: 'Alibaba Cloud help, Snapshot billing (international site), table of 2026-11-21',
    });
  });
});

describe('the price table', () => {
  test('knows no price where no public page confirms one', () => {
    expect(priced('standard', 'USD', 'eu-central-1')).toBeNull();
    expect(priced('archive', 'USD')).toBeNull();
    expect(priced('flash', 'CNY')).toBeNull();
  });

  test('reads the category in any case, as the provider writes it both ways', () => {
    expect(priced('Standard', 'USD')?.perGbMonth).toBe(0.0173);
  });
});

describe('amounts in words', () => {
  const words = (...input: Parameters<typeof costOf>) => {
    const cost = costOf(...input);
    return cost === null ? null : costInWords(cost);
  };

  test('are a range, or one number where it is exact, or a bound where nothing is likelier', () => {
    expect(words({ disk: 500, full: 200, chain: [300, 10] })).toBe('about 0.52 USD a month (0 to 3.46)');
    expect(words({ disk: 500, full: 200, chain: [100, 1] })).toBe('1.73 USD a month');
    expect(words({ disk: 500, full: 200, chain: null })).toBe('up to 3.46 USD a month');
  });

  test('never round a small amount down to nothing', () => {
    expect(words({ disk: 1, full: 0.1, chain: [1, 100] })).toBe('under 0.01 USD a month');
    expect(words({ disk: 100, full: 100, chain: [200, 1_000] })).toBe('under 0.01 USD a month (0 to 1.73)');
  });

  test('keep whole hundreds whole', () => {
    expect(sizeInWords({ low: 0, likely: 100 * GIB, high: 300 * GIB, exact: false })).toBe(
      'about 100 GiB (0 to 300)',
    );
  });
});
