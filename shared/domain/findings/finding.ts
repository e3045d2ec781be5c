import type { Json } from '../audit/canonical-json';
import type { ResourceRef } from '../sharing/resource';

/** Something that a sweep found and that a person should know. */
export interface Finding {
  /** Stable: the rule and the resource it is about. */
  findingId: string;
  rule: string;
  severity: 'low' | 'medium' | 'high';
  resource: ResourceRef;
  title: string;
  /** What to do about it. */
  advice: string;
  evidence: { [key: string]: Json };
  firstSeenMs: number;
  lastSeenMs: number;
  state: { is: 'open' } | { is: 'resolved'; atMs: number };
}

/** What a month of a snapshot costs: a chain's blocks are common to its snapshots, so an honest answer is a range. */
export interface MonthlyCost {
  currency: string;
  low: number;
  likely: number;
  high: number;
  /** True when the chain has this one snapshot: then all three are the same. */
  exact: boolean;
  /** Where the price came from and when it was looked up, e.g. `snapshot price table 2026-11-21`. */
  priceSource: string;
}
