import type { Context } from 'hono';
import type { Person, Role } from '../domain/sharing/request';
import type { Place } from '../domain/sharing/resource';
import type { Aggregates, Clock, DeliveryQueue, Lists, Wake } from '../flow/ports';
import type { EdgeAnswer } from './edge-refusal';

/** What one call may use: made anew for each, with the credentials that came with it. */
export interface Desk {
  /** Function Compute's id of this call. */
  callId: string;
  /** The account that sharekeeper runs in. */
  ownAccountId: string;
  /** Owner accounts x regions that are managed. */
  places: Place[];
  aggregates: Aggregates;
  lists: Lists;
  queue: DeliveryQueue;
  clock: Clock;
  newId: () => string;
  randomBytes: (count: number) => Buffer;
  /** Whether webhooks may go to plain http on loopback. */
  webhookLoopback: 'allow' | 'refuse';
  /** Never fails: a lost wake costs a minute. */
  wake: Wake;
}

export interface Environment {
  Bindings: Desk;
}

export type Call = Context<Environment>;

export interface Reply {
  status: 200 | 201;
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * One thing that can be done over HTTP. There is none without a word on who may: the flow behind it checks the role
 * once more, and decides what of it this person may see or do.
 */
export type Route = { method: 'GET' | 'POST'; path: string } & (
  | { may: 'anyone'; answer: (call: Call) => Promise<EdgeAnswer<Reply>> }
  | { may: readonly Role[]; answer: (call: Call, person: Person) => Promise<EdgeAnswer<Reply>> }
);

export function replied(body: unknown): { ok: true; value: Reply } {
  return { ok: true, value: { status: 200, body } };
}

export function created(location: string, body: unknown): { ok: true; value: Reply } {
  return { ok: true, value: { status: 201, body, headers: { location } } };
}

/** The id in a path, or null when nothing of ours can have it: it goes no further then. */
export function idIn(call: Call, name: string): string | null {
  const id = call.req.param(name) ?? '';
  return /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : null;
}
