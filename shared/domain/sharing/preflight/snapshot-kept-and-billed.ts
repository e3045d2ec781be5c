import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotKeptAndBilled: Rule = {
  code: 'snapshot-kept-and-billed',
  severity: 'inform',
  about: 'resource',
  sentence:
    'While the snapshot is shared it is not released when its retention ends, and the owner goes on paying for it.',
  fix: 'Let access end no later than the retention does.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ retentionDays }) => failIf(retentionDays !== null)),
};
