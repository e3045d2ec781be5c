import { isInside } from '../principal';
import { factsOf } from '../resource-types';
import { SHARE_WITH_AN_ACCOUNT } from './help-pages';
import { fail, given, PASS, type Rule } from './rule';

export const typeNotForOutside: Rule = {
  code: 'type-not-for-outside',
  severity: 'refuse',
  about: 'pair',
  sentence:
    'The account is outside the resource directory, and resources of this type are shared within it only.',
  fix: 'Name an account, a folder or the directory inside.',
  source: SHARE_WITH_AN_ACCOUNT,
  judge({ resource, principal, directory }) {
    const { scope, noun } = factsOf(resource.resourceType);
    if (scope === 'any-account' || principal.type !== 'account') return PASS;
    return given(directory, (known) => {
      if (isInside(principal, known)) return PASS;
      if (scope === 'directory-only') return fail();
      return {
        is: 'unknown',
        why: `No document says whether a ${noun} may go to an account outside the directory.`,
      };
    });
  },
};
