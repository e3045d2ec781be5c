import type { Action } from '../product';
import { textOf } from '../read-parameters';
import { toMilliseconds } from '../times';
import { directoryReadBy } from './directory';
import { listedByNumber, NUMBERED_PAGING } from './listing';

/** The trusted service that enabling sharing with the directory turns on, and for which administrators are delegated. */
const RESOURCE_SHARING_SERVICE = 'resourcesharing.aliyuncs.com';

/** The trusted services of the directory: Resource Sharing, once its management account has enabled it. */
export const listTrustedServiceStatus: Action = {
  parameters: { AdminAccountId: { type: 'string' }, ...NUMBERED_PAGING },
  ratePerSecond: 50,
  run(call) {
    const directory = directoryReadBy(call);
    const enabled = call.world.sharingEnabledBy.includes(directory.managementAccountId);
    const services = enabled
      ? [{ ServicePrincipal: RESOURCE_SHARING_SERVICE, EnableTime: toMilliseconds(directory.createMs) }]
      : [];
    const { page, fields } = listedByNumber(services, call);
    return { ...fields, EnabledServicePrincipals: { EnabledServicePrincipal: page } };
  },
};

/** The members that administer Resource Sharing for the management account. The time is epoch milliseconds as text. */
export const listDelegatedAdministrators: Action = {
  parameters: { ServicePrincipal: { type: 'string' }, ...NUMBERED_PAGING },
  ratePerSecond: 20,
  run(call) {
    const directory = directoryReadBy(call);
    const asked = textOf(call, 'ServicePrincipal');
    const administrators =
      asked === undefined || asked === RESOURCE_SHARING_SERVICE
        ? directory.delegatedAdministrators.flatMap((accountId) => directory.members[accountId] ?? [])
        : [];
    const { page, fields } = listedByNumber(administrators, call);
    return {
      ...fields,
      Accounts: {
        Account: page.map((member) => ({
          AccountId: member.accountId,
          DisplayName: member.displayName,
          JoinMethod: member.joinMethod,
          ServicePrincipal: RESOURCE_SHARING_SERVICE,
          DelegationEnabledTime: String(member.joinMs),
        })),
      },
    };
  },
};
