import { fingerprint } from '../domain/audit/fingerprint';
import type { Refusal } from './refusal';

/** Whose call it is and what it is: the same key means another call for another person, method or path. */
export interface CallName {
  subject: string;
  method: string;
  path: string;
  key: string;
}

/** A call that its caller gave a key, so that sending it again changes nothing twice. */
export interface KeyedCall extends CallName {
  /** Of the body that came with it. */
  bodyFingerprint: string;
  /** When it was first tried: the ids it makes derive from this, and its time runs out from here. */
  firstMs: number;
  state:
    /** Somebody is at it since then, or died at it. */
    | { is: 'in-flight'; sinceMs: number }
    /** It ended without an answer: it may have had its effect. */
    | { is: 'broken-off'; atMs: number }
    | { is: 'answered'; atMs: number; answer: KeptAnswer };
}

export interface KeptAnswer {
  status: 200 | 201;
  body: unknown;
  headers: Record<string, string>;
}

/** After this the same key is a new call. */
export const KEPT_MS = 24 * 3_600_000;
/** No function of ours that answers HTTP runs as long as this: who is at it for longer is dead. */
export const IN_FLIGHT_MS_MAX = 60_000;

export type Standing =
  /** To be done, after writing down `call`. `again` = an earlier attempt may have had its effect. */
  | { is: 'to-do'; call: KeyedCall; again: boolean }
  | { is: 'answered'; answer: KeptAnswer }
  | { is: 'refused'; refusal: Refusal };

/** Where a call stands, from what is written down of it (null: nothing), and what to do with it now. */
export function standingOf(
  found: KeyedCall | null,
  name: CallName,
  bodyFingerprint: string,
  nowMs: number,
): Standing {
  const inFlight = { is: 'in-flight', sinceMs: nowMs } as const;
  if (found === null || found.firstMs + KEPT_MS <= nowMs) {
    return {
      is: 'to-do',
      call: { ...name, bodyFingerprint, firstMs: nowMs, state: inFlight },
      again: false,
    };
  }
  if (found.bodyFingerprint !== bodyFingerprint) {
    return { is: 'refused', refusal: { reason: 'idempotency-key-reused', firstMs: found.firstMs } };
  }
  switch (found.state.is) {
    case 'answered':
      return { is: 'answered', answer: found.state.answer };
    case 'in-flight':
      if (nowMs < found.state.sinceMs + IN_FLIGHT_MS_MAX)
        return { is: 'refused', refusal: { reason: 'idempotency-in-flight' } };
      return { is: 'to-do', call: { ...found, state: inFlight }, again: true };
    case 'broken-off':
      return { is: 'to-do', call: { ...found, state: inFlight }, again: true };
  }
}

/** Under which the call is kept. A digest, because a path may be longer than a key of the store. */
export function scopeOf({ subject, method, path, key }: CallName): string {
  return fingerprint([subject, method, path, key]);
}

/** The n-th id that a call makes: the same at each attempt, so that a repeated one finds what an earlier one made. */
export function idOf(call: KeyedCall, nth: number): string {
  return fingerprint([scopeOf(call), call.firstMs, nth]).slice(0, 32);
}
