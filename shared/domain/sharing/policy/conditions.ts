import type { Wish } from '../wish';
import type { PolicyReason } from './policy-reason';
import { fitsPattern } from './pattern';
import type { AllowRule } from './policy';

const DAY_MS = 24 * 3_600_000;

/** What a rule asks of a wish besides its scope, and the wish does not meet. */
export function unmetConditions(rule: AllowRule, wish: Wish, nowMs: number): PolicyReason[] {
  const reasons: PolicyReason[] = [];
  const latestMs = latestEndUnder(rule, wish, nowMs);
  if (latestMs !== null && wish.endMs !== null && wish.endMs > latestMs) {
    reasons.push({
      pointer: '/endsAt',
      code: 'too-long',
      message: `The rule "${rule.name}" allows at most ${rule.longestDays} days: until ${new Date(latestMs).toISOString()}.`,
    });
  }
  if (wish.reason.length < rule.reasonCharactersMin) {
    reasons.push({
      pointer: '/reason',
      code: 'reason-too-short',
      message: `The rule "${rule.name}" wants a reason of at least ${rule.reasonCharactersMin} characters.`,
    });
  }
  if (rule.ticketPattern !== null && wish.ticket === null) {
    reasons.push({
      pointer: '/ticket',
      code: 'ticket-needed',
      message: `The rule "${rule.name}" wants a ticket of the form ${rule.ticketPattern} (* anything, # a digit).`,
    });
  } else if (rule.ticketPattern !== null && !fitsPattern(rule.ticketPattern, wish.ticket ?? '')) {
    reasons.push({
      pointer: '/ticket',
      code: 'ticket-unfit',
      message: `The rule "${rule.name}" wants a ticket of the form ${rule.ticketPattern} (* anything, # a digit).`,
    });
  }
  return reasons;
}

/** When access ends: as wished, or, where the wish leaves it open, as late as all of these rules allow. */
export function endUnder(rules: readonly AllowRule[], wish: Wish, nowMs: number): number | null {
  if (wish.endMs !== null) return wish.endMs;
  const latest = rules.map((rule) => latestEndUnder(rule, wish, nowMs)).filter((endMs) => endMs !== null);
  return latest.length === 0 ? null : Math.min(...latest);
}

function latestEndUnder(rule: AllowRule, wish: Wish, nowMs: number): number | null {
  return rule.longestDays === null ? null : (wish.startMs ?? nowMs) + rule.longestDays * DAY_MS;
}
