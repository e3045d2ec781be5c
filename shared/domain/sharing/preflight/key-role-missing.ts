import { keyRoleNameOf } from './key-role';
import { ENCRYPTION_PERMISSIONS } from './help-pages';
import { failIf, given, PASS, type Rule } from './rule';

export const keyRoleMissing: Rule = {
  code: 'key-role-missing',
  severity: 'refuse',
  about: 'resource',
  sentence:
    'It is encrypted with a customer master key, and the owner account lacks the role that lets receivers use the key.',
  fix: 'Create the role in the owner account, with the policy and the trust that the page shows, and ask again.',
  source: ENCRYPTION_PERMISSIONS,
  judge({ resource, keys, keyRole }) {
    const roleName = keyRoleNameOf(resource.resourceType);
    if (roleName === null) return PASS;
    return given(keys, (all) =>
      all.some(({ managedBy }) => managedBy === 'customer')
        ? given(keyRole, (role) => failIf(role === null, `The role is ${roleName}.`))
        : PASS,
    );
  },
};
