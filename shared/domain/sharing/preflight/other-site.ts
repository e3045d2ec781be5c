import { failIf, given, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

/** Resource Sharing answers InvalidTarget.SiteMismatch, images InvalidImageId.BidMismatch. */
export const otherSite: Rule = {
  code: 'other-site',
  severity: 'refuse',
  about: 'principal',
  sentence:
    'The account is on the other site: China and international accounts cannot share with each other.',
  fix: "Share with an account of the partner's on your own site.",
  source: SHARE_A_SNAPSHOT,
  unknowable: true,
  judge: ({ site }) => given(site, (found) => failIf(found === 'other')),
};
