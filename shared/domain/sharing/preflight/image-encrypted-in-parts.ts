import { failIf, ofImage, PASS, type Rule } from './rule';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';

/** ModifyImageSharePermission answers OperationDeined.FullImage. */
export const imageEncryptedInParts: Rule = {
  code: 'image-encrypted-in-parts',
  severity: 'refuse',
  about: 'pair',
  sentence:
    'The image is encrypted and holds several disks; such an image cannot be shared with single accounts.',
  fix: 'Make an image of the system disk alone, and share the data disks as snapshots.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge: (facts) =>
    facts.principal.type === 'account'
      ? ofImage(facts, ({ encrypted, snapshotCount }) => failIf(encrypted && snapshotCount > 1))
      : PASS,
};
