import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotArchived: Rule = {
  code: 'snapshot-archived',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The snapshot is in the archive, where it can be neither used nor shared.',
  fix: 'Share a snapshot of the standard category.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ category }) => failIf(category.toLowerCase() === 'archive')),
};
