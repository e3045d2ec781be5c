import { SHARE_A_SNAPSHOT } from './help-pages';
import { failIf, ofSnapshot, type Rule } from './rule';

export const receiverMustChangeKey: Rule = {
  code: 'receiver-must-change-key',
  severity: 'inform',
  about: 'resource',
  sentence:
    'The snapshot is encrypted: disks and copies that the receiver makes of it need a key of the receiver.',
  fix: 'Have the receiver choose a key of its own, or its service key, when it makes a disk or a copy.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ encrypted }) => failIf(encrypted)),
};
