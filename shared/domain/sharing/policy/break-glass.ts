import { createHash } from 'node:crypto';
import { canonicalJson } from '../../audit/canonical-json';
import type { Person } from '../person';
import type { Wish } from '../wish';
import type { PolicyReason } from './policy-reason';
import type { Policy } from './policy';
import { isOneOf } from './who';

/** Somebody wants access before anybody agrees. */
export interface BreakGlassAsked {
  reason: string;
  /** The sentence that the first call was answered with; null in that call. */
  confirm: string | null;
}

export type BreakGlassJudgement =
  | { is: 'allowed'; endMs: number; reviewDueMs: number }
  | { is: 'confirmation-needed'; sentence: string }
  | { is: 'refused'; reasons: PolicyReason[] };

const HOUR_MS = 3_600_000;

/**
 * Whether the approvals of a wish may be skipped. The rules of the policy still have to allow it: breaking glass skips
 * people, not rules.
 */
export function judgeBreakGlass(
  policy: Policy,
  person: Person,
  wish: Wish,
  asked: BreakGlassAsked,
  nowMs: number,
): BreakGlassJudgement {
  const rule = policy.breakGlass;
  if (rule === null) return refused('/breakGlass', 'The policy lets nobody break the glass.');
  if (!isOneOf(rule.who, person))
    return refused('/breakGlass', 'The policy does not let you break the glass.');
  if (asked.reason.length < rule.reasonCharactersMin) {
    const least = rule.reasonCharactersMin;
    return refused(
      '/breakGlass/reason',
      `Breaking the glass wants a reason of at least ${least} characters.`,
    );
  }
  const latestMs = (wish.startMs ?? nowMs) + rule.longestHours * HOUR_MS;
  if (wish.endMs !== null && wish.endMs > latestMs) {
    const until = new Date(latestMs).toISOString();
    return refused('/endsAt', `Breaking the glass gives at most ${rule.longestHours} hours: until ${until}.`);
  }
  const sentence = confirmationOf(wish);
  if (rule.confirmation && asked.confirm !== sentence) return { is: 'confirmation-needed', sentence };
  return {
    is: 'allowed',
    endMs: wish.endMs ?? latestMs,
    reviewDueMs: nowMs + rule.reviewWithinHours * HOUR_MS,
  };
}

/** Bound to this wish: it confirms no other one. */
export function confirmationOf(wish: Wish): string {
  const code = createHash('sha256').update(canonicalJson(wish)).digest('hex').slice(0, 8);
  const resources = counted(wish.resources.length, 'resource');
  const principals = counted(wish.principals.length, 'principal');
  return `I share ${resources} with ${principals} before anybody agrees, and answer for it (${code}).`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function refused(pointer: string, message: string): BreakGlassJudgement {
  return { is: 'refused', reasons: [{ pointer, code: 'break-glass-refused', message }] };
}
