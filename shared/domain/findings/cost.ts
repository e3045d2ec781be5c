import type { MonthlyCost } from './finding';
import type { SnapshotPrice } from './prices';

/** Disks are sized in GiB. */
const GIB_BYTES = 2 ** 30;

/**
 * The documents price a "GB" and size disks in GiB without saying whether the two differ. Here they are the same;
 * were a priced GB 10^9 bytes, amounts would be 7.4 % higher.
 */
export const PRICED_GB_BYTES = GIB_BYTES;

export interface SnapshotSize {
  sourceDiskSizeGiB: number;
  /** All that the snapshot shows, whether its own blocks or an older snapshot's; null when the provider does not tell. */
  fullSizeBytes: number | null;
}

/** The snapshots of one disk: what is billed is the total, because they have blocks in common. */
export interface ChainSize {
  totalBytes: number;
  snapshotCount: number;
}

/** How many billed bytes go if one snapshot goes. */
export interface FreedBytes {
  low: number;
  /** null when the chain was not told: then nothing speaks for any amount in between. */
  likely: number | null;
  high: number;
  /** True when the chain has this one snapshot: then all three are the same. */
  exact: boolean;
}

/**
 * The provider tells no snapshot's own size, so this is a range: nothing if every block is also an older or a younger
 * snapshot's, and at most what the snapshot shows, the chain holds and the disk can hold, whichever is least.
 */
export function freedBytes(snapshot: SnapshotSize, chain: ChainSize | null): FreedBytes {
  if (chain?.snapshotCount === 1) {
    const { totalBytes } = chain;
    return { low: totalBytes, likely: totalBytes, high: totalBytes, exact: true };
  }
  const bounds = [snapshot.sourceDiskSizeGiB * GIB_BYTES];
  if (snapshot.fullSizeBytes !== null) bounds.push(snapshot.fullSizeBytes);
  if (chain !== null) bounds.push(chain.totalBytes);
  const high = Math.min(...bounds);
  if (chain === null || chain.snapshotCount < 1) return { low: 0, likely: null, high, exact: false };
  const mean = Math.round(chain.totalBytes / chain.snapshotCount);
  return { low: 0, likely: Math.min(mean, high), high, exact: false };
}

/** What those bytes cost in a month at the list price, not rounded. */
export function monthlyCost(freed: FreedBytes, price: SnapshotPrice, asOf: string): MonthlyCost {
  const amount = (bytes: number) => (bytes / PRICED_GB_BYTES) * price.perGbMonth;
  return {
    currency: price.currency,
    low: amount(freed.low),
    likely: freed.likely === null ? null : amount(freed.likely),
    high: amount(freed.high),
    exact: freed.exact,
    perGbMonth: price.perGbMonth,
    priceSource: `${price.source}, table of ${asOf}`,
  };
}
