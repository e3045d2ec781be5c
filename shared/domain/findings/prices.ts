export const CURRENCIES = ['USD', 'CNY'] as const;
/** Follows the account's site: CNY in China, USD on the international one. */
export type Currency = (typeof CURRENCIES)[number];

export interface PriceTable {
  /** When somebody last looked, `yyyy-mm-dd`. */
  asOf: string;
  prices: readonly SnapshotPrice[];
}

export interface SnapshotPrice {
  regionId: string;
  /** As DescribeSnapshots spells it, in lower case. */
  category: string;
  currency: Currency;
  perGbMonth: number;
  source: string;
}

/**
 * List prices that a public page of the provider confirms. Those of other regions stand on the pricing page alone, and
 * the archive price in USD nowhere: what is not here is answered with sizes and no amount.
 */
export const PRICE_TABLE: PriceTable = {
  asOf: '2026-11-21',
  prices: [
    {
      regionId: 'cn-hangzhou',
      category: 'standard',
      currency: 'USD',
      perGbMonth: 0.0173,
      source: 'Alibaba Cloud help, Snapshot billing (international site)',
    },
    {
      regionId: 'cn-hangzhou',
      category: 'standard',
      currency: 'CNY',
      perGbMonth: 0.12,
      source: 'Alibaba Cloud help, Snapshot billing (China site)',
    },
    {
      regionId: 'cn-hangzhou',
      category: 'archive',
      currency: 'CNY',
      perGbMonth: 0.06,
      source: 'Alibaba Cloud help, Snapshot billing (China site)',
    },
  ],
};

/** The price that the table knows, or null: then nobody may guess one. */
export function priceOf(
  table: PriceTable,
  of: { regionId: string; category: string; currency: Currency },
): SnapshotPrice | null {
  const category = of.category.toLowerCase();
  return (
    table.prices.find(
      (price) =>
        price.regionId === of.regionId && price.category === category && price.currency === of.currency,
    ) ?? null
  );
}
