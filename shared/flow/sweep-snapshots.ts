import {
  expiredSharedSnapshot,
  findingIdOf,
  resourceOf,
  type Pricing,
  type SharedSnapshot,
} from '../domain/findings/expired-shared-snapshot';
import { NAMED_PER_REPORT_MAX, type SweepReport } from '../domain/findings/sweep';
import { placeKey, type Place } from '../domain/sharing/resource';
import { changeOrThrow } from './change';
import { ALL_SWEEPS, snapshotSweepId } from './finding-streams';
import { BY_ID } from './ledger-streams';
import { lookForExpired, type Look } from './look-for-expired';
import { ProviderError, type Aggregates, type ChainFacts, type Clock } from './ports';
import type { Leases, Lists, SnapshotReader, TimeLeft } from './ports';
import { resolveOthers, writeFound, type Tally } from './write-findings';

interface Ports {
  aggregates: Aggregates;
  lists: Lists;
  leases: Leases;
  snapshots: SnapshotReader;
  clock: Clock;
}

export interface SweepSummary {
  places: number;
  complete: number;
  /** Places of which something was not read, and why. */
  incomplete: { place: string; why: string }[];
  /** Places that another run is sweeping. */
  held: number;
  snapshotsRead: number;
  expiredShared: number;
  opened: number;
  changed: number;
  resolved: number;
}

/** A run that died keeps others out for no longer than this. */
const LEASE_MS_MAX = 15 * 60_000;
/** With less time left, what is there is written down and the rest left to the next run. */
const STOP_BEFORE_MS = 5_000;

/**
 * Looks in every place for snapshots that are past their retention and still shared, opens findings for them, and
 * resolves the findings that a complete look did not confirm. Each place gets a report, complete or not.
 */
export async function sweepSnapshots(
  ports: Ports,
  places: readonly Place[],
  pricing: Pricing,
  timeLeft: TimeLeft,
): Promise<SweepSummary> {
  const reports: SweepReport[] = [];
  for (const place of places) {
    const leaseMs = Math.min(Math.max(timeLeft(), STOP_BEFORE_MS), LEASE_MS_MAX);
    const swept = await ports.leases.holding(`sweep/${snapshotSweepId(place)}`, leaseMs, () =>
      sweepPlace(ports, place, pricing, () => timeLeft() > STOP_BEFORE_MS),
    );
    if (swept.is === 'done') reports.push(swept.value);
  }
  return summaryOf(places.length, reports);
}

async function sweepPlace(
  ports: Ports,
  place: Place,
  pricing: Pricing,
  goOn: () => boolean,
): Promise<SweepReport> {
  const startedMs = ports.clock.nowMs();
  const look = await lookForExpired(ports.snapshots, place, startedMs, goOn);
  const chains = await chainsOf(ports.snapshots, place, look.expired);
  const tally: Tally = { opened: 0, changed: 0, resolved: 0 };
  let notRead = look.notRead ?? chains.notRead;

  const observed = look.expired.flatMap((snapshot) => {
    const chain = chains.byLink.get(snapshot.snapshotLinkId) ?? null;
    return expiredSharedSnapshot(place, snapshot, chain, pricing, startedMs) ?? [];
  });
  const detail = chains.notRead === null ? 'whole' : 'partial';
  const written = await writeFound(
    ports.aggregates,
    place,
    observed,
    { seenMs: startedMs, detail },
    tally,
    goOn,
  );
  if (written === 'stopped') notRead ??= 'The time ran out before every finding was written';
  if (notRead === null) {
    const confirmed = new Set(observed.map((one) => one.findingId));
    // Shared for certain, yet not among the snapshots that were listed: unknown is not resolved.
    for (const id of look.sharedNotListed) confirmed.add(findingIdOf(resourceOf(place, id)));
    await resolveOthers(ports, place, confirmed, startedMs, tally);
  }
  return writeReport(ports, place, reportOf(place, startedMs, ports.clock.nowMs(), look, notRead, tally));
}

interface Chains {
  byLink: Map<string, ChainFacts>;
  notRead: string | null;
}

async function chainsOf(
  snapshots: SnapshotReader,
  place: Place,
  expired: readonly SharedSnapshot[],
): Promise<Chains> {
  const diskIds = [...new Set(expired.map((snapshot) => snapshot.sourceDiskId))].filter((id) => id !== '');
  if (diskIds.length === 0) return { byLink: new Map(), notRead: null };
  try {
    return { byLink: await snapshots.chains(place, diskIds), notRead: null };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { byLink: new Map(), notRead: `The snapshot chains were not read: ${error.message}` };
  }
}

function reportOf(
  place: Place,
  startedMs: number,
  endedMs: number,
  look: Look,
  notRead: string | null,
  tally: Tally,
): SweepReport {
  const missing = [...look.sharedNotListed].toSorted();
  return {
    sweep: 'shared-snapshots',
    ownerAccountId: place.ownerAccountId,
    regionId: place.regionId,
    startedMs,
    endedMs,
    completeness: notRead === null ? { is: 'complete' } : { is: 'incomplete', why: notRead },
    snapshotsRead: look.snapshotsRead,
    sharedSnapshots: look.sharedSnapshots,
    expiredShared: look.expired.length,
    findings: { ...tally },
    sharedNotListed: { count: missing.length, snapshotIds: missing.slice(0, NAMED_PER_REPORT_MAX) },
  };
}

async function writeReport(ports: Ports, place: Place, report: SweepReport): Promise<SweepReport> {
  await changeOrThrow(ports.aggregates, 'sweep', snapshotSweepId(place), () => ({
    is: 'write',
    doc: report,
    events: [],
    lists: [{ list: ALL_SWEEPS, sort: BY_ID }],
  }));
  return report;
}

function summaryOf(places: number, reports: readonly SweepReport[]): SweepSummary {
  const total = (count: (report: SweepReport) => number) =>
    reports.reduce((sum, report) => sum + count(report), 0);
  const incomplete = reports.flatMap((report) =>
    report.completeness.is === 'incomplete'
      ? [{ place: placeKey(report), why: report.completeness.why }]
      : [],
  );
  return {
    places,
    complete: reports.length - incomplete.length,
    incomplete,
    held: places - reports.length,
    snapshotsRead: total((report) => report.snapshotsRead),
    expiredShared: total((report) => report.expiredShared),
    opened: total((report) => report.findings.opened),
    changed: total((report) => report.findings.changed),
    resolved: total((report) => report.findings.resolved),
  };
}
