import { failIf, ofImage, type Rule } from './rule';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';

/** ModifyImageSharePermission answers Image.Public. */
export const imageIsPublic: Rule = {
  code: 'image-is-public',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The image is a community image: every account may use it already.',
  fix: 'There is nothing to share. To share it with some accounts only, unpublish it first.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: (facts) => ofImage(facts, ({ isPublic }) => failIf(isPublic)),
};
