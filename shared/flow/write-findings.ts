import { EXPIRED_SHARED_SNAPSHOT } from '../domain/findings/expired-shared-snapshot';
import type { Finding, Observed } from '../domain/findings/finding';
import { found, notFound, type Step } from '../domain/findings/life';
import type { Place } from '../domain/sharing/resource';
import { changeOrThrow, type Resolution } from './change';
import { everyPage } from './every-page';
import { ALL_FINDINGS, byTime, findingsOf } from './finding-streams';
import { BY_ID } from './ledger-streams';
import type { Aggregates, ListEntry, Lists } from './ports';

/** What a sweep did to findings. */
export interface Tally {
  opened: number;
  changed: number;
  resolved: number;
}

const SWEEPER = 'snapshot-sweeper';

/** Opens the finding, or confirms it if it is open. `seenMs` is when the sweep began to look. */
export async function writeFound(
  aggregates: Aggregates,
  place: Place,
  observed: Observed,
  seenMs: number,
  detail: 'whole' | 'partial',
  tally: Tally,
): Promise<void> {
  let step: Step = { is: 'keep' };
  await changeOrThrow(aggregates, 'finding', observed.findingId, (known) => {
    step = found(known, observed, seenMs, SWEEPER, detail);
    return resolutionOf(step, known === null ? listsFor(place, seenMs) : []);
  });
  count(step, tally);
}

/** Resolves the open findings of this rule that are not among `confirmed`. Only for a sweep that read everything. */
export async function resolveOthers(
  ports: { aggregates: Aggregates; lists: Lists },
  place: Place,
  confirmed: ReadonlySet<string>,
  seenMs: number,
  tally: Tally,
): Promise<void> {
  for await (const ids of everyPage(ports.lists, findingsOf(place))) {
    const findings = await ports.aggregates.loadMany(
      'finding',
      ids.filter((id) => !confirmed.has(id)),
    );
    for (const { doc } of findings.values()) {
      if (doc.rule !== EXPIRED_SHARED_SNAPSHOT || doc.state.is !== 'open') continue;
      let step: Step = { is: 'keep' };
      await changeOrThrow(ports.aggregates, 'finding', doc.findingId, (known) => {
        // A sweep that began after us may have found it in the meantime.
        step = (known?.lastSeenMs ?? 0) > seenMs ? { is: 'keep' } : notFound(known, seenMs, SWEEPER);
        return resolutionOf(step, []);
      });
      count(step, tally);
    }
  }
}

function resolutionOf(step: Step, lists: ListEntry[]): Exclude<Resolution<Finding>, { is: 'refuse' }> {
  return step.is === 'keep' ? step : { is: 'write', doc: step.finding, events: step.events, lists };
}

/** Entries of a list are never taken out, so its order rests on what does not change about a finding. */
function listsFor(place: Place, firstSeenMs: number): ListEntry[] {
  return [
    { list: ALL_FINDINGS, sort: byTime(firstSeenMs) },
    { list: findingsOf(place), sort: BY_ID },
  ];
}

function count(step: Step, tally: Tally): void {
  if (step.is === 'keep') return;
  for (const { type } of step.events) {
    if (type === 'finding.opened') tally.opened += 1;
    if (type === 'finding.changed') tally.changed += 1;
    if (type === 'finding.resolved') tally.resolved += 1;
  }
}
