import { SHARE_A_SNAPSHOT } from './help-pages';
import { failIf, type Rule } from './rule';

export const receiverCannotRollBack: Rule = {
  code: 'receiver-cannot-roll-back',
  severity: 'inform',
  about: 'resource',
  sentence: 'The receiver cannot roll a disk back to the snapshot.',
  fix: 'Make a new disk from it.',
  source: SHARE_A_SNAPSHOT,
  judge: ({ resource }) => failIf(resource.resourceType === 'Snapshot'),
};
