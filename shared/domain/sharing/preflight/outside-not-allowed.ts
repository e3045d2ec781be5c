import { isInside } from '../principal';
import { SHARE_WITH_AN_ACCOUNT } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

export const outsideNotAllowed: Rule = {
  code: 'outside-not-allowed',
  severity: 'refuse',
  about: 'principal',
  sentence: 'The account is outside the resource directory, and this installation shares nothing outside it.',
  fix: 'Name an account, a folder or the directory inside, or have the operator allow external sharing.',
  source: SHARE_WITH_AN_ACCOUNT,
  judge: ({ principal, directory, settings }) =>
    settings.externalSharing || principal.type !== 'account'
      ? PASS
      : given(directory, (known) => failIf(!isInside(principal, known))),
};
