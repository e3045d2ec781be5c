import type { ReceiverPlace } from './receiver-place';
import type { SeenSnapshot } from './seen';
import {
  changedKeyProblems,
  keyProblems,
  problem,
  snapshotProblems,
  type DiskCategory,
  type UseProblem,
  type WantedEncryption,
} from './use-problem';

/** A disk that shall be made of a received snapshot. */
export interface DiskWish extends WantedEncryption {
  snapshotId: string;
  zoneId: string;
  category: DiskCategory;
  /** null = as large as the snapshot's disk. */
  sizeGiB: number | null;
  diskName: string;
}

/** CreateDisk: 65,536 GiB for the largest category. */
export const DISK_GIB_MAX = 65_536;

/** Every reason why the disk cannot be made, at once; those that only the provider knows come from it. */
export function diskProblems(
  wish: DiskWish,
  { regionId }: ReceiverPlace,
  snapshot: SeenSnapshot | null,
): UseProblem[] {
  const problems = [...snapshotProblems(wish.snapshotId, snapshot), ...keyProblems(wish)];
  if (!isZoneOf(wish.zoneId, regionId)) {
    problems.push(
      problem(
        '/zoneId',
        'zone-not-in-region',
        `${wish.zoneId} is no zone of ${regionId}. A received snapshot makes disks in its own region; copy it to use it in another.`,
      ),
    );
  }
  if (snapshot === null) return problems;
  if (wish.sizeGiB !== null && wish.sizeGiB < snapshot.sizeGiB) {
    problems.push(
      problem(
        '/sizeGiB',
        'size-too-small',
        `The disk must have at least the ${snapshot.sizeGiB} GiB of the snapshot.`,
      ),
    );
  }
  if (snapshot.encrypted && snapshot.source !== null)
    problems.push(...changedKeyProblems(wish, { noun: 'snapshot', kmsKeyId: snapshot.kmsKeyId }));
  return problems;
}

/** Zones are called after their region: `cn-hangzhou-h`, `ap-southeast-1a`. */
export function isZoneOf(zoneId: string, regionId: string): boolean {
  return zoneId.startsWith(regionId) && /^-?[a-z]$/.test(zoneId.slice(regionId.length));
}
