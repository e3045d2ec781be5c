import type { Action } from '../product';

/** Who am I? Needs no permission. */
export const getCallerIdentity: Action = {
  parameters: {},
  ratePerSecond: 100,
  run({ caller: { accountId, arn, identityType, principalId } }) {
    const identity = { AccountId: accountId, Arn: arn, IdentityType: identityType, PrincipalId: principalId };
    switch (identityType) {
      case 'AssumedRoleUser':
        return { ...identity, RoleId: principalId.slice(0, principalId.indexOf(':')) };
      case 'Account':
      case 'RAMUser':
        return { ...identity, UserId: principalId };
    }
  },
};
