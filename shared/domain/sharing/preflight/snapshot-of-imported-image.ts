import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotOfImportedImage: Rule = {
  code: 'snapshot-of-imported-image',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The snapshot came about when a custom image was imported, and such snapshots cannot be shared.',
  fix: 'Make a disk from the image, take a snapshot of the disk, and share that one.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) => ofSnapshot(facts, ({ ofImportedImage }) => failIf(ofImportedImage)),
};
