import type { CallRecord } from '../../local/cloud/calls';
import { firstBroken } from '../../shared/domain/audit/event';
import type { Sight } from '../../shared/domain/sharing/ledger';
import { Failure } from './failure';
import { allowInvitation, oursIn, type Memory } from './memory';
import { everWanted, isByList, pairOf, partsOf, wantedAt, type Pair } from './oracle';
import { granted, listed, present } from './provider-truth';
import { readStored, sorted, type Stored } from './stored';

/** What must hold at every moment, whatever has just happened. */
export async function mustHold(memory: Memory): Promise<void> {
  const { world } = memory.stage.cloud;
  const stored = sorted(await readStored(memory.stage.ports().rows));
  memory.requests = stored.requests.toSorted((a, b) => (a.requestId < b.requestId ? -1 : 1));
  const sights = sightsIn(stored);

  chainsAreWhole(stored);
  nobodyDecidedTheirOwn(stored);
  nothingIsGrantedUnasked(memory, sights);
  nothingIsLost(memory);
  goneMeansGone(memory, sights);
  handMadeStays(memory);
  callsAreWrittenDown(memory, stored);

  for (const [id, invitation] of Object.entries(world.invitations)) {
    if (!memory.handShares.has(invitation.resourceShareId)) memory.invitations.set(id, { ...invitation });
  }
  countStays(memory, sights);
}

export function sightsIn({ ledgers }: Stored): Map<Pair, Sight> {
  return new Map(
    ledgers.flatMap(({ resource, grants }) =>
      Object.entries(grants).map(([id, { sight }]) => [pairOf(resource.resourceId, id), sight] as const),
    ),
  );
}

function chainsAreWhole({ all }: Stored): void {
  for (const { stream, events } of all) {
    const broken = firstBroken(events);
    if (broken !== null) throw new Failure(`The chain of ${stream} is broken at event ${broken}`);
  }
}

function nobodyDecidedTheirOwn({ requests }: Stored): void {
  for (const { requestId, requestedBy, state } of requests) {
    if (
      'decision' in state &&
      'subject' in state.decision.by &&
      state.decision.by.subject === requestedBy.subject
    ) {
      throw new Failure(`${requestId} was decided by who asked for it`);
    }
  }
}

/** Granted is only what is wanted, what was wanted when we last looked, and what is said to be on its way out. */
function nothingIsGrantedUnasked(memory: Memory, sights: ReadonlyMap<Pair, Sight>): void {
  const { cloud, clock } = memory.stage;
  const wanted = wantedAt(memory.requests, clock.nowMs());
  for (const pair of wanted.keys()) memory.recently.add(pair);
  const byList = [...listed(cloud.world)].filter((pair) => !memory.handListed.has(pair));
  for (const pair of [...granted(oursIn(memory)), ...byList]) {
    const isCovered =
      memory.recently.has(pair) || memory.meddled.has(pair) || sights.get(pair)?.is === 'leaving';
    if (!isCovered) {
      throw new Failure(`Granted and not wanted: ${pair} (seen as ${sights.get(pair)?.is ?? 'nothing'})`);
    }
  }
}

/** Whoever had what is wanted keeps it, unless others took it away: a grant that moves leaves no gap. */
function nothingIsLost(memory: Memory): void {
  const { cloud, clock } = memory.stage;
  const given = new Set([...granted(oursIn(memory)), ...listed(cloud.world)]);
  const wanted = wantedAt(memory.requests, clock.nowMs());
  for (const pair of memory.given) {
    const { principalId } = partsOf(pair);
    const byOthers = memory.unsettled.has(principalId) || memory.deletedFolders.has(principalId);
    if (wanted.has(pair) && !given.has(pair) && !byOthers && !memory.handTaken.has(pair))
      throw new Failure(`Wanted, given, and lost: ${pair}`);
  }
  memory.given = new Set([...given].filter((pair) => wanted.has(pair)));
}

/** 'gone' is said only of what the provider no longer shows. */
function goneMeansGone(memory: Memory, sights: ReadonlyMap<Pair, Sight>): void {
  const nowMs = memory.stage.clock.nowMs();
  const there = new Set([...present(oursIn(memory)), ...listed(memory.stage.cloud.world)]);
  for (const [pair, sight] of sights) {
    if (sight.is === 'gone' && sight.sinceMs === nowMs && there.has(pair) && !memory.handListed.has(pair)) {
      throw new Failure(`Said to be gone, and still there: ${pair}`);
    }
  }
}

const WRITE = /^(Create|Associate|Disassociate|Update|Delete)ResourceShare$/;

function handMadeStays(memory: Memory): void {
  const { cloud, clock } = memory.stage;
  for (const { action, parameters } of newWrites(memory)) {
    const id = parameters['ResourceShareId'] ?? '';
    if (memory.handShares.has(id)) throw new Failure(`${action} touched ${id}, which was made by hand`);
  }
  const list = listed(cloud.world);
  const ours = everWanted(memory.requests, clock.nowMs());
  for (const pair of memory.handListed) {
    if (list.has(pair)) continue;
    // What was there by hand and was approved later is ours from then on.
    if (!ours.has(pair)) throw new Failure(`Taken off the image's list, where it was put by hand: ${pair}`);
    memory.handListed.delete(pair);
  }
}

function newWrites({ stage, judgedCalls }: Memory): CallRecord[] {
  return stage.cloud.calls
    .find({ since: judgedCalls })
    .filter(({ action }) => WRITE.test(action) || action === 'ModifyImageSharePermission');
}

/** Each write that got an answer has it in an event; each one that got none is written down as unknown, or open. */
function callsAreWrittenDown(memory: Memory, { shares }: Stored): void {
  const outcomes = shares.flatMap(({ doc, events }) => {
    const made = events.filter(({ type }) => type === 'share.call_made');
    const intended = events.filter(({ type }) => type === 'share.call_intended').length;
    if (made.length < intended && doc.intent === null)
      throw new Failure(`${intended} calls were intended, ${made.length} have an outcome, none is open`);
    return made.map(({ data }) => data['outcome']);
  });
  const said = new Set(outcomes.map((outcome) => (isRecord(outcome) ? outcome['requestId'] : undefined)));
  const openOrUnknown =
    shares.filter(({ doc }) => doc.intent !== null).length +
    outcomes.filter((outcome) => isRecord(outcome) && outcome['is'] === 'unknown').length;
  const writes = newWrites(memory).filter(({ status, requestId }) => status === 200 && !said.has(requestId));
  if (writes.length > openOrUnknown + recovered(outcomes)) {
    throw new Failure(
      `${writes.length} writes have no outcome: ${writes.map(({ action }) => action).join()}`,
    );
  }
  memory.judgedCalls = memory.stage.cloud.calls.records.at(-1)?.sequence ?? 0;
}

/** Creations whose answer was lost and that were found by their name. */
function recovered(outcomes: readonly unknown[]): number {
  return outcomes.filter((outcome) => isRecord(outcome) && outcome['requestId'] === '').length;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Counts when an account comes to have something wanted of it that is new altogether: then an invitation is in order. */
function countStays(memory: Memory, sights: ReadonlyMap<Pair, Sight>): void {
  const staying = new Map<string, Set<Pair>>();
  for (const pair of wantedAt(memory.requests, memory.stage.clock.nowMs()).keys()) {
    if (isByList(pair) || sights.get(pair)?.is === 'failed') continue;
    const { principalId } = partsOf(pair);
    staying.set(principalId, (staying.get(principalId) ?? new Set()).add(pair));
  }
  for (const [accountId, pairs] of staying) {
    const before = memory.staying.get(accountId);
    if (before === undefined || ![...pairs].some((pair) => before.has(pair)))
      allowInvitation(memory, accountId);
  }
  memory.staying = staying;
  const sent = new Map<string, number>();
  for (const { receiverId } of memory.invitations.values()) {
    sent.set(receiverId, (sent.get(receiverId) ?? 0) + 1);
  }
  for (const [accountId, count] of sent) {
    const may = memory.mayInvite.get(accountId) ?? 0;
    if (count > may)
      throw new Failure(`${accountId} was sent ${count} invitations where ${may} were in order`);
  }
}
