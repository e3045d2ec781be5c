import { pageByNumber } from '../paging';
import { type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { numberOf, pairsOf, textOf } from '../read-parameters';
import type { Directory } from '../world';
import { folderIn } from './directory';

export const NUMBERED_PAGING: Record<string, ParameterSpec> = {
  PageNumber: { type: 'integer', minimum: 1 },
  PageSize: { type: 'integer', minimum: 1, maximum: 100 },
};

export const TAG_FILTER: Record<string, ParameterSpec> = {
  Tag: { type: 'list', fields: { Key: { type: 'string' }, Value: { type: 'string' } } },
};

export const KEYWORD_FILTER: Record<string, ParameterSpec> = { QueryKeyword: { type: 'string' } };

const DEFAULT_PAGE_SIZE = 10;
const FOLDER_ID = /^(?:r|fd)-[\dA-Za-z]+$/;

/** One page by number, with the three fields that tell about it. */
export function listedByNumber<Item>(
  items: readonly Item[],
  call: Call,
): { page: Item[]; fields: { PageNumber: number; PageSize: number; TotalCount: number } } {
  const pageNumber = numberOf(call, 'PageNumber') ?? 1;
  const pageSize = numberOf(call, 'PageSize') ?? DEFAULT_PAGE_SIZE;
  return {
    page: pageByNumber(items, pageNumber, pageSize),
    fields: { PageNumber: pageNumber, PageSize: pageSize, TotalCount: items.length },
  };
}

/** Whether a name contains the QueryKeyword, and nothing is asked of tags: no member or folder here has any. */
export function isAskedByName(name: string, call: Call): boolean {
  const keyword = textOf(call, 'QueryKeyword')?.toLowerCase();
  return pairsOf(call, 'Tag').length === 0 && (keyword === undefined || name.toLowerCase().includes(keyword));
}

/**
 * The folder that ParentFolderId names; the root folder when it is left out.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ParentFolderId, 404 EntityNotExists.Folder
 */
export function parentFolderOf(call: Call, directory: Directory): string {
  const parentFolderId = textOf(call, 'ParentFolderId') ?? directory.rootFolderId;
  if (!FOLDER_ID.test(parentFolderId)) {
    throw new ProviderRefusal(400, 'InvalidParameter.ParentFolderId', 'The ParentFolderId is invalid.');
  }
  return folderIn(directory, parentFolderId).folderId;
}

/**
 * The folder id in a parameter that must name one.
 *
 * @throws ProviderRefusal 400 InvalidParameter.<name>, 404 EntityNotExists.Folder
 */
export function namedFolder(call: Call, name: string, directory: Directory): Directory['folders'][string] {
  const folderId = textOf(call, name) ?? '';
  if (!FOLDER_ID.test(folderId)) {
    throw new ProviderRefusal(400, `InvalidParameter.${name}`, `The ${name} is invalid.`);
  }
  return folderIn(directory, folderId);
}
