import type { DirectoryChange, Tree } from './changes';
import type { Folder, Member } from './directory';

/** The tree after one change. Changes that `differences` made, replayed in their order, turn one reading into the next. */
export function replay(tree: Tree, change: DirectoryChange): Tree {
  switch (change.is) {
    case 'folder-created':
      return withFolder(tree, change.folder);
    case 'folder-renamed':
      return withFolder(tree, { ...folderOf(tree, change.folderId), folderName: change.to });
    case 'folder-moved':
      return withFolder(tree, { ...folderOf(tree, change.folderId), parentFolderId: change.toFolderId });
    case 'folder-deleted':
      return { ...tree, folders: without(tree.folders, change.folder.folderId) };
    case 'member-left':
      return { ...tree, members: without(tree.members, change.member.accountId) };
    case 'member-joined':
      return withMember(tree, change.member);
    case 'member-moved':
      return withMember(tree, { ...memberOf(tree, change.accountId), folderId: change.toFolderId });
    case 'member-renamed':
      return withMember(tree, { ...memberOf(tree, change.accountId), displayName: change.to });
    case 'member-status-changed':
      return withMember(tree, { ...memberOf(tree, change.accountId), ...change.to });
  }
}

function withFolder(tree: Tree, folder: Folder): Tree {
  return { ...tree, folders: { ...tree.folders, [folder.folderId]: folder } };
}

function withMember(tree: Tree, member: Member): Tree {
  return { ...tree, members: { ...tree.members, [member.accountId]: member } };
}

function without<Value>(record: Record<string, Value>, key: string): Record<string, Value> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}

function folderOf(tree: Tree, folderId: string): Folder {
  const folder = tree.folders[folderId];
  if (folder === undefined) throw new RangeError(`A change names the folder ${folderId}, which is not there`);
  return folder;
}

function memberOf(tree: Tree, accountId: string): Member {
  const member = tree.members[accountId];
  if (member === undefined) throw new RangeError(`A change names the member ${accountId}, who is not there`);
  return member;
}
