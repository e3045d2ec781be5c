import { differences } from '../domain/directory/changes';
import type { Directory } from '../domain/directory/directory';
import { audienceOf, effectsOf, type Audience } from '../domain/directory/effects';
import { eventsOf } from '../domain/directory/events';
import { OWN_DIRECTORY, type KnownDirectory } from '../domain/directory/known-directory';
import { changeOrThrow, type Resolution } from './change';
import { everyPage } from './every-page';
import { ALL_LEDGERS } from './ledger-streams';
import { ProviderError, type Aggregates, type Clock, type DirectoryReader, type Lists } from './ports';

export type Reconciled =
  | { completeness: 'complete'; members: number; folders: number; changes: number; edition: number }
  /** Something was not read: what is known of the directory stays as it is. */
  | { completeness: 'incomplete'; why: string };

interface Ports {
  aggregates: Aggregates;
  lists: Lists;
  directory: DirectoryReader;
  clock: Clock;
}

/**
 * Reads the directory and writes down what is different from the last whole reading, each change with its effect on
 * shares. The first reading ever is only written down: who was there before us did not join.
 */
export async function reconcileDirectory(ports: Ports): Promise<Reconciled> {
  const readMs = ports.clock.nowMs();
  const reading = await wholeReading(ports.directory);
  if (reading.is === 'incomplete') return { completeness: 'incomplete', why: reading.why };
  const { directory } = reading;

  const known = (await ports.aggregates.load('directory', OWN_DIRECTORY))?.doc ?? null;
  const differs = known !== null && differences(known.directory, directory).length > 0;
  const audiences = differs ? await audiencesNow(ports) : null;

  let changes = 0;
  const stored = await changeOrThrow(ports.aggregates, 'directory', OWN_DIRECTORY, (doc) => {
    const resolved = resolutionOf(doc, directory, readMs, audiences);
    changes = resolved.changes;
    return resolved.resolution;
  });
  return {
    completeness: 'complete',
    members: Object.keys(directory?.members ?? {}).length,
    folders: Object.keys(directory?.folders ?? {}).length,
    changes,
    edition: stored?.doc.edition ?? 0,
  };
}

type Reading = { is: 'whole'; directory: Directory | null } | { is: 'incomplete'; why: string };

async function wholeReading(reader: DirectoryReader): Promise<Reading> {
  try {
    const read = await reader.read();
    return { is: 'whole', directory: read.is === 'none' ? null : read.directory };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { is: 'incomplete', why: `${error.code}: ${error.message}` };
  }
}

function resolutionOf(
  known: KnownDirectory | null,
  directory: Directory | null,
  readMs: number,
  audiences: readonly Audience[] | null,
): { resolution: Exclude<Resolution<KnownDirectory>, { is: 'refuse' }>; changes: number } {
  if (known === null) {
    return { resolution: { is: 'write', doc: { directory, readMs, edition: 1 }, events: [] }, changes: 0 };
  }
  // Another run read it after us and was faster: what it saw is newer than what we hold.
  if (known.readMs > readMs) return { resolution: { is: 'keep' }, changes: 0 };
  const changes = differences(known.directory, directory);
  // It became different only while we were about to write: the next run has time to look up what that means.
  if (changes.length > 0 && audiences === null) return { resolution: { is: 'keep' }, changes: 0 };
  const doc = { directory, readMs, edition: known.edition + (changes.length > 0 ? 1 : 0) };
  const events = eventsOf(effectsOf(known.directory, changes, audiences ?? []));
  return { resolution: { is: 'write', doc, events }, changes: changes.length };
}

async function audiencesNow({ aggregates, lists, clock }: Ports): Promise<Audience[]> {
  const nowMs = clock.nowMs();
  const audiences: Audience[] = [];
  for await (const ids of everyPage(lists, ALL_LEDGERS)) {
    const ledgers = await aggregates.loadMany('ledger', ids);
    for (const { doc } of ledgers.values()) audiences.push(audienceOf(doc, nowMs));
  }
  return audiences.toSorted((a, b) => (a.resource < b.resource ? -1 : 1));
}
