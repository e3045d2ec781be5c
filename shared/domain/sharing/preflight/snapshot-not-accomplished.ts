import { failIf, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotNotAccomplished: Rule = {
  code: 'snapshot-not-accomplished',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The snapshot is not complete.',
  fix: 'Wait until its status is accomplished, and ask again. One that failed has to be taken anew.',
  source: SHARE_A_SNAPSHOT,
  passing: true,
  judge: (facts) =>
    ofSnapshot(facts, ({ status }) => failIf(status !== 'accomplished', `Its status is ${status}.`)),
};
