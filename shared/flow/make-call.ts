import { lastAfter, type LastCall } from '../domain/sharing/pace';
import type { CallOutcome, ProviderCall } from '../domain/sharing/provider-call';
import { managedShareId, type ManagedShare } from '../domain/sharing/resource-share';
import { placeKey, type Place } from '../domain/sharing/resource';
import { changeOrThrow } from './change';
import { BY_ID, sharesOf } from './ledger-streams';
import {
  asJson,
  BY,
  callMade,
  writeIfAsKnown,
  type ManagedPorts,
  type ManagedShares,
} from './managed-shares';
import type { TimeLeft } from './ports';

/**
 * Makes one write: the intent is stored before it and the outcome after it. An outcome that nobody knows leaves the
 * intent open for the next look. 'overtaken' = another run has changed the share since this one looked at it: its
 * plans are old, and it shall stop.
 */
export async function makeCall(
  ports: ManagedPorts,
  managed: ManagedShares,
  place: Place,
  call: ProviderCall,
  timeLeft: TimeLeft,
): Promise<CallOutcome | { is: 'overtaken' }> {
  const known = shareOfCall(managed, place, call);
  const fresh = known ?? newShare(place, call);
  const id = managedShareId(placeKey(place), fresh.through);
  const intended: ManagedShare = { ...fresh, intent: { call, atMs: ports.clock.nowMs() } };
  const written = await writeIfAsKnown(ports, id, known, {
    doc: intended,
    events: [{ type: 'share.call_intended', by: BY, data: { place: { ...place }, call: asJson(call) } }],
    lists: [{ list: sharesOf(placeKey(place)), sort: BY_ID }],
  });
  if (written === 'overtaken') return { is: 'overtaken' };
  managed.set(id, intended);

  const outcome = timeLeft() <= 0 ? OUT_OF_TIME : await ports.provider.apply(place, call);
  if (outcome.is === 'unknown') return outcome;
  return await recordOutcome(ports, managed, { id, intended, outcome });
}

/** The store took so long that another run may be at it: better not made than made on an old picture. */
const OUT_OF_TIME: CallOutcome = { is: 'try-again', code: 'OutOfTime', afterMs: 0 };

/** The outcome is kept even when another run has written in between: nobody else knows it. */
async function recordOutcome(
  ports: ManagedPorts,
  managed: ManagedShares,
  { id, intended, outcome }: { id: string; intended: ManagedShare; outcome: CallOutcome },
): Promise<CallOutcome | { is: 'overtaken' }> {
  const call = intended.intent?.call;
  if (call === undefined) return outcome;
  const atMs = ports.clock.nowMs();
  let isOvertaken = false;
  const stored = await changeOrThrow(ports.aggregates, 'resource-share', id, (share) => {
    isOvertaken = JSON.stringify(share) !== JSON.stringify(intended);
    return {
      is: 'write',
      doc: afterCall(share ?? intended, call, outcome, atMs),
      events: [callMade(intended, call, outcome)],
      // The run that came in between may have given this creation up.
      lists: isOvertaken ? [{ list: sharesOf(placeKey(intended.place)), sort: BY_ID }] : [],
    };
  });
  if (isOvertaken || stored === null) return { is: 'overtaken' };
  managed.set(id, stored.doc);
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
  return {
    ...share,
    through,
    intent: null,
    endedMs: created === undefined ? share.endedMs : null,
    last: lastAfter(share.last, { call, outcome, atMs }),
  };
}

/** The last call that was made through the share of this one. */
export function lastThrough(managed: ManagedShares, place: Place, call: ProviderCall): LastCall | null {
  return shareOfCall(managed, place, call)?.last ?? null;
}

/** Whether the share of this call waits to hear what came of another one. */
export function isUnderWay(managed: ManagedShares, place: Place, call: ProviderCall): boolean {
  return (shareOfCall(managed, place, call)?.intent ?? null) !== null;
}

/** The share that a call is made through; null for one that the call itself begins. */
function shareOfCall(managed: ManagedShares, place: Place, call: ProviderCall): ManagedShare | null {
  switch (call.call) {
    case 'CreateResourceShare':
      return null;
    case 'ModifyImageSharePermission':
      return (
        managed.get(managedShareId(placeKey(place), { by: 'image-permission', imageId: call.imageId })) ??
        null
      );
    default: {
      const share = [...managed.values()].find(
        ({ through }) => through.by === 'resource-share' && through.resourceShareId === call.resourceShareId,
      );
      if (share === undefined) throw new Error(`The share ${call.resourceShareId} is not ours`);
      return share;
    }
  }
}

function newShare(place: Place, call: ProviderCall): ManagedShare {
  return {
    place: { ownerAccountId: place.ownerAccountId, regionId: place.regionId },
    through: throughOf(call),
    intent: null,
    endedMs: null,
    last: null,
  };
}

function throughOf(call: ProviderCall): ManagedShare['through'] {
  switch (call.call) {
    case 'CreateResourceShare':
      return {
        by: 'resource-share',
        resourceShareName: call.resourceShareName,
        resourceShareId: null,
      };
    case 'ModifyImageSharePermission':
      return { by: 'image-permission', imageId: call.imageId };
    default:
      throw new Error(`${call.call} begins no share`);
  }
}
