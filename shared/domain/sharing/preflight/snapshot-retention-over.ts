import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

const DAY_MS = 24 * 3_600_000;

/** Retention counts from the creation of the snapshot. */
export const snapshotRetentionOver: Rule = {
  code: 'snapshot-retention-over',
  severity: 'warn',
  about: 'resource',
  sentence:
    'The retention of the snapshot is over: only being shared would keep it, and it goes on being billed.',
  fix: 'Extend its retention first, or share a newer snapshot.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) =>
    ofSnapshot(facts, ({ creationMs, retentionDays }) =>
      failIf(retentionDays !== null && facts.nowMs >= creationMs + retentionDays * DAY_MS),
    ),
};
