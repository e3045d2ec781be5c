import { SHARE_A_SNAPSHOT } from './help-pages';
import { failIf, type Rule } from './rule';

export const receiverCannotMakeImage: Rule = {
  code: 'receiver-cannot-make-image',
  severity: 'inform',
  about: 'resource',
  sentence: 'The receiver cannot make an image from the snapshot.',
  fix: 'Share an image instead, where an image is needed.',
  source: SHARE_A_SNAPSHOT,
  judge: ({ resource }) => failIf(resource.resourceType === 'Snapshot'),
};
