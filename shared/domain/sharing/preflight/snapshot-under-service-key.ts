import { failIf, given, ofSnapshot, type Rule } from './rule';
import { SHARE_A_SNAPSHOT } from './help-pages';

export const snapshotUnderServiceKey: Rule = {
  code: 'snapshot-under-service-key',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The snapshot is encrypted with the service key of ECS, and such snapshots cannot be shared.',
  fix: 'Copy the snapshot, choose a customer master key for the copy, and share the copy.',
  source: SHARE_A_SNAPSHOT,
  judge: (facts) =>
    ofSnapshot(facts, () =>
      given(facts.keys, (keys) => failIf(keys.some(({ managedBy }) => managedBy === 'service'))),
    ),
};
