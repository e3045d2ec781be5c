/** What one sweep of one place read, and what it could not. */
export interface SweepReport {
  sweep: 'shared-snapshots';
  ownerAccountId: string;
  regionId: string;
  startedMs: number;
  endedMs: number;
  /** Incomplete = something was not read: nothing of it is called clean, and no finding was closed. */
  completeness: { is: 'complete' } | { is: 'incomplete'; why: string };
  snapshotsRead: number;
  sharedSnapshots: number;
  expiredShared: number;
}
