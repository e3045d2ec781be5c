import type { ReceiverPlace } from './receiver-place';
import type { Actor } from '../audit/event';
import type { CopyWish } from './copy-snapshot';
import type { DiskWish } from './create-disk';
import type { InstanceWish } from './run-instance';

/** A write that is made in the name of a receiving account, as data. */
export type ReceiverCall =
  | {
      call: 'AcceptResourceShareInvitation' | 'RejectResourceShareInvitation';
      invitationId: string;
      resourceShareId: string;
      senderAccountId: string;
    }
  | UseCall;

/** Making something of what was received. */
export type UseCall =
  | ({ call: 'CreateDisk' } & DiskWish)
  | ({ call: 'CopySnapshot' } & CopyWish)
  | ({ call: 'RunInstances' } & InstanceWish);

export type ReceiverOutcome =
  | Done
  | { is: 'refused'; requestId: string; code: string; message: string }
  | { is: 'try-again'; code: string; afterMs: number }
  | { is: 'unknown'; why: string };

export interface Done {
  is: 'done';
  /** '' = nobody heard the answer; that it happened was seen afterwards. */
  requestId: string;
  /** The id of what was made; null for an invitation that was answered. */
  madeId: string | null;
}

/** One such write: stored before it is made, and once more when it is known what came of it. */
export interface ReceiverWrite {
  /** The last part of the aggregate's id: an invitation's id, or one of ours. */
  name: string;
  place: ReceiverPlace;
  call: ReceiverCall;
  by: Actor;
  state:
    /** Somebody is at it since then, or died at it. */
    | { is: 'open'; sinceMs: number }
    /** It was made, and what came of it is not known: whoever goes on looks first. */
    | { is: 'unsure'; atMs: number; why: string }
    | { is: 'ended'; atMs: number; outcome: ReceiverOutcome };
}

/** No run that makes such a write lasts as long as this: an open one that is older is nobody's any more. */
export const OPEN_MS_MAX = 60_000;

export type Standing =
  /** To be made; `looksFirst` = an earlier attempt may have had its effect. */
  { is: 'to-do'; looksFirst: boolean } | { is: 'under-way' } | { is: 'done'; outcome: Done };

/** What there is to do about a write, by what is stored of it. */
export function standingOf(write: ReceiverWrite | null, nowMs: number): Standing {
  if (write === null) return { is: 'to-do', looksFirst: false };
  const { state } = write;
  switch (state.is) {
    case 'open':
      return nowMs < state.sinceMs + OPEN_MS_MAX ? { is: 'under-way' } : { is: 'to-do', looksFirst: true };
    case 'unsure':
      return { is: 'to-do', looksFirst: true };
    case 'ended':
      if (state.outcome.is === 'done') return { is: 'done', outcome: state.outcome };
      return { is: 'to-do', looksFirst: state.outcome.is === 'unknown' };
  }
}
