import type { actSchema } from './act';
import {
  addMember,
  createFolder,
  deleteFolder,
  moveFolder,
  moveMember,
  removeMember,
  renameFolder,
} from './resource-directory/changes';
import { UnknownPlace } from './unknown-place';
import type { World } from './world';

type DirectoryAct = Extract<
  ReturnType<typeof actSchema.parse>,
  { act: `${string}-member` | `${string}-folder` }
>;

/** Members and folders as the management account would change them. */
export function directoryAct(act: DirectoryAct, world: World, nowMs: number): Record<string, unknown> {
  switch (act.act) {
    case 'add-member':
      addMember(world, act.accountId, act.folderId ?? rootFolderOf(world), nowMs);
      return { accountId: act.accountId };
    case 'move-member':
      moveMember(world, act.accountId, act.folderId, nowMs);
      return { accountId: act.accountId };
    case 'remove-member':
      removeMember(world, act.accountId);
      return { accountId: act.accountId };
    case 'create-folder':
      return { folderId: createFolder(world, act.parentFolderId, act.folderName, nowMs) };
    case 'rename-folder':
      renameFolder(world, act.folderId, act.folderName);
      return { folderId: act.folderId };
    case 'move-folder':
      moveFolder(world, act.folderId, act.parentFolderId);
      return { folderId: act.folderId };
    case 'delete-folder':
      deleteFolder(world, act.folderId);
      return { folderId: act.folderId };
  }
}

function rootFolderOf(world: World): string {
  const [first] = world.directories;
  if (first === undefined) throw new UnknownPlace('resource directory', '');
  return first.rootFolderId;
}
