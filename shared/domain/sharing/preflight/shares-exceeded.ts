import { goesByImageList } from '../image-list';
import { RESOURCE_MANAGEMENT_LIMITS } from './help-pages';
import { isLive, liveShares } from './live';
import { failIf, given, PASS, type Rule } from './rule';

/** A principal that is in some share already may get more through it. Shares of other regions are not counted here. */
export const sharesExceeded: Rule = {
  code: 'shares-exceeded',
  severity: 'refuse',
  about: 'principal',
  sentence:
    'The owner account has all the resource shares that it may, and this principal is in none of them.',
  fix: 'End shares that nobody needs, or have the quota raised; SHAREKEEPER_PREFLIGHT tells sharekeeper of the new one.',
  source: RESOURCE_MANAGEMENT_LIMITS,
  passing: true,
  judge({ resource, principal, shares, settings }) {
    if (goesByImageList(resource, principal)) return PASS;
    return given(shares, (all) => {
      const live = liveShares(all);
      const isIn = live.some(({ principals }) =>
        principals.some((one) => one.entityId === principal.id && isLive(one)),
      );
      const max = settings.sharesPerAccountMax;
      return failIf(!isIn && live.length >= max, `It has ${live.length} of ${max}.`);
    });
  },
};
