import { goesByImageList } from '../image-list';
import { RESOURCE_MANAGEMENT_LIMITS } from './help-pages';
import { sharedResourceIds } from './live';
import { failIf, given, PASS, type Rule } from './rule';
import { isSamePlace } from './same-place';

export const sharedResourcesExceeded: Rule = {
  code: 'shared-resources-exceeded',
  severity: 'refuse',
  about: 'pair',
  sentence: 'The owner account would have more resources in its shares than it may.',
  fix: 'End shares that nobody needs, or have the quota raised; SHAREKEEPER_PREFLIGHT tells sharekeeper of the new one.',
  source: RESOURCE_MANAGEMENT_LIMITS,
  passing: true,
  judge({ resource, principal, shares, wish, settings }) {
    if (goesByImageList(resource, principal)) return PASS;
    return given(shares, (all) => {
      const shared = sharedResourceIds(all);
      if (shared.has(resource.resourceId)) return PASS;
      for (const other of wish.resources) {
        const needsShare = wish.principals.some((one) => !goesByImageList(other, one));
        if (needsShare && isSamePlace(other, resource)) shared.add(other.resourceId);
      }
      const max = settings.sharedResourcesPerAccountMax;
      return failIf(shared.size > max, `It would be ${shared.size}; ${max} may be.`);
    });
  },
};
