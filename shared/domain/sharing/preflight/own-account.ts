import { failIf, type Rule } from './rule';
import { CREATE_RESOURCE_SHARE_API } from './help-pages';

/** Resource Sharing answers ShareWithYourself, images InvalidAccount.Forbbiden. */
export const ownAccount: Rule = {
  code: 'own-account',
  severity: 'refuse',
  about: 'principal',
  sentence: 'The account owns one of the resources: nothing can be shared with its owner.',
  fix: 'Leave the account out; it has the resource already.',
  source: CREATE_RESOURCE_SHARE_API,
  judge: ({ resource, principal }) => failIf(principal.id === resource.ownerAccountId),
};
