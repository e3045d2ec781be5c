/** A resource directory as it was read at one time. */
export interface Directory {
  directoryId: string;
  managementAccountId: string;
  rootFolderId: string;
  members: Record<string, Member>;
  folders: Record<string, Folder>;
}

export interface Member {
  accountId: string;
  displayName: string;
  folderId: string;
  status: string;
  /** Empty unless the member is being removed. */
  deletionStatus: string;
  joinMs: number;
}

export interface Folder {
  folderId: string;
  folderName: string;
  /** null for the root folder. */
  parentFolderId: string | null;
}

/** Whether `folderId` is `ancestorId` or lies somewhere below it. Resource Directory: at most 5 levels below the root. */
export function isUnder(directory: Directory, folderId: string, ancestorId: string): boolean {
  let at: string | null = folderId;
  for (let depth = 0; at !== null && depth < 10; depth++) {
    if (at === ancestorId) return true;
    at = directory.folders[at]?.parentFolderId ?? null;
  }
  return false;
}

/** The accounts of a folder and of every folder below it, sorted. The management account lies in no folder. */
export function accountsUnder(directory: Directory, folderId: string): string[] {
  return Object.values(directory.members)
    .filter((member) => isUnder(directory, member.folderId, folderId))
    .map((member) => member.accountId)
    .sort();
}
