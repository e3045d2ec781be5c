import { canonicalJson } from '../../audit/canonical-json';
import type { Vote } from '../request';
import type { Person } from '../person';
import type { ApprovalNeeded } from './policy';
import { isOneOf } from './who';

/** The same people asked for twice are asked for once, by the larger number. */
export function mergedApprovals(approvals: readonly ApprovalNeeded[]): ApprovalNeeded[] {
  const byWho = new Map<string, ApprovalNeeded>();
  for (const approval of approvals) {
    const key = canonicalJson(approval.who);
    const known = byWho.get(key);
    if (known === undefined || known.count < approval.count) byWho.set(key, approval);
  }
  return [...byWho.values()];
}

/** The places of those approvals that a person's vote counts for. */
export function countsFor(approvals: readonly ApprovalNeeded[], person: Person): number[] {
  return approvals.flatMap(({ who }, at) => (isOneOf(who, person) ? [at] : []));
}

/** How many votes each approval still lacks. */
export function lacking(approvals: readonly ApprovalNeeded[], votes: readonly Vote[]): number[] {
  return approvals.map(({ count }, at) =>
    Math.max(0, count - votes.filter((vote) => vote.countsFor.includes(at)).length),
  );
}
