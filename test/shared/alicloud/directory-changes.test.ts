import { afterEach, describe, expect, it } from 'vitest';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { providerClient } from '../../../shared/alicloud/provider-client';
import { configurationAt, CREDENTIALS, json, outside, type Outside, type Say } from './outside';

const OWN = { accountId: '1000000000000001', regionId: 'cn-hangzhou', credentials: CREDENTIALS };

let provider: Outside | undefined;
afterEach(() => provider?.close());

/** A directory whose folders are told by `children`, page by page; member 1000000000000002 lies in `memberFolder`. */
async function readDirectory(
  memberFolder: string,
  children: (parentFolderId: string, pageNumber: number) => { ids: string[]; total: number },
) {
  const answer: Say = (response, request) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://outside');
    const bodies: Record<string, () => unknown> = {
      GetResourceDirectory: () => ({
        ResourceDirectory: {
          ResourceDirectoryId: 'rd-1',
          RootFolderId: 'r-1',
          MasterAccountId: OWN.accountId,
        },
      }),
      ListAccounts: () => ({
        Accounts: {
          Account: [
            {
              AccountId: '1000000000000002',
              FolderId: memberFolder,
              Status: 'CreateSuccess',
              JoinTime: '2026-01-01T00:00:00.000Z',
            },
          ],
        },
      }),
      ListFoldersForParent: () => {
        const parent = searchParams.get('ParentFolderId') ?? '';
        const { ids, total } = children(parent, Number(searchParams.get('PageNumber')));
        return {
          TotalCount: total,
          Folders: { Folder: ids.map((FolderId) => ({ FolderId, FolderName: FolderId })) },
        };
      },
    };
    const body = bodies[String(request.headers['x-acs-action'])]?.();
    json(200, { RequestId: 'R-1', ...Object(body) })(response, request);
  };
  provider = await outside(answer);
  const client = providerClient(configurationAt({ '*/*': provider.url }), OWN, { nowMs: Date.now });
  return directoryReader(client).read();
}

const changed = { name: 'ProviderError', kind: 'try-again', code: 'ChangedWhileRead' };

describe('a directory that is read in many calls', () => {
  it('has every folder of every page', async () => {
    const ids = Array.from({ length: 130 }, (_, n) => `fd-${n}`);
    const read = await readDirectory('fd-129', (parent, page) =>
      parent === 'r-1' ? { ids: ids.slice((page - 1) * 100, page * 100), total: 130 } : { ids: [], total: 0 },
    );
    if (read.is !== 'directory') throw new Error('no directory was read');
    expect(Object.keys(read.directory.folders)).toHaveLength(131);
  });

  it('is not taken for read when a folder went between two pages', async () => {
    const reading = readDirectory('r-1', (parent, page) => {
      if (parent !== 'r-1') return { ids: [], total: 0 };
      const ids = Array.from({ length: 130 }, (_, n) => `fd-${n}`);
      const left = ids.slice(1);
      return page === 1
        ? { ids: ids.slice(0, 100), total: 130 }
        : { ids: left.slice((page - 1) * 100, page * 100), total: 129 };
    });
    await expect(reading).rejects.toMatchObject(changed);
  });

  it('is not taken for read when a page that should be there is empty', async () => {
    const reading = readDirectory('r-1', (parent, page) =>
      parent === 'r-1' && page === 1 ? { ids: ['fd-1'], total: 2 } : { ids: [], total: 2 },
    );
    await expect(reading).rejects.toMatchObject(changed);
  });

  it('is not taken for read when a folder was moved and met twice', async () => {
    const reading = readDirectory('r-1', (parent) => ({
      ids: { 'r-1': ['fd-1', 'fd-2'], 'fd-1': ['fd-3'], 'fd-2': ['fd-3'] }[parent] ?? [],
      total: { 'r-1': 2, 'fd-1': 1, 'fd-2': 1 }[parent] ?? 0,
    }));
    await expect(reading).rejects.toMatchObject(changed);
  });

  it('is not taken for read when a member lies in a folder that was not met', async () => {
    const reading = readDirectory('fd-9', () => ({ ids: [], total: 0 }));
    await expect(reading).rejects.toMatchObject(changed);
  });
});
