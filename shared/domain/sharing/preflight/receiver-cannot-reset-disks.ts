import { SHARE_A_CUSTOM_IMAGE } from './help-pages';
import { failIf, type Rule } from './rule';

export const receiverCannotResetDisks: Rule = {
  code: 'receiver-cannot-reset-disks',
  severity: 'inform',
  about: 'resource',
  sentence: 'Once access has ended, disks and instances made from it stay, and cannot be initialised again.',
  fix: 'Let the receiver copy what it needs for longer while it has access.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: ({ resource: { resourceType } }) => failIf(resourceType === 'Image' || resourceType === 'Snapshot'),
};
