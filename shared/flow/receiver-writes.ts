import type { Json } from '../domain/audit/canonical-json';
import type { Actor, NewEvent } from '../domain/audit/event';
import {
  OPEN_MS_MAX,
  standingOf,
  type Done,
  type ReceiverCall,
  type ReceiverOutcome,
  type ReceiverWrite,
} from '../domain/receiving/receiver-write';
import type { ReceiverPlace } from '../domain/receiving/receiver-place';
import { change, changeOrThrow } from './change';
import {
  ProviderError,
  type Aggregates,
  type Clock,
  type DueQueueName,
  type ReceivingProvider,
} from './ports';
import { no, yes, type Answer, type Refusal } from './refusal';

export const WRITES_DUE: DueQueueName = 'receiver-writes';

export interface WritePorts {
  aggregates: Aggregates;
  provider: ReceivingProvider;
  clock: Clock;
}

export interface NewWrite {
  /** The same name is the same write: what was done of it is found, and not done again. */
  name: string;
  place: ReceiverPlace;
  call: ReceiverCall;
  by: Actor;
}

export interface Written {
  write: ReceiverWrite;
  outcome: Done;
}

/** The write itself, and once more when it was lost without a trace. */
const ATTEMPTS_MAX = 2;

export function writeId(accountId: string, name: string): string {
  return `${accountId}/${name}`;
}

/**
 * Makes a write in the name of a receiving account: the intent is stored before it and the outcome after it. When the
 * answer is lost, the provider is looked at before anything is repeated, under the same token.
 * @throws ProviderError 'unknown' when it stays unknown: the write is left unsure, and whoever comes next looks first.
 */
export async function writeAsReceiver(ports: WritePorts, wanted: NewWrite): Promise<Answer<Written>> {
  const begun = await begin(ports, wanted);
  if (!begun.ok) return begun;
  if (begun.value.is === 'done') return yes(begun.value);
  const { write, looksFirst } = begun.value;
  const outcome = await attempt(ports, write, looksFirst).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    // The look failed, so nobody knows.
    return { is: 'unknown', why: `${error.code}: ${error.message}` } as const;
  });
  const ended = await record(ports, write, outcome, wanted.by);
  switch (outcome.is) {
    case 'done':
      return yes({ write: ended, outcome });
    case 'refused':
      return no({ reason: 'provider-refused', ...told(outcome) });
    case 'try-again':
      return no({ reason: 'provider-busy', code: outcome.code, afterMs: outcome.afterMs });
    case 'unknown':
      throw new ProviderError('unknown', {
        code: 'OutcomeUnknown',
        message: `${write.call.call} was sent, and what came of it is not known: ${outcome.why}`,
      });
  }
}

/** Whether nothing is known of it, by a look at the provider alone: for writes whose writer died. */
export async function settleWrite(ports: WritePorts, write: ReceiverWrite, by: Actor): Promise<void> {
  const found = await ports.provider.find(write.place, write.call, write.name);
  await record(ports, write, found ?? { is: 'unknown', why: NOT_TO_BE_SEEN }, by, 'for-good');
}

const NOT_TO_BE_SEEN = 'No answer was recorded, and the provider shows nothing of it.';

type Begun = { is: 'begun'; write: ReceiverWrite; looksFirst: boolean } | ({ is: 'done' } & Written);

/** Stores the intent, unless somebody is at it or it was done before. */
async function begin(ports: WritePorts, wanted: NewWrite): Promise<Answer<Begun>> {
  const { name, place, call, by } = wanted;
  const id = writeId(place.accountId, name);
  const before = await ports.aggregates.load('receiver-write', id);
  if (before !== null && isOther(before.doc, wanted) && isUnsure(before.doc, ports.clock.nowMs()))
    await settleWrite(ports, before.doc, by);

  let begun: Begun | null = null;
  const changed = await change(ports.aggregates, 'receiver-write', id, (stored) => {
    const nowMs = ports.clock.nowMs();
    const standing = standingOf(stored, nowMs);
    if (standing.is === 'under-way') return { is: 'refuse', refusal: { reason: 'busy' } };
    if (standing.is === 'done' && stored !== null) {
      if (isOther(stored, wanted)) return { is: 'refuse', refusal: answeredOtherwise(stored) };
      begun = { is: 'done', write: stored, outcome: standing.outcome };
      return { is: 'keep' };
    }
    const write: ReceiverWrite = { name, place, call, by, state: { is: 'open', sinceMs: nowMs } };
    begun = { is: 'begun', write, looksFirst: standing.is === 'to-do' && standing.looksFirst };
    return {
      is: 'write',
      doc: write,
      events: [{ type: 'receiving.call_intended', by, data: whatWas(write) }],
      due: [{ queue: WRITES_DUE, dueMs: nowMs + OPEN_MS_MAX }],
    };
  });
  if (!changed.ok) return changed;
  return begun === null ? no({ reason: 'busy' }) : yes(begun);
}

/** One invitation has one answer. */
function isOther(stored: ReceiverWrite, wanted: NewWrite): boolean {
  return stored.call.call !== wanted.call.call;
}

function isUnsure(write: ReceiverWrite, nowMs: number): boolean {
  const standing = standingOf(write, nowMs);
  return standing.is === 'to-do' && standing.looksFirst && write.state.is !== 'ended';
}

function answeredOtherwise({ call }: ReceiverWrite): Refusal {
  const status = call.call === 'RejectResourceShareInvitation' ? 'Rejected' : 'Accepted';
  return { reason: 'invitation-ended', status };
}

async function attempt(
  { provider }: WritePorts,
  { place, call, name }: ReceiverWrite,
  looksFirst: boolean,
): Promise<ReceiverOutcome> {
  let unsure = looksFirst;
  let outcome: ReceiverOutcome = { is: 'unknown', why: NOT_TO_BE_SEEN };
  for (let made = 0; made < ATTEMPTS_MAX; made++) {
    const seen = unsure ? await provider.find(place, call, name) : null;
    if (seen !== null) return seen;
    outcome = await provider.make(place, call, name);
    if (outcome.is === 'done') return outcome;
    if (outcome.is !== 'unknown' && !unsure) return outcome;
    // Also a refusal may be the echo of an earlier attempt that nobody heard of.
    unsure = true;
  }
  return (await provider.find(place, call, name)) ?? outcome;
}

/** Writes down what came of a write. A success is kept even when somebody came in between: nobody else knows it. */
async function record(
  ports: WritePorts,
  write: ReceiverWrite,
  outcome: ReceiverOutcome,
  by: Actor,
  unknown: 'for-now' | 'for-good' = 'for-now',
): Promise<ReceiverWrite> {
  const atMs = ports.clock.nowMs();
  const state: ReceiverWrite['state'] =
    outcome.is === 'unknown' && unknown === 'for-now'
      ? { is: 'unsure', atMs, why: outcome.why }
      : { is: 'ended', atMs, outcome };
  const ended = { ...write, state };
  await changeOrThrow(
    ports.aggregates,
    'receiver-write',
    writeId(write.place.accountId, write.name),
    (stored) => {
      const isOurs = JSON.stringify(stored?.state) === JSON.stringify(write.state);
      const isKnown = stored?.state.is === 'ended' && stored.state.outcome.is === 'done';
      if (isKnown || (!isOurs && outcome.is !== 'done')) return { is: 'keep' };
      return { is: 'write', doc: ended, events: eventsOf(write, outcome, by) };
    },
  );
  return ended;
}

function eventsOf(write: ReceiverWrite, outcome: ReceiverOutcome, by: Actor): NewEvent[] {
  const made: NewEvent = {
    type: 'receiving.call_made',
    by,
    data: { ...whatWas(write), outcome: asJson(outcome) },
  };
  const { call, place } = write;
  if (outcome.is !== 'done' || !('invitationId' in call)) return [made];
  const { call: name, ...invitation } = call;
  const type =
    name === 'AcceptResourceShareInvitation' ? 'invitation.accepted_here' : 'invitation.rejected_here';
  return [made, { type, by: write.by, data: { ...place, ...invitation } }];
}

function whatWas({ place, call, name }: ReceiverWrite): { [key: string]: Json } {
  return { ...place, name, call: asJson(call) };
}

function asJson(value: ReceiverCall | ReceiverOutcome): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function told({ code, message, requestId }: { code: string; message: string; requestId: string }) {
  return { code, message, requestId };
}
