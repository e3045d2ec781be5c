import type { Json } from '../audit/canonical-json';
import type { ResourceRef } from '../sharing/resource';

/** Something that a sweep found and that a person should know. */
export interface Finding extends Observed {
  firstSeenMs: number;
  lastSeenMs: number;
  state: { is: 'open' } | { is: 'resolved'; atMs: number };
}

/** What a rule says about a resource at one look, before it is known whether that is news. */
export interface Observed {
  /** Stable: the rule and the resource it is about. */
  findingId: string;
  rule: string;
  severity: Severity;
  resource: ResourceRef;
  title: string;
  /** What to do about it. */
  advice: string;
  /** null = it costs nothing, or the price is not known: then the sizes stand in the evidence. */
  cost: MonthlyCost | null;
  /** Facts that only change when the resource does: two looks at an unchanged resource have equal evidence. */
  evidence: { [key: string]: Json };
}

export type Severity = 'low' | 'medium' | 'high';

/** What a month of a snapshot costs: a chain's blocks are common to its snapshots, so an honest answer is a range. */
export interface MonthlyCost {
  currency: string;
  low: number;
  /** null when the provider did not tell the chain's size. */
  likely: number | null;
  high: number;
  /** True when the chain has this one snapshot: then all three are the same. */
  exact: boolean;
  /** List price of a GB-month; storage plans may lower the bill. */
  perGbMonth: number;
  /** Where the price came from and when it was looked up. */
  priceSource: string;
}
