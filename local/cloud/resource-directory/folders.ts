import type { Action } from '../product';
import { toMilliseconds } from '../times';
import { directoryReadBy, foldersDownTo, pathOf } from './directory';
import {
  isAskedByName,
  KEYWORD_FILTER,
  listedByNumber,
  namedFolder,
  NUMBERED_PAGING,
  parentFolderOf,
  TAG_FILTER,
} from './listing';
import type { ApiVersion } from './version';

/**
 * The folders directly below a folder; below the root folder when none is given.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ParentFolderId, 404 EntityNotExists.Folder
 */
export function listFoldersForParent(version: ApiVersion): Action {
  return {
    parameters: {
      ParentFolderId: { type: 'string' },
      ...NUMBERED_PAGING,
      ...KEYWORD_FILTER,
      ...(version === '2022-04-19' ? TAG_FILTER : {}),
    },
    ratePerSecond: 20,
    run(call) {
      const directory = directoryReadBy(call);
      const parentFolderId = parentFolderOf(call, directory);
      const found = Object.values(directory.folders)
        .filter(
          (folder) => folder.parentFolderId === parentFolderId && isAskedByName(folder.folderName, call),
        )
        .toSorted((a, b) => a.createMs - b.createMs || (a.folderId < b.folderId ? -1 : 1));
      const { page, fields } = listedByNumber(found, call);
      return { ...fields, Folders: { Folder: page.map((folder) => described(folder)) } };
    },
  };
}

/**
 * The folders above a folder, from the root down to its parent.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ChildId, 404 EntityNotExists.Folder
 */
export const listAncestors: Action = {
  parameters: { ChildId: { type: 'string', required: true } },
  ratePerSecond: 20,
  run(call) {
    const directory = directoryReadBy(call);
    const child = namedFolder(call, 'ChildId', directory);
    const above = foldersDownTo(child.folderId, directory).slice(0, -1);
    return { Folders: { Folder: above.map((folder) => described(folder)) } };
  },
};

/** @throws ProviderRefusal 400 InvalidParameter.FolderId, 404 EntityNotExists.Folder */
export const getFolder: Action = {
  parameters: { FolderId: { type: 'string', required: true } },
  ratePerSecond: 20,
  run(call) {
    const directory = directoryReadBy(call);
    const folder = namedFolder(call, 'FolderId', directory);
    return {
      Folder: {
        ...described(folder),
        ParentFolderId: folder.parentFolderId ?? '',
        ResourceDirectoryPath: pathOf(folder.folderId, directory),
      },
    };
  },
};

function described(folder: {
  folderId: string;
  folderName: string;
  createMs: number;
}): Record<string, unknown> {
  return {
    FolderId: folder.folderId,
    FolderName: folder.folderName,
    CreateTime: toMilliseconds(folder.createMs),
  };
}
