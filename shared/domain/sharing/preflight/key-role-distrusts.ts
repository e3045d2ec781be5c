import type { Directory } from '../../directory/directory';
import { accountsOf, isInside, type Principal } from '../principal';
import type { KeyRole } from './facts';
import { ENCRYPTION_PERMISSIONS } from './help-pages';
import { fail, given, PASS, type Judgement, type Rule } from './rule';

/**
 * A receiver's ECS comes as `<account>@ecs.aliyuncs.com`. How a role trusts a whole directory is not documented: where it
 * names the directory, or ECS as such, the answer for those inside is 'unknown'.
 */
export const keyRoleDistrusts: Rule = {
  code: 'key-role-distrusts',
  severity: 'refuse',
  about: 'pair',
  sentence:
    'It is encrypted with a customer master key, and the role for sharing the key does not trust the receiver.',
  fix: 'Add <receiver account id>@ecs.aliyuncs.com to the trust policy of the role, and ask again.',
  source: ENCRYPTION_PERMISSIONS,
  judge: ({ keys, keyRole, principal, directory }) =>
    given(keys, (all) => {
      if (!all.some(({ managedBy }) => managedBy === 'customer')) return PASS;
      return given(keyRole, (role) => (role === null ? PASS : judgeTrust(role, principal, directory)));
    }),
};

function judgeTrust(
  { trustedServices }: KeyRole,
  principal: Principal,
  directory: { is: 'known'; value: Directory | null } | { is: 'unknown'; why: string },
): Judgement {
  if (trustedServices.includes(`${principal.id}@ecs.aliyuncs.com`) && principal.type === 'account')
    return PASS;
  return given(directory, (known) => {
    const accounts = accountsOf(principal, known);
    const missing = accounts.filter((id) => !trustedServices.includes(`${id}@ecs.aliyuncs.com`));
    if (missing.length === 0) return PASS;
    const wider = ['ecs.aliyuncs.com', `${known?.directoryId}@ecs.aliyuncs.com`];
    const named = trustedServices.find((service) => wider.includes(service));
    if (isInside(principal, known) && named !== undefined) {
      return { is: 'unknown', why: `The role trusts ${named}; whether that counts is not documented.` };
    }
    return fail(
      `It does not trust ${missing.slice(0, NAMED_MAX).join(', ')}${missing.length > NAMED_MAX ? ' …' : ''}.`,
    );
  });
}

const NAMED_MAX = 5;
