import { factsOf } from '../resource-types';
import { failIf, type Rule } from './rule';
import { CREATE_RESOURCE_SHARE_API } from './help-pages';

export const idNotOfType: Rule = {
  code: 'id-not-of-type',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The id is not that of a resource of this type.',
  fix: 'Check that the type fits the id.',
  source: CREATE_RESOURCE_SHARE_API,
  judge({ resource: { resourceType, resourceId } }) {
    const { idPattern, noun, idExample } = factsOf(resourceType);
    return failIf(!idPattern.test(resourceId), `The id of a ${noun} looks like ${idExample}.`);
  },
};
