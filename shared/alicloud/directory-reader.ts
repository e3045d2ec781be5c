import type { Directory, Folder, Member } from '../domain/directory/directory';
import { ProviderError, type DirectoryReader } from '../flow/ports';
import { allByNumber, allByToken, changedWhileRead, PAGE_SIZE } from './paging';
import type { ProviderClient } from './provider-client';

/** Resource Directory: 100 folders as a rule, more on request. */
const FOLDERS_MAX = 2_000;

/** The directory of the function's own account, which must be its management account or a delegated administrator. */
export function directoryReader(client: ProviderClient): DirectoryReader {
  return {
    async read() {
      const frame = await readFrame(client);
      if (frame === null) return { is: 'none' };
      // Members first: the folder of each was there before the folders are read.
      const members = await readMembers(client, frame.managementAccountId);
      const folders = await readFolders(client, frame.rootFolderId);
      for (const { folderId } of Object.values(members)) {
        if (!(folderId in folders)) throw changedWhileRead(`Folder ${folderId}`);
      }
      return { is: 'directory', directory: { ...frame, members, folders } };
    },
  };
}

type Frame = Pick<Directory, 'directoryId' | 'managementAccountId' | 'rootFolderId'>;

async function readFrame(client: ProviderClient): Promise<Frame | null> {
  try {
    const answer = await client.call('ResourceDirectoryMaster', 'GetResourceDirectory', client.own, {});
    const directory = answer.object('ResourceDirectory');
    return {
      directoryId: directory.text('ResourceDirectoryId'),
      managementAccountId: directory.text('MasterAccountId'),
      rootFolderId: directory.text('RootFolderId'),
    };
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'ResourceDirectoryNotInUse') return null;
    throw error;
  }
}

/** Whether ListAccounts lists the management account too is not documented; it is not a member. */
async function readMembers(
  client: ProviderClient,
  managementAccountId: string,
): Promise<Record<string, Member>> {
  const members = await allByToken('ListAccounts', async (NextToken) => {
    const answer = await listAccounts(client, NextToken);
    return {
      items: answer
        .object('Accounts')
        .list('Account')
        .map((account) => ({
          accountId: account.text('AccountId'),
          displayName: account.textOr('DisplayName', ''),
          folderId: account.textOr('FolderId', ''),
          status: account.text('Status'),
          deletionStatus: account.textOr('DeletionStatus', ''),
          joinMs: account.timeMs('JoinTime'),
        })),
      nextToken: answer.textOr('NextToken', ''),
    };
  });
  return Object.fromEntries(
    members
      .filter((member) => member.accountId !== managementAccountId)
      .map((member) => [member.accountId, member]),
  );
}

async function listAccounts(client: ProviderClient, NextToken: string | undefined) {
  try {
    return await client.call('ResourceDirectoryMaster', 'ListAccounts', client.own, {
      MaxResults: PAGE_SIZE,
      NextToken,
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error;
    const { code, requestId, message } = error;
    throw new ProviderError('refused', {
      code,
      requestId,
      message: `${message} Members are told only to the directory's management account or a delegated administrator: run sharekeeper in one of those, and allow its role ListAccounts.`,
      cause: error,
    });
  }
}

/** Folder by folder from the root down: ListFoldersForParent shows one level. */
async function readFolders(client: ProviderClient, rootFolderId: string): Promise<Record<string, Folder>> {
  const folders: Record<string, Folder> = {
    [rootFolderId]: { folderId: rootFolderId, folderName: 'Root', parentFolderId: null },
  };
  const unread = [rootFolderId];
  for (let parentFolderId = unread.pop(); parentFolderId !== undefined; parentFolderId = unread.pop()) {
    for (const child of await readChildren(client, parentFolderId)) {
      // Moved while the walk was on: it was met at both places.
      if (child.folderId in folders) throw changedWhileRead(`Folder ${child.folderId}`);
      folders[child.folderId] = child;
      unread.push(child.folderId);
    }
    if (Object.keys(folders).length > FOLDERS_MAX) throw tooManyFolders();
  }
  return folders;
}

function readChildren(client: ProviderClient, parentFolderId: string): Promise<Folder[]> {
  return allByNumber('ListFoldersForParent', async (pageNumber) => {
    const answer = await client.call('ResourceDirectoryMaster', 'ListFoldersForParent', client.own, {
      ParentFolderId: parentFolderId,
      PageNumber: pageNumber,
      PageSize: PAGE_SIZE,
    });
    return {
      items: answer
        .object('Folders')
        .list('Folder')
        .map((folder) => ({
          folderId: folder.text('FolderId'),
          folderName: folder.text('FolderName'),
          parentFolderId,
        })),
      totalCount: answer.number('TotalCount'),
    };
  });
}

function tooManyFolders(): ProviderError {
  return new ProviderError('unknown', {
    code: 'TooManyFolders',
    message: `The directory has more than ${FOLDERS_MAX} folders, so it was not read to the end.`,
  });
}
