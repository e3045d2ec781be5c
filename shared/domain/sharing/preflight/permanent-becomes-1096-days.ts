import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const permanentBecomes1096Days: Rule = {
  code: 'permanent-becomes-1096-days',
  severity: 'inform',
  about: 'resource',
  sentence:
    'The snapshot is kept for ever; the receiver sees it with a retention of 1,096 days and cannot extend that.',
  fix: 'A receiver who needs it longer copies it to another region, or makes a disk from it in time.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ retentionDays }) => failIf(retentionDays === null)),
};
