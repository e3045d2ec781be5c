import { SHARE_A_SNAPSHOT } from './help-pages';
import { failIf, ofSnapshot, type Rule } from './rule';

export const receiverNeedsEssd: Rule = {
  code: 'receiver-needs-essd',
  severity: 'inform',
  about: 'resource',
  sentence: 'The snapshot is encrypted: the receiver can make only disks of the ESSD family from it.',
  fix: 'Make disks of the category cloud_essd, cloud_auto or cloud_essd_entry.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ encrypted }) => failIf(encrypted)),
};
