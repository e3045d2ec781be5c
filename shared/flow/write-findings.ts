import { EXPIRED_SHARED_SNAPSHOT } from '../domain/findings/expired-shared-snapshot';
import type { Finding, Observed } from '../domain/findings/finding';
import { found, notFound, type Step } from '../domain/findings/life';
import type { Place } from '../domain/sharing/resource';
import { changeOrThrow, type Resolution } from './change';
import { everyPage } from './every-page';
import { fewAtOnce, throwTogether } from './few-at-once';
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

/** Findings are rows of their own, so a few can be written side by side. */
const AT_ONCE = 8;

/**
 * Opens the findings, or confirms those that are open. `seenMs` is when the sweep began to look. Answers 'stopped' when
 * `goOn` said no before all were written.
 */
export async function writeFound(
  aggregates: Aggregates,
  place: Place,
  observed: readonly Observed[],
  { seenMs, detail }: { seenMs: number; detail: 'whole' | 'partial' },
  tally: Tally,
  goOn: () => boolean,
): Promise<'all' | 'stopped'> {
  let written: 'all' | 'stopped' = 'all';
  const failures = await fewAtOnce(observed, AT_ONCE, async (one) => {
    if (!goOn()) {
      written = 'stopped';
      return;
    }
    await writeStep(aggregates, one.findingId, tally, (known) => ({
      step: found(known, one, seenMs, SWEEPER, detail),
      lists: known === null ? listsFor(place, seenMs) : [],
    }));
  });
  throwTogether(failures);
  return written;
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
    const others = ids.filter((id) => !confirmed.has(id));
    const findings = [...(await ports.aggregates.loadMany('finding', others)).values()];
    const open = findings.filter(
      ({ doc }) => doc.rule === EXPIRED_SHARED_SNAPSHOT && doc.state.is === 'open',
    );
    const failures = await fewAtOnce(open, AT_ONCE, ({ doc }) =>
      writeStep(ports.aggregates, doc.findingId, tally, (known) => {
        // A sweep that began after us may have found it in the meantime.
        const isNewer = known !== null && known.lastSeenMs > seenMs;
        return { step: isNewer ? { is: 'keep' } : notFound(known, seenMs, SWEEPER), lists: [] };
      }),
    );
    throwTogether(failures);
  }
}

/** Makes the step that `next` decides on, and counts it once it is written. */
async function writeStep(
  aggregates: Aggregates,
  findingId: string,
  tally: Tally,
  next: (known: Finding | null) => { step: Step; lists: ListEntry[] },
): Promise<void> {
  let step: Step = { is: 'keep' };
  await changeOrThrow(aggregates, 'finding', findingId, (known) => {
    const decided = next(known);
    step = decided.step;
    return resolutionOf(step, decided.lists);
  });
  count(step, tally);
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
