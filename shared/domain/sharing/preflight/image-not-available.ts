import { failIf, ofImage, type Rule } from './rule';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';

export const imageNotAvailable: Rule = {
  code: 'image-not-available',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The image is not available: it is being made, has failed, or is deprecated.',
  fix: 'Wait until its status is Available, and ask again.',
  source: SHARE_A_CUSTOM_IMAGE,
  passing: true,
  judge: (facts) =>
    ofImage(facts, ({ status }) => failIf(status !== 'Available', `Its status is ${status}.`)),
};
