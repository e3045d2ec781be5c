import { createHash } from 'node:crypto';
import type { EventType } from '../webhooks/catalogue';
import { canonicalJson, type Json } from './canonical-json';

/** Who did it: a person, one of our functions on its own, or the policy that needs nobody's word. */
export type Actor =
  | { kind: 'person'; subject: string; name: string }
  | { kind: 'function'; name: string }
  | { kind: 'policy'; version: string };

/** A state change as a flow states it, before it has its place in a stream. */
export interface NewEvent {
  type: EventType;
  by: Actor;
  data: { [key: string]: Json };
}

/** An event in its place. Numbers of a stream are 1..n without a hole, and each hash covers the one before it. */
export interface StreamEvent extends NewEvent {
  /** Stable for ever: what a receiver de-duplicates by. Holds no dot, as Standard Webhooks asks of ids. */
  id: string;
  /** `<kind>/<id>` of the aggregate whose change this is. */
  stream: string;
  number: number;
  timeMs: number;
  previousHash: string;
  hash: string;
}

/** The end of a stream: what the next event is chained to. */
export interface StreamHead {
  number: number;
  hash: string;
}

/** Before the first event of any stream. */
export const STREAM_START: StreamHead = { number: 0, hash: '' };

/** Puts events at the end of a stream. */
export function chain(
  stream: string,
  head: StreamHead,
  events: readonly NewEvent[],
  timeMs: number,
): StreamEvent[] {
  let { number, hash } = head;
  return events.map((event) => {
    number += 1;
    const unhashed = {
      id: eventId(stream, number),
      stream,
      number,
      timeMs,
      previousHash: hash,
      type: event.type,
      by: event.by,
      data: event.data,
    };
    hash = hashOf(unhashed);
    return { ...unhashed, hash };
  });
}

/** The number of the first event that does not continue the chain, or null when all do. */
export function firstBroken(events: readonly StreamEvent[], head: StreamHead = STREAM_START): number | null {
  let { number, hash } = head;
  for (const event of events) {
    const { hash: claimed, ...unhashed } = event;
    if (event.number !== number + 1 || event.previousHash !== hash || hashOf(unhashed) !== claimed)
      return number + 1;
    number = event.number;
    hash = claimed;
  }
  return null;
}

function eventId(stream: string, number: number): string {
  return `evt_${createHash('sha256').update(`${stream}\n${number}`).digest('hex').slice(0, 32)}`;
}

function hashOf(unhashed: Omit<StreamEvent, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(unhashed)).digest('hex');
}
