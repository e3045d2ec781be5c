import type { Actor, NewEvent } from '../domain/audit/event';
import type { Json } from '../domain/audit/canonical-json';
import type { Observation, ObservedShare } from '../domain/sharing/observation';
import type { CallOutcome, ProviderCall } from '../domain/sharing/provider-call';
import type { ManagedShare } from '../domain/sharing/resource-share';
import { placeKey, type Place } from '../domain/sharing/resource';
import { changeOrThrow } from './change';
import { sharesOf } from './ledger-streams';
import { everyPage } from './every-page';
import type { Aggregates, Change, Clock, Lists, SharingProvider } from './ports';

export const BY: Actor = { kind: 'function', name: 'invitation-poller' };

export interface ManagedPorts {
  aggregates: Aggregates;
  lists: Lists;
  provider: SharingProvider;
  clock: Clock;
}

/** What we write to in one place, by aggregate id. */
export type ManagedShares = Map<string, ManagedShare>;

export async function loadManagedShares(ports: ManagedPorts, place: Place): Promise<ManagedShares> {
  const managed: ManagedShares = new Map();
  for await (const ids of everyPage(ports.lists, sharesOf(placeKey(place)))) {
    for (const [id, { doc }] of await ports.aggregates.loadMany('resource-share', ids)) managed.set(id, doc);
  }
  return managed;
}

/** The observed shares that are ours. All others were made by hand, and are nobody's business here. */
export function ours(observation: Observation, managed: ManagedShares): ObservedShare[] {
  return [...managed.values()].flatMap((share) => seenIn(observation, share) ?? []);
}

/**
 * One of our shares as it was seen. It goes by its id; a name says whose a share is only until the id is known, because
 * the provider lets people give the same name by hand.
 */
export function seenIn(observation: Observation, { through }: ManagedShare): ObservedShare | undefined {
  if (through.by !== 'resource-share') return undefined;
  const { resourceShareId, resourceShareName } = through;
  return observation.shares.find((seen) =>
    resourceShareId === null
      ? seen.resourceShareName === resourceShareName
      : seen.resourceShareId === resourceShareId,
  );
}

/** Creations that are not to be seen yet: they have no answer, or were made after the look began. */
export function awaitedCreations(
  managed: ManagedShares,
  seenMs: number,
): Extract<ProviderCall, { call: 'CreateResourceShare' }>[] {
  return [...managed.values()].flatMap(({ intent, last }) => {
    const call = intent?.call ?? (last !== null && last.atMs > seenMs ? last.call : null);
    return call?.call === 'CreateResourceShare' ? [call] : [];
  });
}

/** Ids of shares whose deletion the provider put off the last time. */
export function reluctantShares(managed: ManagedShares): Set<string> {
  return new Set(
    [...managed.values()].flatMap(({ last }) =>
      last?.call.call === 'DeleteResourceShare' && last.outcome.is === 'try-again'
        ? [last.call.resourceShareId]
        : [],
    ),
  );
}

/**
 * Writes one of our shares if it is still as this run knows it (null: not there yet). If not, another run has come in
 * between, and what this one has in mind rests on an old picture.
 */
export async function writeIfAsKnown(
  ports: ManagedPorts,
  id: string,
  known: ManagedShare | null,
  change: Change<ManagedShare>,
): Promise<'written' | 'overtaken'> {
  let written: 'written' | 'overtaken' = 'overtaken';
  await changeOrThrow(ports.aggregates, 'resource-share', id, (stored) => {
    written = JSON.stringify(stored) === JSON.stringify(known) ? 'written' : 'overtaken';
    return written === 'written' ? { is: 'write', ...change } : { is: 'keep' };
  });
  return written;
}

export function callMade(share: ManagedShare, call: ProviderCall, outcome: CallOutcome): NewEvent {
  return {
    type: 'share.call_made',
    by: BY,
    data: { place: { ...share.place }, call: asJson(call), outcome: asJson(outcome) },
  };
}

export function asJson(value: ProviderCall | CallOutcome): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
