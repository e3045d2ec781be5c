import type { Directory } from './directory';

/**
 * Members and folders are read by separate calls, so a folder that is made, moved or deleted in between leaves a reading
 * that never was true. Answers what does not fit together, or null when the reading is whole.
 */
export function torn({ rootFolderId, folders, members }: Directory): string | null {
  const exists = (folderId: string) => folderId === rootFolderId || folders[folderId] !== undefined;
  for (const { folderId, parentFolderId } of Object.values(folders)) {
    if (parentFolderId !== null && !exists(parentFolderId)) {
      return `folder ${folderId} lies in ${parentFolderId}, which was not listed`;
    }
  }
  for (const { accountId, folderId } of Object.values(members)) {
    if (!exists(folderId)) return `member ${accountId} lies in ${folderId}, which was not listed`;
  }
  return null;
}
