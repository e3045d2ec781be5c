import { serviceKeyOf } from '../../cloud/kms/keys';
import { DAY_MS } from '../../cloud/times';
import type { Snapshot } from '../../cloud/world';
import type { Random } from '../random';
import { snapshot } from '../resources';
import type { RegionPlan } from './region-plan';

const GIB = 1_073_741_824;
const ID_TAIL = 17;
const MAX_CHAIN = 6;
const RETENTIONS = [7, 30, 30, 90, 90, 365] as const;
const ARCHIVE_RETENTION_DAYS = 400;

/** The marks of a chain that the sharing rules tell apart, with the share of disks that have them. */
interface DiskKind {
  encrypted: boolean;
  kmsKeyId: string;
  productCode: string;
  ofImportedImage: boolean;
}

/**
 * The snapshots of one disk: the first holds it all, the later ones what has changed. None has outlived its retention,
 * except when `isForgotten`: then the chain is one snapshot that should have gone long ago.
 */
export function chain(
  plan: RegionPlan,
  ownerId: string,
  random: Random,
  nowMs: number,
  { isForgotten, atMost }: { isForgotten: boolean; atMost: number },
): Snapshot[] {
  const diskId = random.id(`d-${plan.idStart}`, ID_TAIL);
  const diskSizeGiB = random.pick([20, 40, 40, 100, 200, 500, 1000] as const);
  const diskType = random.pick(['system', 'data'] as const);
  const kind = isForgotten ? plainKind : kindOfDisk(plan, random);
  const length = Math.min(atMost, random.int(1, MAX_CHAIN));
  const retentionDays = isForgotten ? random.pick([7, 30] as const) : retentionOf(random);
  const usedBytes = Math.round(diskSizeGiB * GIB * (random.int(20, 80) / 100));
  return Array.from({ length }, (_, index): Snapshot => {
    const isFirst = index === 0;
    const ageMs = ageOf(retentionDays, isForgotten, random);
    return snapshot({
      snapshotId: random.id(`s-${plan.idStart}`, ID_TAIL),
      snapshotName: `${diskType}-${index + 1}`,
      ownerId,
      creationMs: nowMs - ageMs,
      retentionDays,
      sourceDiskId: diskId,
      sourceDiskSizeGiB: diskSizeGiB,
      sourceDiskType: diskType,
      snapshotLinkId: `sl-${diskId.slice(2)}`,
      fullSizeBytes: usedBytes,
      incrementBytes: isFirst ? usedBytes : Math.round(usedBytes * (random.int(1, 15) / 100)),
      tags: random.chance(0.5) ? { environment: random.pick(['production', 'staging'] as const) } : {},
      ...kind,
      ...(isForgotten ? {} : oddity(ageMs, retentionDays, random)),
    });
  });
}

const plainKind: DiskKind = { encrypted: false, kmsKeyId: '', productCode: '', ofImportedImage: false };

function kindOfDisk(plan: RegionPlan, random: Random): DiskKind {
  const draw = random.int(1, 100);
  if (draw <= 12) return { ...plainKind, encrypted: true, kmsKeyId: serviceKeyOf(plan.regionId) };
  if (draw <= 24) return { ...plainKind, encrypted: true, kmsKeyId: random.id('key-', 20) };
  if (draw <= 28) return { ...plainKind, productCode: 'cmjj025310' };
  if (draw <= 32) return { ...plainKind, ofImportedImage: true };
  return plainKind;
}

function retentionOf(random: Random): number | null {
  return random.chance(0.3) ? null : random.pick(RETENTIONS);
}

/** At least an hour of life is left to what has a retention, unless it was forgotten. */
function ageOf(retentionDays: number | null, isForgotten: boolean, random: Random): number {
  if (isForgotten) return ((retentionDays ?? 30) + random.int(5, 300)) * DAY_MS;
  const oldestMs = (retentionDays ?? 800) * DAY_MS - 3_600_000;
  return Math.floor((oldestMs / 1000) * (random.int(1, 1000) / 1000)) * 1000;
}

/** Few snapshots are unfinished, failed, locked or archived. */
function oddity(ageMs: number, retentionDays: number | null, random: Random): Partial<Snapshot> {
  const draw = random.int(1, 100);
  if (draw <= 2) return { status: 'failed' };
  if (draw <= 4) return { locked: true };
  if (draw <= 8 && ageMs > 14 * DAY_MS) {
    return { category: 'archive', retentionDays: retentionDays === null ? null : ARCHIVE_RETENTION_DAYS };
  }
  return draw <= 9 && ageMs < DAY_MS ? { status: 'progressing' } : {};
}
