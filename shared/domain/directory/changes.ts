import type { Directory, Folder, Member } from './directory';

/** The part of a directory that changes: who is in it, and how its folders lie in each other. */
export type Tree = Pick<Directory, 'members' | 'folders'>;

/** One difference between two readings of the directory. */
export type DirectoryChange =
  | { is: 'folder-created'; folder: Folder }
  | { is: 'folder-renamed'; folderId: string; from: string; to: string }
  | { is: 'folder-moved'; folderId: string; fromFolderId: string | null; toFolderId: string | null }
  | { is: 'folder-deleted'; folder: Folder }
  | { is: 'member-left'; member: Member; directoryId: string }
  | { is: 'member-joined'; member: Member; directoryId: string }
  | { is: 'member-moved'; accountId: string; fromFolderId: string; toFolderId: string }
  | { is: 'member-renamed'; accountId: string; from: string; to: string }
  | { is: 'member-status-changed'; accountId: string; from: MemberStatus; to: MemberStatus };

export type MemberStatus = Pick<Member, 'status' | 'deletionStatus'>;

/**
 * What happened between two readings (null = in no directory), in an order in which it can be replayed: new folders
 * before those that move into them, parents before children, and folders deleted once everybody is out. Replaying
 * never makes a loop of folders, so each step can be asked what it meant for access. Equal readings differ in nothing.
 */
export function differences(before: Directory | null, after: Directory | null): DirectoryChange[] {
  if (before === null || after === null || before.directoryId !== after.directoryId) {
    return [
      ...(before === null ? [] : differencesWithin(before, emptied(before))),
      ...(after === null ? [] : differencesWithin(emptied(after), after)),
    ];
  }
  return differencesWithin(before, after);
}

function emptied(directory: Directory): Directory {
  return { ...directory, members: {}, folders: {} };
}

function differencesWithin(before: Directory, after: Directory): DirectoryChange[] {
  const gone = Object.values(before.folders).filter((folder) => after.folders[folder.folderId] === undefined);
  return [
    ...folderChanges(before, after),
    ...memberChanges(before, after),
    ...parentsFirst(before, gone)
      .toReversed()
      .map((folder) => ({ is: 'folder-deleted' as const, folder })),
  ];
}

function folderChanges(before: Directory, after: Directory): DirectoryChange[] {
  const created: DirectoryChange[] = [];
  const kept: DirectoryChange[] = [];
  for (const folder of parentsFirst(after, Object.values(after.folders))) {
    const { folderId } = folder;
    const was = before.folders[folderId];
    if (was === undefined) {
      created.push({ is: 'folder-created', folder });
      continue;
    }
    if (was.folderName !== folder.folderName) {
      kept.push({ is: 'folder-renamed', folderId, from: was.folderName, to: folder.folderName });
    }
    if (was.parentFolderId !== folder.parentFolderId) {
      kept.push({
        is: 'folder-moved',
        folderId,
        fromFolderId: was.parentFolderId,
        toFolderId: folder.parentFolderId,
      });
    }
  }
  return [...created, ...kept];
}

function memberChanges(before: Directory, after: Directory): DirectoryChange[] {
  const accountIds = new Set([...Object.keys(before.members), ...Object.keys(after.members)]);
  const changes = [...accountIds].toSorted().flatMap((accountId) => {
    const was = before.members[accountId];
    const is = after.members[accountId];
    // One who left and came back between two readings lost every share on the way, though the id is in both.
    if (was !== undefined && was.joinMs === is?.joinMs) return changesOf(was, is);
    return [
      ...(was === undefined ? [] : [left(was, before.directoryId)]),
      ...(is === undefined ? [] : [joined(is, after.directoryId)]),
    ];
  });
  return changes;
}

function left(member: Member, directoryId: string): DirectoryChange {
  return { is: 'member-left', member, directoryId };
}

function joined(member: Member, directoryId: string): DirectoryChange {
  return { is: 'member-joined', member, directoryId };
}

function changesOf(was: Member, is: Member): DirectoryChange[] {
  const { accountId } = is;
  const changes: DirectoryChange[] = [];
  if (was.displayName !== is.displayName) {
    changes.push({ is: 'member-renamed', accountId, from: was.displayName, to: is.displayName });
  }
  if (was.status !== is.status || was.deletionStatus !== is.deletionStatus) {
    changes.push({ is: 'member-status-changed', accountId, from: statusOf(was), to: statusOf(is) });
  }
  if (was.folderId !== is.folderId) {
    changes.push({ is: 'member-moved', accountId, fromFolderId: was.folderId, toFolderId: is.folderId });
  }
  return changes;
}

function statusOf({ status, deletionStatus }: Member): MemberStatus {
  return { status, deletionStatus };
}

function parentsFirst(directory: Directory, folders: readonly Folder[]): Folder[] {
  const depths = new Map(folders.map((folder) => [folder.folderId, foldersAbove(directory, folder).length]));
  const depth = (folder: Folder) => depths.get(folder.folderId) ?? 0;
  return folders.toSorted((a, b) => depth(a) - depth(b) || (a.folderId < b.folderId ? -1 : 1));
}

function foldersAbove(tree: Tree, folder: Folder): string[] {
  return folder.parentFolderId === null ? [] : lineage(tree, folder.parentFolderId);
}

/**
 * Resource Directory: at most 5 levels below the root. Half-way through a replay old and new levels can stand on top of
 * each other; beyond this it is a loop, which no reading should hold.
 */
const LEVELS_MAX = 20;

/** A folder and every folder that it lies in, up to the root. */
export function lineage(tree: Tree, folderId: string): string[] {
  const folderIds: string[] = [];
  let at: string | null = folderId;
  while (at !== null && folderIds.length < LEVELS_MAX) {
    folderIds.push(at);
    at = tree.folders[at]?.parentFolderId ?? null;
  }
  return folderIds;
}
