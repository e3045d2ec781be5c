import { failIf, ofImage, type Rule } from './rule';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';

/** The newest page restricts this to China ↔ international accounts; no API tells the site of an account. */
export const imageFromMarketplace: Rule = {
  code: 'image-from-marketplace',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The image was made from a Marketplace image, whose licence does not go along.',
  fix: 'Let the receiver subscribe to the product in the Marketplace and take the image from there.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: (facts) =>
    ofImage(facts, ({ productCode }) => failIf(productCode !== '', `Its product is ${productCode}.`)),
};
