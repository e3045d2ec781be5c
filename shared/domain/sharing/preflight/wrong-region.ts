import { fail, given, PASS, type Rule } from './rule';
import { CREATE_A_RESOURCE_SHARE } from './help-pages';

export const wrongRegion: Rule = {
  code: 'wrong-region',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The resource is in another region: a share is made in the region of its resources.',
  fix: 'Name the region that the resource is in, or copy it to this region first and share the copy.',
  source: CREATE_A_RESOURCE_SHARE,
  judge: ({ item, elsewhere }) =>
    given(item, (found) => {
      if (found !== null) return PASS;
      return given(elsewhere, (regionIds) =>
        regionIds.length === 0 ? PASS : fail(`It is in ${regionIds.join(', ')}.`),
      );
    }),
};
