import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotFromMarketplace: Rule = {
  code: 'snapshot-from-marketplace',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The snapshot carries the product code of a Marketplace image, whose licence does not go along.',
  fix: 'Let the receiver subscribe to the product in the Marketplace and take the image from there.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) =>
    ofSnapshot(facts, ({ productCode }) => failIf(productCode !== '', `Its product is ${productCode}.`)),
};
