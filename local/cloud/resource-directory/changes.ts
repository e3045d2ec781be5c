import { newIdIn } from '../ids';
import { ProviderRefusal } from '../product';
import type { Directory, World } from '../world';
import { directoryAround, foldersDownTo } from './directory';

type Folder = Directory['folders'][string];

/** Folders below the root, and levels below it (Resource Directory limits). */
const MAX_FOLDERS = 100;
const MAX_LEVELS = 5;
const FOLDER_NAME = /^[\p{Script=Han}\w.-]{1,24}$/u;
const FOLDER_ID_LENGTH = 'fd-'.length + 10;

/**
 * Takes an account into the directory that has the folder, as if it had been invited and had accepted.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Folder or EntityNotExists.Account, and 409 EntityAlreadyExists.Account
 *   when the account manages or is in a directory.
 */
export function addMember(world: World, accountId: string, folderId: string, nowMs: number): void {
  const { directory } = found(world, folderId);
  const account = world.accounts[accountId];
  if (account === undefined) throw noAccount();
  if (directoryAround(accountId, world) !== undefined) {
    throw new ProviderRefusal(
      409,
      'EntityAlreadyExists.Account',
      'The account is already in a resource directory.',
    );
  }
  directory.members[accountId] = {
    accountId,
    displayName: account.displayName,
    folderId,
    type: 'CloudAccount',
    joinMethod: 'invited',
    joinMs: nowMs,
    modifyMs: nowMs,
    status: 'InviteSuccess',
    deletionStatus: '',
  };
}

/**
 * Moves a member to another folder of its directory.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Account, 404 EntityNotExists.Folder
 */
export function moveMember(world: World, accountId: string, folderId: string, nowMs: number): void {
  const directory = directoryOfMember(world, accountId);
  const member = directory.members[accountId];
  if (member === undefined) throw noAccount();
  if (directory.folders[folderId] === undefined) throw noFolder();
  member.folderId = folderId;
  member.modifyMs = nowMs;
}

/**
 * Takes a member out of its directory. Its name stays with the account.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Account, also for a management account, which cannot leave.
 */
export function removeMember(world: World, accountId: string): void {
  const directory = directoryOfMember(world, accountId);
  delete directory.members[accountId];
  directory.delegatedAdministrators = directory.delegatedAdministrators.filter((one) => one !== accountId);
}

/**
 * Makes a folder below another one.
 *
 * @returns the new folder's id
 * @throws ProviderRefusal 400 InvalidParameter.Folder.Name or .AlreadyUsed, 404 EntityNotExists.Folder,
 *   409 LimitExceeded.Folder.Depth below 5 levels, 409 QuotaExceeded.Folder.Count above 100 folders.
 */
export function createFolder(
  world: World,
  parentFolderId: string,
  folderName: string,
  nowMs: number,
): string {
  const { directory } = found(world, parentFolderId);
  checkName(folderName, parentFolderId, directory);
  checkDepth(levelOf(parentFolderId, directory) + 1);
  if (Object.keys(directory.folders).length - 1 >= MAX_FOLDERS) {
    throw new ProviderRefusal(409, 'QuotaExceeded.Folder.Count', 'The number of folders exceeds the quota.');
  }
  const folderId = newIdIn(world, 'fd-').slice(0, FOLDER_ID_LENGTH);
  directory.folders[folderId] = { folderId, parentFolderId, folderName, createMs: nowMs };
  return folderId;
}

/** @throws ProviderRefusal 400 InvalidParameter.Folder.Name or .AlreadyUsed, 404 EntityNotExists.Folder */
export function renameFolder(world: World, folderId: string, folderName: string): void {
  const { directory, folder } = foundBelowRoot(world, folderId);
  if (folder.folderName === folderName) return;
  checkName(folderName, folder.parentFolderId, directory);
  folder.folderName = folderName;
}

/**
 * Deletes an empty folder.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Folder, 409 DeleteConflict.Folder.SubFolder, DeleteConflict.Folder.Account
 */
export function deleteFolder(world: World, folderId: string): void {
  const { directory } = foundBelowRoot(world, folderId);
  if (Object.values(directory.folders).some((folder) => folder.parentFolderId === folderId)) {
    throw new ProviderRefusal(409, 'DeleteConflict.Folder.SubFolder', 'This folder has sub folders.');
  }
  if (Object.values(directory.members).some((member) => member.folderId === folderId)) {
    throw new ProviderRefusal(409, 'DeleteConflict.Folder.Account', 'This folder has accounts.');
  }
  delete directory.folders[folderId];
}

/**
 * Moves a folder, with all that is in it, below another one of its directory.
 *
 * @throws ProviderRefusal 404 EntityNotExists.Folder, 400 InvalidParameter.ParentFolderId for a place inside itself,
 *   400 InvalidParameter.Folder.Name.AlreadyUsed, 409 LimitExceeded.Folder.Depth
 */
export function moveFolder(world: World, folderId: string, parentFolderId: string): void {
  const { directory, folder } = foundBelowRoot(world, folderId);
  if (directory.folders[parentFolderId] === undefined) throw noFolder();
  if (folder.parentFolderId === parentFolderId) return;
  if (foldersDownTo(parentFolderId, directory).includes(folder)) {
    throw new ProviderRefusal(400, 'InvalidParameter.ParentFolderId', 'The ParentFolderId is invalid.');
  }
  checkName(folder.folderName, parentFolderId, directory);
  checkDepth(levelOf(parentFolderId, directory) + heightOf(folderId, directory));
  folder.parentFolderId = parentFolderId;
}

function found(world: World, folderId: string): { directory: Directory; folder: Folder } {
  for (const directory of world.directories) {
    const folder = directory.folders[folderId];
    if (folder !== undefined) return { directory, folder };
  }
  throw noFolder();
}

function foundBelowRoot(world: World, folderId: string): { directory: Directory; folder: Folder } {
  const { directory, folder } = found(world, folderId);
  if (folder.parentFolderId === null) {
    throw new ProviderRefusal(400, 'InvalidParameter.FolderId', 'The FolderId is invalid.');
  }
  return { directory, folder };
}

function directoryOfMember(world: World, accountId: string): Directory {
  const directory = world.directories.find(({ members }) => members[accountId] !== undefined);
  if (directory === undefined) throw noAccount();
  return directory;
}

function levelOf(folderId: string, directory: Directory): number {
  return foldersDownTo(folderId, directory).length - 1;
}

function heightOf(folderId: string, directory: Directory): number {
  const below = Object.values(directory.folders).filter((folder) => folder.parentFolderId === folderId);
  return 1 + Math.max(0, ...below.map((folder) => heightOf(folder.folderId, directory)));
}

function checkDepth(level: number): void {
  if (level <= MAX_LEVELS) return;
  throw new ProviderRefusal(
    409,
    'LimitExceeded.Folder.Depth',
    `The folder depth exceeds the limit of ${MAX_LEVELS}.`,
  );
}

function checkName(folderName: string, parentFolderId: string | null, directory: Directory): void {
  if (!FOLDER_NAME.test(folderName)) {
    throw new ProviderRefusal(400, 'InvalidParameter.Folder.Name', 'The Name of folder is invalid.');
  }
  const siblings = Object.values(directory.folders).filter(
    (folder) => folder.parentFolderId === parentFolderId,
  );
  if (siblings.some((folder) => folder.folderName === folderName)) {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.Folder.Name.AlreadyUsed',
      'The name already exists under the same parent. Please change to another name.',
    );
  }
}

function noFolder(): ProviderRefusal {
  return new ProviderRefusal(404, 'EntityNotExists.Folder', 'The resource directory folder does not exist.');
}

function noAccount(): ProviderRefusal {
  return new ProviderRefusal(
    404,
    'EntityNotExists.Account',
    'This resource directory account does not exist.',
  );
}
