import { accountsOf, principalOf } from '../principal';
import { factsOf } from '../resource-types';
import type { Facts } from './facts';
import { SHARE_A_SNAPSHOT } from './help-pages';
import { principalsWith } from './live';
import { fail, given, PASS, type Judgement, type Rule } from './rule';

/** Whether a folder counts as its members or once is not documented: between the two counts the answer is 'unknown'. */
export const snapshotAccountsExceeded: Rule = {
  code: 'snapshot-accounts-exceeded',
  severity: 'refuse',
  about: 'resource',
  sentence: 'More accounts would have the snapshot than one snapshot can be shared with.',
  fix: 'Take the snapshot back from accounts that no longer need it, or share a copy of it with the others.',
  source: SHARE_A_SNAPSHOT,
  passing: true,
  judge(facts) {
    const { resource, shares, wish } = facts;
    if (resource.resourceType !== 'Snapshot') return PASS;
    return given(shares, (all) => {
      const before = principalsWith(all, resource.resourceId);
      const after = new Set([...before, ...wish.principals.map(({ id }) => id)]);
      return after.size === before.size ? PASS : judgeCount([...after], facts);
    });
  },
};

function judgeCount(principalIds: readonly string[], { directory, resource }: Facts): Judgement {
  const max = factsOf('Snapshot').accountsMax ?? Infinity;
  const principals = principalIds.flatMap((id) => principalOf(id) ?? []);
  const groups = principals.filter(({ type }) => type !== 'account').length;
  if (groups > 0 && directory.is === 'unknown') return directory;
  const known = directory.is === 'known' ? directory.value : null;
  const accounts = new Set(principals.flatMap((principal) => accountsOf(principal, known)));
  accounts.delete(resource.ownerAccountId);
  const [least, most] = [principals.length, accounts.size].sort((a, b) => a - b) as [number, number];
  if (least > max) return fail(`${least} would have it; ${max} may.`);
  if (most > max) {
    return {
      is: 'unknown',
      why: `Counted by accounts ${accounts.size} would have it, counted by principals ${principals.length}; ${max} may, and how folders count is not documented.`,
    };
  }
  return PASS;
}
