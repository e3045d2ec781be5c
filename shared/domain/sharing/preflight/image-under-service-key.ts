import { failIf, given, ofImage, type Rule } from './rule';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';

export const imageUnderServiceKey: Rule = {
  code: 'image-under-service-key',
  severity: 'refuse',
  about: 'resource',
  sentence:
    'The image is encrypted with the service key of ECS; only images under a customer master key can be shared.',
  fix: 'Copy the image, choose a customer master key for the copy, and share the copy.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: (facts) =>
    ofImage(facts, () =>
      given(facts.keys, (keys) => failIf(keys.some(({ managedBy }) => managedBy === 'service'))),
    ),
};
