/** What one sweep of one place read, and what it could not. */
export interface SweepReport {
  sweep: 'shared-snapshots';
  ownerAccountId: string;
  regionId: string;
  startedMs: number;
  endedMs: number;
  /** Incomplete = something was not read: nothing of it is called clean, and no finding was closed. */
  completeness: Completeness;
  snapshotsRead: number;
  sharedSnapshots: number;
  expiredShared: number;
  findings: { opened: number; changed: number; resolved: number };
  /** Shared according to Resource Sharing, and not among the snapshots that ECS listed: what they cost is unknown. */
  sharedNotListed: { count: number; snapshotIds: string[] };
}

export type Completeness = { is: 'complete' } | { is: 'incomplete'; why: string };

/** Of the ids that a report names; the count tells how many there are. */
export const NAMED_PER_REPORT_MAX = 50;
