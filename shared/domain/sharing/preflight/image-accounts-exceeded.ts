import { factsOf } from '../resource-types';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

export const imageAccountsExceeded: Rule = {
  code: 'image-accounts-exceeded',
  severity: 'refuse',
  about: 'resource',
  sentence: 'More single accounts would have the image than one image can be shared with.',
  fix: 'Share it with a folder instead, take it back from accounts that no longer need it, or have the quota raised.',
  source: SHARE_A_CUSTOM_IMAGE,
  passing: true,
  judge({ resource, imageAccounts, wish }) {
    if (resource.resourceType !== 'Image') return PASS;
    const max = factsOf('Image').accountsMax ?? Infinity;
    return given(imageAccounts, (before) => {
      const asked = wish.principals.filter(({ type }) => type === 'account').map(({ id }) => id);
      const after = new Set([...before, ...asked]).size;
      return failIf(after > before.length && after > max, `${after} would have it; ${max} may.`);
    });
  },
};
