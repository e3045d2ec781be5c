import { failIf, given, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const resourceItselfReceived: Rule = {
  code: 'resource-itself-received',
  severity: 'refuse',
  about: 'resource',
  sentence:
    'The resource was shared with this account by another one, and what was received cannot be shared on.',
  fix: 'Ask the account that owns it to share it with the receiver directly.',
  source: SHARE_A_SNAPSHOT,
  judge: ({ item }) => given(item, (found) => failIf(found?.received === true)),
};
