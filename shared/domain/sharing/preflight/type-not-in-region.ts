import { factsOf } from '../resource-types';
import { fail, PASS, type Rule } from './rule';
import { CREATE_A_RESOURCE_SHARE } from './help-pages';

export const typeNotInRegion: Rule = {
  code: 'type-not-in-region',
  severity: 'refuse',
  about: 'resource',
  sentence: 'Resources of this type belong to no region, and their shares are made in one region only.',
  fix: 'Ask with that region as the regionId of the resource.',
  source: CREATE_A_RESOURCE_SHARE,
  judge({ resource }) {
    const { regionIds } = factsOf(resource.resourceType);
    if (regionIds === 'every' || regionIds.includes(resource.regionId)) return PASS;
    return fail(`Shares of it are made in ${regionIds.join(', ')}.`);
  },
};
