import { SHARE_A_CUSTOM_IMAGE } from './help-pages';
import { fail, type Rule } from './rule';

export const receiverCannotShareOn: Rule = {
  code: 'receiver-cannot-share-on',
  severity: 'inform',
  about: 'resource',
  sentence: 'The receiver cannot share on what it received.',
  fix: 'Ask for each account or folder that needs it.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: () => fail(),
};
