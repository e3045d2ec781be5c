import type { Actor, NewEvent } from '../domain/audit/event';
import type { Json } from '../domain/audit/canonical-json';
import type { Observation, ObservedShare } from '../domain/sharing/observation';
import type { CallOutcome, ProviderCall } from '../domain/sharing/provider-call';
import { CREATION_AWAITED_MS, managedShareId, type ManagedShare } from '../domain/sharing/resource-share';
import { placeKey, type Place } from '../domain/sharing/resource';
import { changeOrThrow } from './change';
import { BY_ID, sharesOf } from './ledger-streams';
import { everyPage } from './every-page';
import type { Aggregates, Clock, Lists, SharingProvider } from './ports';

const BY: Actor = { kind: 'function', name: 'invitation-poller' };

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
  const throughs = [...managed.values()].map(({ through }) => through);
  return observation.shares.filter((share) => throughs.some((through) => isSame(through, share)));
}

function isSame(through: ManagedShare['through'], share: ObservedShare): boolean {
  return (
    through.by === 'resource-share' &&
    (through.resourceShareId === share.resourceShareId ||
      through.resourceShareName === share.resourceShareName)
  );
}

/** Creations that were asked for, have no answer, and are not to be seen yet. */
export function awaitedCreations(
  managed: ManagedShares,
): Extract<ProviderCall, { call: 'CreateResourceShare' }>[] {
  return [...managed.values()].flatMap(({ intent }) =>
    intent?.call.call === 'CreateResourceShare' ? [intent.call] : [],
  );
}

/**
 * Brings our notes in line with what was seen: closes intents whose outcome nobody recorded, learns the ids of shares
 * whose creation was not answered, and ends what is no longer there.
 */
export async function lookAtManagedShares(
  ports: ManagedPorts,
  managed: ManagedShares,
  observation: Observation,
): Promise<void> {
  for (const [id, share] of managed) {
    const seen = observation.shares.find((observed) => isSame(share.through, observed));
    const next = afterLook(share, seen, observation.seenMs);
    if (next === null) continue;
    await changeOrThrow(ports.aggregates, 'resource-share', id, () => ({
      is: 'write',
      doc: next.share,
      events: next.closed === null ? [] : [callMade(share, next.closed.call, next.closed.outcome)],
      leaves: next.share.endedMs === null ? [] : [{ list: sharesOf(placeKey(share.place)), sort: BY_ID }],
    }));
    if (next.share.endedMs === null) managed.set(id, next.share);
    else managed.delete(id);
  }
}

interface Looked {
  share: ManagedShare;
  closed: { call: ProviderCall; outcome: CallOutcome } | null;
}

/** What a look changes about one of our shares, or null when it changes nothing. */
function afterLook(share: ManagedShare, seen: ObservedShare | undefined, seenMs: number): Looked | null {
  const { intent, through } = share;
  const creating = intent?.call.call === 'CreateResourceShare';
  if (creating && seen === undefined && seenMs - intent.atMs < CREATION_AWAITED_MS) return null;

  const closed = intent === null ? null : { call: intent.call, outcome: outcomeByLook(creating, seen) };
  const gone = through.by === 'resource-share' && (seen === undefined || seen.status === 'Deleted');
  const learned =
    through.by === 'resource-share' && seen !== undefined && through.resourceShareId === null
      ? { ...through, resourceShareId: seen.resourceShareId }
      : through;
  if (closed === null && !gone && learned === through) return null;
  const last =
    closed === null ? share.last : { call: closed.call.call, outcome: closed.outcome, atMs: seenMs };
  return { share: { ...share, through: learned, intent: null, endedMs: gone ? seenMs : null, last }, closed };
}

function outcomeByLook(creating: boolean, seen: ObservedShare | undefined): CallOutcome {
  if (creating && seen !== undefined)
    return { is: 'done', requestId: '', resourceShareId: seen.resourceShareId };
  return { is: 'unknown', why: 'No answer was recorded. The provider was read again instead.' };
}

/**
 * Makes one write: the intent is stored before it and the outcome after it. An outcome that nobody knows leaves the
 * intent open for the next look.
 */
export async function makeCall(
  ports: ManagedPorts,
  managed: ManagedShares,
  place: Place,
  call: ProviderCall,
): Promise<CallOutcome> {
  const known = shareOfCall(managed, place, call);
  const id = managedShareId(placeKey(place), known.through);
  const intended: ManagedShare = { ...known, intent: { call, atMs: ports.clock.nowMs() } };
  await changeOrThrow(ports.aggregates, 'resource-share', id, () => ({
    is: 'write',
    doc: intended,
    events: [{ type: 'share.call_intended', by: BY, data: { place: { ...place }, call: asJson(call) } }],
    lists: [{ list: sharesOf(placeKey(place)), sort: BY_ID }],
  }));
  managed.set(id, intended);

  const outcome = await ports.provider.apply(place, call);
  if (outcome.is === 'unknown') return outcome;
  const made = afterCall(intended, call, outcome, ports.clock.nowMs());
  await changeOrThrow(ports.aggregates, 'resource-share', id, () => ({
    is: 'write',
    doc: made,
    events: [callMade(made, call, outcome)],
  }));
  managed.set(id, made);
  return outcome;
}

function afterCall(
  share: ManagedShare,
  call: ProviderCall,
  outcome: CallOutcome,
  atMs: number,
): ManagedShare {
  const created = outcome.is === 'done' ? outcome.resourceShareId : undefined;
  const through =
    share.through.by === 'resource-share' && created !== undefined
      ? { ...share.through, resourceShareId: created }
      : share.through;
  return { ...share, through, intent: null, last: { call: call.call, outcome, atMs } };
}

function shareOfCall(managed: ManagedShares, place: Place, call: ProviderCall): ManagedShare {
  const fresh = {
    place: { ownerAccountId: place.ownerAccountId, regionId: place.regionId },
    intent: null,
    endedMs: null,
    last: null,
  };
  switch (call.call) {
    case 'CreateResourceShare': {
      const { resourceShareName } = call;
      return { ...fresh, through: { by: 'resource-share', resourceShareName, resourceShareId: null } };
    }
    case 'ModifyImageSharePermission': {
      const through = { by: 'image-permission', imageId: call.imageId } as const;
      return managed.get(managedShareId(placeKey(place), through)) ?? { ...fresh, through };
    }
    default: {
      const share = [...managed.values()].find(
        ({ through }) => through.by === 'resource-share' && through.resourceShareId === call.resourceShareId,
      );
      if (share === undefined) throw new Error(`The share ${call.resourceShareId} is not ours`);
      return share;
    }
  }
}

function callMade(share: ManagedShare, call: ProviderCall, outcome: CallOutcome): NewEvent {
  return {
    type: 'share.call_made',
    by: BY,
    data: { place: { ...share.place }, call: asJson(call), outcome: asJson(outcome) },
  };
}

function asJson(value: ProviderCall | CallOutcome): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
