import type { ReceiverPlace } from './receiver-place';
import type { SeenSnapshot } from './seen';
import {
  keyProblems,
  problem,
  snapshotProblems,
  type UseProblem,
  type WantedEncryption,
} from './use-problem';

/** A copy that shall be made of a received snapshot. It is the account's own: it may be shared, and stays. */
export interface CopyWish extends WantedEncryption {
  snapshotId: string;
  destinationRegionId: string;
  snapshotName: string;
  /** null = kept for ever. */
  retentionDays: number | null;
}

/** CopySnapshot: RetentionDays from 1 to 65,536. */
export const RETENTION_DAYS_MAX = 65_536;

/**
 * Every reason why the copy cannot be made, at once. Whether a copy within one region that changes the key is taken is
 * not documented: it is left to the provider.
 */
export function copyProblems(
  wish: CopyWish,
  { regionId }: ReceiverPlace,
  managedRegionIds: readonly string[],
  snapshot: SeenSnapshot | null,
): UseProblem[] {
  const problems = [...snapshotProblems(wish.snapshotId, snapshot), ...keyProblems(wish)];
  const at = '/destinationRegionId';
  if (!managedRegionIds.includes(wish.destinationRegionId)) {
    problems.push(
      problem(at, 'region-not-managed', `Region ${wish.destinationRegionId} is not managed here.`),
    );
  }
  if (wish.destinationRegionId === regionId && !wish.encrypted) {
    problems.push(
      problem(
        at,
        'same-region',
        'Within its region a snapshot is copied only to change its key: name another region, or say encrypted true.',
      ),
    );
  }
  if (snapshot?.encrypted === true && !wish.encrypted) {
    problems.push(
      problem(
        '/encrypted',
        'cannot-be-decrypted',
        'The snapshot is encrypted, and so is every copy of it: say encrypted true.',
      ),
    );
  }
  if (snapshot !== null && wish.kmsKeyId !== null && wish.kmsKeyId === snapshot.kmsKeyId) {
    problems.push(
      problem(
        '/kmsKeyId',
        'key-must-change',
        "That is the owner's key. Name a key that this account has in the destination, or none.",
      ),
    );
  }
  return problems;
}
