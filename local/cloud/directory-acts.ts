import type { actSchema } from './act';
import { newIdIn } from './ids';
import { ProviderRefusal } from './product';
import { directoryAround, folderIn } from './resource-directory/directory';
import { UnknownPlace } from './unknown-place';
import type { Directory, World } from './world';

type DirectoryAct = Extract<
  ReturnType<typeof actSchema.parse>,
  {
    act: 'add-member' | 'move-member' | 'remove-member' | 'create-folder' | 'rename-folder' | 'delete-folder';
  }
>;

/** Members and folders as the management account would change them. */
export function directoryAct(act: DirectoryAct, world: World, nowMs: number): Record<string, unknown> {
  switch (act.act) {
    case 'add-member':
      return addMember(act.accountId, act.folderId, act.resourceDirectoryId, world, nowMs);
    case 'move-member': {
      const { directory, member } = memberOf(act.accountId, world);
      folderIn(directory, act.folderId);
      Object.assign(member, { folderId: act.folderId, modifyMs: nowMs });
      return { ...member };
    }
    case 'remove-member': {
      const { directory, member } = memberOf(act.accountId, world);
      delete directory.members[act.accountId];
      directory.delegatedAdministrators = directory.delegatedAdministrators.filter(
        (id) => id !== act.accountId,
      );
      return { ...member };
    }
    case 'create-folder': {
      const directory = directoryOfFolder(act.parentFolderId, world);
      const folderId = newIdIn(world, 'fd-');
      const { parentFolderId, folderName } = act;
      directory.folders[folderId] = { folderId, parentFolderId, folderName, createMs: nowMs };
      return { folderId };
    }
    case 'rename-folder': {
      const folder = folderIn(directoryOfFolder(act.folderId, world), act.folderId);
      folder.folderName = act.folderName;
      return { ...folder };
    }
    case 'delete-folder':
      return deleteFolder(act.folderId, world);
  }
}

function addMember(
  accountId: string,
  folderId: string | undefined,
  resourceDirectoryId: string | undefined,
  world: World,
  nowMs: number,
) {
  const account = world.accounts[accountId];
  if (account === undefined) throw new UnknownPlace('account', accountId);
  const directory = world.directories.find(
    (one) => (resourceDirectoryId ?? one.resourceDirectoryId) === one.resourceDirectoryId,
  );
  if (directory === undefined) throw new UnknownPlace('resource directory', resourceDirectoryId ?? '');
  if (directoryAround(accountId, world) !== undefined) {
    throw new ProviderRefusal(
      409,
      'EntityAlreadyExists.Account',
      'The account is in a resource directory already.',
    );
  }
  const folder = folderIn(directory, folderId ?? directory.rootFolderId);
  directory.members[accountId] = {
    accountId,
    displayName: account.displayName,
    folderId: folder.folderId,
    type: 'CloudAccount',
    joinMethod: 'invited',
    joinMs: nowMs,
    modifyMs: nowMs,
    status: 'InviteSuccess',
    deletionStatus: '',
  };
  return { ...directory.members[accountId] };
}

/** A folder that holds members or folders cannot be deleted. */
function deleteFolder(folderId: string, world: World) {
  const directory = directoryOfFolder(folderId, world);
  const isUsed =
    folderId === directory.rootFolderId ||
    Object.values(directory.members).some((member) => member.folderId === folderId) ||
    Object.values(directory.folders).some((folder) => folder.parentFolderId === folderId);
  if (isUsed) {
    throw new ProviderRefusal(
      409,
      'DeleteConflict.Folder',
      'The folder cannot be deleted: it is the root, or it has members or folders in it.',
    );
  }
  delete directory.folders[folderId];
  return { folderId };
}

function memberOf(accountId: string, world: World) {
  const directory = directoryAround(accountId, world);
  const member = directory?.members[accountId];
  if (directory === undefined || member === undefined) throw new UnknownPlace('member', accountId);
  return { directory, member };
}

function directoryOfFolder(folderId: string, world: World): Directory {
  const directory = world.directories.find((one) => one.folders[folderId] !== undefined);
  if (directory === undefined) throw new UnknownPlace('folder', folderId);
  return directory;
}
