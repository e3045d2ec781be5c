import { newMember } from '../estates/new-member';
import type { Snapshot, World } from '../cloud/world';
import type { Laptop } from './laptop';

/** Who and what a tour is about: chosen anew from what the laptop holds, so that a tour can be taken again. */
export interface Cast {
  regionId: string;
  snapshot: Snapshot;
  /** An account outside the directory that has no share of the owner's waiting. */
  partnerId: string;
  /** A member of the directory other than the owner. */
  memberId: string;
  /** An account that is about to join the directory. */
  newcomerId: string;
}

const DAY_MS = 24 * 3_600_000;

/** Finds a snapshot that can be shared and is not, and the people for it. Throws when the laptop has none left. */
export function castOf(laptop: Laptop): Cast {
  const { world } = laptop.cloud;
  const members = Object.keys(world.directories[0]?.members ?? {});
  const shared = sharedResourceIds(world);
  for (const [regionId, { snapshots }] of Object.entries(world.regions)) {
    const snapshot = Object.values(snapshots).find(
      (one) =>
        isShareable(one, laptop.clock.nowMs()) &&
        members.includes(one.ownerId) &&
        !shared.has(one.snapshotId),
    );
    const memberId = members.find((id) => id !== snapshot?.ownerId);
    const partnerId = laptop.estate.partners[0];
    if (snapshot !== undefined && memberId !== undefined && partnerId !== undefined) {
      return { regionId, snapshot, partnerId, memberId, newcomerId: newMember(world) };
    }
  }
  throw new Error('Every snapshot that could be shared is shared already. Start with --fresh to begin anew.');
}

function isShareable(snapshot: Snapshot, nowMs: number): boolean {
  const { status, category, encrypted, ofImportedImage, productCode, locked, retentionDays, creationMs } =
    snapshot;
  const staysAWeek = retentionDays === null || creationMs + retentionDays * DAY_MS > nowMs + 7 * DAY_MS;
  return (
    status === 'accomplished' &&
    category === 'standard' &&
    !encrypted &&
    !ofImportedImage &&
    !locked &&
    productCode === '' &&
    staysAWeek
  );
}

function sharedResourceIds(world: World): Set<string> {
  const associations = Object.values(world.shares).flatMap(({ associations: some }) => some);
  return new Set(
    associations
      .filter(({ associationType }) => associationType === 'Resource')
      .map(({ entityId }) => entityId),
  );
}
