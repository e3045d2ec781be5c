import type { Action } from '../product';
import { ProviderRefusal } from '../product';
import { toMilliseconds } from '../times';
import { directoryAround } from './directory';
import type { ApiVersion } from './version';

/**
 * The directory that the caller manages or is a member of: the only call that a plain member may make.
 *
 * @throws ProviderRefusal 404 ResourceDirectoryNotInUse when the caller is in none.
 */
export function getResourceDirectory(version: ApiVersion): Action {
  return {
    parameters: {},
    ratePerSecond: 20,
    run({ caller, world }) {
      const directory = directoryAround(caller.accountId, world);
      if (directory === undefined) {
        throw new ProviderRefusal(
          404,
          'ResourceDirectoryNotInUse',
          'The specified account is not an Alibaba Cloud account or a member account of the resource directory.',
        );
      }
      return {
        ResourceDirectory: {
          ResourceDirectoryId: directory.resourceDirectoryId,
          RootFolderId: directory.rootFolderId,
          MasterAccountId: directory.managementAccountId,
          MasterAccountName: world.accounts[directory.managementAccountId]?.displayName ?? '',
          CreateTime: toMilliseconds(directory.createMs),
          ControlPolicyStatus: 'Disabled',
          MemberDeletionStatus: 'Enabled',
          IdentityInformation: '',
          ...(version === '2022-04-19' ? { MemberAccountDisplayNameSyncStatus: 'Disabled' } : {}),
        },
      };
    },
  };
}
