import type { Directory } from '../../directory/directory';
import { accountsOf, principalOf } from '../principal';
import type { Facts } from './facts';
import { SHARE_A_CUSTOM_IMAGE } from './help-pages';
import { principalsWith } from './live';
import { fail, given, PASS, type Judgement, type Rule } from './rule';

/** The help page warns of inconsistent data when one account gets an image both by itself and through the directory. */
export const imageSharedOtherWay: Rule = {
  code: 'image-shared-other-way',
  severity: 'refuse',
  about: 'pair',
  sentence:
    'An account would get the image twice: by its own name and through a folder or the directory. The provider must not be asked for both.',
  fix: 'Leave out one of the two, or end the other share first.',
  source: SHARE_A_CUSTOM_IMAGE,
  judge(facts) {
    if (facts.resource.resourceType !== 'Image') return PASS;
    return facts.principal.type === 'account' ? accountByGroup(facts) : groupByAccount(facts);
  },
};

function accountByGroup({ resource, principal, shares, wish, directory }: Facts): Judgement {
  return given(shares, (all) => {
    const through = [...principalsWith(all, resource.resourceId)];
    const asked = wish.principals.filter(({ type }) => type !== 'account').map(({ id }) => id);
    if (through.includes(principal.id)) return fail(`It has it through a resource share.`);
    const groups = [...through, ...asked].filter((id) => principalOf(id)?.type !== 'account');
    if (groups.length === 0) return PASS;
    return given(directory, (known) => {
      const around = groups.find((id) => membersOf(id, known).includes(principal.id));
      return around === undefined ? PASS : fail(`It is in ${around}.`);
    });
  });
}

function groupByAccount({ principal, imageAccounts, directory }: Facts): Judgement {
  return given(imageAccounts, (listed) =>
    listed.length === 0
      ? PASS
      : given(directory, (known) => {
          const twice = membersOf(principal.id, known).filter((id) => listed.includes(id));
          return twice.length === 0 ? PASS : fail(`On the image's own list already: ${twice.join(', ')}.`);
        }),
  );
}

function membersOf(id: string, directory: Directory | null): string[] {
  const principal = principalOf(id);
  return principal === null ? [] : accountsOf(principal, directory);
}
