import { type Call, ProviderRefusal } from '../product';
import type { Directory, World } from '../world';

type Folder = Directory['folders'][string];

/** The directory that an account manages or is a member of. An account is in at most one. */
export function directoryAround(accountId: string, world: World): Directory | undefined {
  return world.directories.find(
    (directory) => directory.managementAccountId === accountId || directory.members[accountId] !== undefined,
  );
}

/**
 * The directory that the caller may read: its management account or a delegated administrator.
 *
 * @throws ProviderRefusal 404 EntityNotExists.ResourceDirectory when the caller is in none, and 403 NoPermission when
 *   it is a plain member. (The documents name no code for a member; 403 NoPermission is what RAM answers.)
 */
export function directoryReadBy(call: Call): Directory {
  const { accountId } = call.caller;
  const directory = directoryAround(accountId, call.world);
  if (directory === undefined) {
    throw new ProviderRefusal(
      404,
      'EntityNotExists.ResourceDirectory',
      'The resource directory for the account is not enabled. We recommend that you first enable the resource directory for the account.',
    );
  }
  if (directory.managementAccountId !== accountId && !directory.delegatedAdministrators.includes(accountId)) {
    throw new ProviderRefusal(
      403,
      'NoPermission',
      'You are not authorized to do this action. You should be authorized by RAM.',
    );
  }
  return directory;
}

/** @throws ProviderRefusal 404 EntityNotExists.Folder */
export function folderIn(directory: Directory, folderId: string): Folder {
  const folder = directory.folders[folderId];
  if (folder === undefined) {
    throw new ProviderRefusal(404, 'EntityNotExists.Folder', 'The resource directory folder does not exist.');
  }
  return folder;
}

/** The folders from the root down to a folder, both included. */
export function foldersDownTo(folderId: string, directory: Directory): Folder[] {
  const folders: Folder[] = [];
  for (
    let at = directory.folders[folderId];
    at !== undefined;
    at = directory.folders[at.parentFolderId ?? '']
  ) {
    folders.unshift(at);
  }
  return folders;
}

/** The provider's path of a folder, `rd-…/r-…/fd-…`; a member's path has the account id after it. */
export function pathOf(folderId: string, directory: Directory): string {
  const folderIds = foldersDownTo(folderId, directory).map((folder) => folder.folderId);
  return [directory.resourceDirectoryId, ...folderIds].join('/');
}
