import { ramIdOf } from '../credentials';
import { type Action, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';

/**
 * A role of the caller's account, with whom it trusts as JSON text.
 *
 * @throws ProviderRefusal 400 MissingParameter.RoleName, 404 EntityNotExist.Role
 */
export const getRole: Action = {
  parameters: { RoleName: { type: 'string', maxLength: 64 } },
  ratePerSecond: 50,
  run(call) {
    const asked = textOf(call, 'RoleName');
    if (asked === undefined) {
      throw new ProviderRefusal(400, 'MissingParameter.RoleName', 'You must specify RoleName.');
    }
    const { accountId } = call.caller;
    const roles = Object.entries(call.world.accounts[accountId]?.roles ?? {});
    const [roleName, role] = roles.find(([name]) => name.toLowerCase() === asked.toLowerCase()) ?? [];
    if (roleName === undefined || role === undefined) {
      throw new ProviderRefusal(404, 'EntityNotExist.Role', `The role not exists: ${asked} .`);
    }
    return {
      Role: {
        RoleId: ramIdOf(accountId, 'role', roleName),
        RoleName: roleName,
        Arn: `acs:ram::${accountId}:role/${roleName}`,
        Description: '',
        MaxSessionDuration: role.maxSessionSeconds,
        AssumeRolePolicyDocument: JSON.stringify(trustPolicy(role.trusts)),
      },
    };
  },
};

/** Accounts are trusted as `acs:ram::<id>:root`, services by their name. */
function trustPolicy(trusts: readonly string[]): Record<string, unknown> {
  const accounts = trusts.filter((one) => /^\d+$/.test(one)).map((id) => `acs:ram::${id}:root`);
  const services = trusts.filter((one) => !/^\d+$/.test(one));
  return {
    Statement: [
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: {
          ...(accounts.length === 0 ? {} : { RAM: accounts }),
          ...(services.length === 0 ? {} : { Service: services }),
        },
      },
    ],
    Version: '1',
  };
}
