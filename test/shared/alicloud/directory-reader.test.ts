import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { startTiny, TINY, type TinyCloud } from './tiny-cloud';

let tiny: TinyCloud | undefined;
afterEach(() => tiny?.cloud.close());

async function start(change?: (world: World, nowMs: number) => void) {
  tiny = await startTiny(change);
  return tiny;
}

describe('reading the directory', () => {
  it.each(['no', 'yes'])(
    'tells members and folders; the management account is no member (listed: %s)',
    async (position) => {
      const { client } = await start((world) => {
        world.switches['list-management-account'] = position;
      });
      const read = await directoryReader(client()).read();
      if (read.is !== 'directory') throw new Error('no directory was read');
      const { directory } = read;
      expect(directory).toMatchObject({
        directoryId: 'rd-tiny01',
        managementAccountId: TINY.management,
        rootFolderId: 'r-tiny01',
      });
      expect(Object.keys(directory.members).toSorted()).toEqual([TINY.producer, TINY.consumer]);
      expect(directory.members[TINY.producer]).toEqual({
        accountId: TINY.producer,
        displayName: 'Producer',
        folderId: TINY.productionFolder,
        status: expect.stringMatching(/Success$/),
        deletionStatus: '',
        joinMs: expect.any(Number),
      });
      expect(directory.folders).toEqual({
        'r-tiny01': { folderId: 'r-tiny01', folderName: 'Root', parentFolderId: null },
        [TINY.productionFolder]: {
          folderId: TINY.productionFolder,
          folderName: 'production',
          parentFolderId: 'r-tiny01',
        },
        [TINY.developmentFolder]: {
          folderId: TINY.developmentFolder,
          folderName: 'development',
          parentFolderId: 'r-tiny01',
        },
      });
    },
  );

  it('reads every page of members, and folders within folders', async () => {
    const { client, calls } = await start((world, nowMs) => {
      const [directory] = world.directories;
      const one = directory?.members[TINY.producer];
      if (directory === undefined || one === undefined) throw new Error('the tiny estate has no directory');
      const addFolder = (folderId: string, parentFolderId: string) => {
        directory.folders[folderId] = { folderId, parentFolderId, folderName: folderId, createMs: nowMs };
      };
      for (let n = 0; n < 120; n++) {
        const accountId = String(4_000_000_000_000_000 + n);
        directory.members[accountId] = { ...one, accountId };
      }
      for (const [folderId, parentFolderId] of [
        ['fd-deep1', TINY.productionFolder],
        ['fd-deep2', 'fd-deep1'],
        ['fd-deep3', 'fd-deep2'],
      ] as const) {
        addFolder(folderId, parentFolderId);
      }
    });
    const read = await directoryReader(client()).read();
    if (read.is !== 'directory') throw new Error('no directory was read');
    expect(Object.keys(read.directory.members)).toHaveLength(122);
    expect(Object.keys(read.directory.folders)).toHaveLength(6);
    expect(read.directory.folders['fd-deep3']?.parentFolderId).toBe('fd-deep2');
    expect(calls('ListAccounts')).toBe(2);
  });

  it('tells that there is none when the account is in no directory', async () => {
    const { clientOf } = await start();
    expect(await directoryReader(clientOf(TINY.partner)).read()).toEqual({ is: 'none' });
  });

  it('says who may read it when a plain member asks', async () => {
    const { clientOf } = await start();
    await expect(directoryReader(clientOf(TINY.consumer)).read()).rejects.toMatchObject({
      kind: 'refused',
      code: 'NoPermission',
      message: expect.stringContaining('management account or a delegated administrator'),
    });
  });

  it.each(['GetResourceDirectory', 'ListAccounts', 'ListFoldersForParent'])(
    'tells nothing at all when %s cannot be read',
    async (action) => {
      const { client, cloud } = await start();
      cloud.faults.add({ action, fault: { kind: 'error', status: 500, code: 'InternalError' } });
      await expect(directoryReader(client()).read()).rejects.toMatchObject({ name: 'ProviderError' });
    },
  );
});
