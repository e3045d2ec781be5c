import { isSamePlace } from './same-place';
import { SHARE_A_SNAPSHOT } from './help-pages';
import { sharedResourceIds } from './live';
import { failIf, given, PASS, type Rule } from './rule';

/** "Share a snapshot": an account can share 1,024 snapshots. Those of other regions are not counted here. */
const SHARED_SNAPSHOTS_MAX = 1_024;

export const sharedSnapshotsExceeded: Rule = {
  code: 'shared-snapshots-exceeded',
  severity: 'refuse',
  about: 'resource',
  sentence: 'The owner account would share more snapshots than it may.',
  fix: 'Take back snapshots that nobody needs any more; the findings name those that have expired.',
  source: SHARE_A_SNAPSHOT,
  passing: true,
  judge({ resource, shares, wish }) {
    if (resource.resourceType !== 'Snapshot') return PASS;
    return given(shares, (all) => {
      const shared = sharedResourceIds(all, 'Snapshot');
      if (shared.has(resource.resourceId)) return PASS;
      for (const other of wish.resources) {
        if (other.resourceType === 'Snapshot' && isSamePlace(other, resource)) shared.add(other.resourceId);
      }
      return failIf(
        shared.size > SHARED_SNAPSHOTS_MAX,
        `It would be ${shared.size}; ${SHARED_SNAPSHOTS_MAX} may be.`,
      );
    });
  },
};
