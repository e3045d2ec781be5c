import type { Json } from '../audit/canonical-json';
import { resourceKey, type Place, type ResourceRef } from '../sharing/resource';
import { costInWords, sizeInWords } from './amounts';
import { freedBytes, monthlyCost, type ChainSize, type FreedBytes, type SnapshotSize } from './cost';
import type { MonthlyCost, Observed, Severity } from './finding';
import { priceOf, type Currency, type PriceTable } from './prices';
import { expiryMsOf, hasExpired, type Retained } from './retention';

export const EXPIRED_SHARED_SNAPSHOT = 'expired-shared-snapshot';

/** A snapshot that its owner shares with somebody. */
export interface SharedSnapshot extends Retained, SnapshotSize {
  snapshotId: string;
  snapshotName: string;
  category: string;
  sourceDiskId: string;
  snapshotLinkId: string;
}

export interface Pricing {
  table: PriceTable;
  currency: Currency;
}

/**
 * A shared snapshot past its retention is not released: it stays, and is billed to its owner, until it is unshared
 * (ECS, Share a snapshot). Answers what to say about it, or null while it has not expired or is kept for ever.
 */
export function expiredSharedSnapshot(
  place: Place,
  snapshot: SharedSnapshot,
  chain: ChainSize | null,
  pricing: Pricing,
  nowMs: number,
): Observed | null {
  const expiryMs = expiryMsOf(snapshot);
  if (expiryMs === null || !hasExpired(snapshot, nowMs)) return null;

  const freed = freedBytes(snapshot, chain);
  const cost = costOf(freed, place, snapshot, pricing);
  const resource = resourceOf(place, snapshot.snapshotId);
  return {
    findingId: findingIdOf(resource),
    rule: EXPIRED_SHARED_SNAPSHOT,
    severity: cost === null ? 'medium' : severityOf(cost, pricing.currency),
    resource,
    title: titleOf(snapshot, freed, cost),
    advice: adviceOf(expiryMs, place, cost),
    cost,
    evidence: evidenceOf(snapshot, expiryMs, chain, freed),
  };
}

export function findingIdOf(resource: ResourceRef): string {
  return `${EXPIRED_SHARED_SNAPSHOT}/${resourceKey(resource)}`;
}

export function resourceOf(place: Place, snapshotId: string): ResourceRef {
  return {
    ownerAccountId: place.ownerAccountId,
    regionId: place.regionId,
    resourceType: 'Snapshot',
    resourceId: snapshotId,
  };
}

/** Amounts a month from which a finding weighs more, about equal in both currencies. */
const WEIGHS_FROM: Record<Currency, { medium: number; high: number }> = {
  USD: { medium: 1, high: 20 },
  CNY: { medium: 7, high: 140 },
};

function severityOf({ likely, high }: MonthlyCost, currency: Currency): Severity {
  const amount = likely ?? high;
  if (amount >= WEIGHS_FROM[currency].high) return 'high';
  return amount >= WEIGHS_FROM[currency].medium ? 'medium' : 'low';
}

function costOf(
  freed: FreedBytes,
  { regionId }: Place,
  { category }: SharedSnapshot,
  { table, currency }: Pricing,
): MonthlyCost | null {
  const price = priceOf(table, { regionId, category, currency });
  return price === null ? null : monthlyCost(freed, price, table.asOf);
}

function titleOf(snapshot: SharedSnapshot, freed: FreedBytes, cost: MonthlyCost | null): string {
  const named = snapshot.snapshotName === '' ? '' : ` (${snapshot.snapshotName})`;
  const amount = cost === null ? `${sizeInWords(freed)} billed, price not known` : costInWords(cost);
  return `Snapshot ${snapshot.snapshotId}${named} has expired but is still shared and billed: ${amount}`;
}

function adviceOf(expiryMs: number, { regionId }: Place, cost: MonthlyCost | null): string {
  const price =
    cost === null
      ? `No list price is known for ${regionId}: size only.`
      : `Price ${cost.perGbMonth} ${cost.currency}/GB-month, ${regionId}, ${cost.priceSource}.`;
  return (
    `Its retention ended on ${dateOf(expiryMs)} (UTC), and a shared snapshot is not released by itself. ` +
    `Unshare it: then the provider releases it, or you can delete it. Disks made from it stay. ${price}`
  );
}

function dateOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

function evidenceOf(
  snapshot: SharedSnapshot,
  expiryMs: number,
  chain: ChainSize | null,
  freed: FreedBytes,
): { [key: string]: Json } {
  return {
    creationMs: snapshot.creationMs,
    retentionDays: snapshot.retentionDays,
    expiryMs,
    category: snapshot.category,
    sourceDiskId: snapshot.sourceDiskId,
    sourceDiskSizeGiB: snapshot.sourceDiskSizeGiB,
    fullSizeBytes: snapshot.fullSizeBytes,
    snapshotLinkId: snapshot.snapshotLinkId,
    chain: chain === null ? null : { totalBytes: chain.totalBytes, snapshotCount: chain.snapshotCount },
    freedBytes: { low: freed.low, likely: freed.likely, high: freed.high, exact: freed.exact },
  };
}
