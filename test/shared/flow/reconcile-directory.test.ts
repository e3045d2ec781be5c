import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { directoryReader } from '../../../shared/alicloud/directory-reader';
import { OWN_DIRECTORY } from '../../../shared/domain/directory/known-directory';
import { newLedger, withWindow } from '../../../shared/domain/sharing/ledger';
import { resourceKey, type ResourceRef } from '../../../shared/domain/sharing/resource';
import { changeOrThrow } from '../../../shared/flow/change';
import { ALL_LEDGERS, BY_ID } from '../../../shared/flow/ledger-streams';
import type { Aggregates } from '../../../shared/flow/ports';
import { reconcileDirectory } from '../../../shared/flow/reconcile-directory';
import { TINY } from '../alicloud/tiny-cloud';
import { startInstallation, type Installation } from './installation';

const STREAM = 'directory/own';
const SNAPSHOT: ResourceRef = {
  ownerAccountId: TINY.producer,
  regionId: TINY.regionId,
  resourceType: 'Snapshot',
  resourceId: TINY.snapshots.plain,
};

let house: Installation;
beforeEach(async () => {
  house = await startInstallation();
});
afterEach(() => house.close());

function reconcile(directory = directoryReader(house.client)) {
  const { aggregates, lists, clock } = house;
  return reconcileDirectory({ aggregates, lists, directory, clock });
}

/** A reading that the test needs to be whole. */
async function readAll() {
  const answer = await reconcile();
  expect(answer).toMatchObject({ completeness: 'complete' });
  return answer;
}

async function known() {
  return (await house.aggregates.load('directory', OWN_DIRECTORY))?.doc;
}

/** An approved request shares the snapshot with a folder and, directly, with the consumer. */
async function shareWithDevelopment(): Promise<void> {
  const nowMs = house.clock.nowMs();
  const window = { requestId: 'req-1', startMs: nowMs - 1_000, endMs: null };
  const principals = [
    { type: 'folder', id: TINY.developmentFolder },
    { type: 'account', id: TINY.consumer },
  ] as const;
  await changeOrThrow(house.aggregates, 'ledger', resourceKey(SNAPSHOT), () => ({
    is: 'write',
    doc: withWindow(newLedger(SNAPSHOT), principals, window, nowMs),
    events: [],
    lists: [{ list: ALL_LEDGERS, sort: BY_ID }],
  }));
}

describe('the first reading', () => {
  test('is written down whole and nobody is said to have joined', async () => {
    expect(await reconcile()).toEqual({
      completeness: 'complete',
      members: 2,
      folders: 3,
      changes: 0,
      edition: 1,
    });
    expect(await known()).toMatchObject({
      edition: 1,
      directory: {
        directoryId: 'rd-tiny01',
        managementAccountId: '1000000000000001',
        members: { [TINY.producer]: { folderId: TINY.productionFolder, displayName: 'Producer' } },
      },
    });
    expect(await house.events(STREAM)).toEqual([]);
  });

  test('of an account in no directory is written down too', async () => {
    house.cloud.world.directories.length = 0;
    expect(await reconcile()).toEqual({
      completeness: 'complete',
      members: 0,
      folders: 0,
      changes: 0,
      edition: 1,
    });
    expect(await known()).toMatchObject({ directory: null, edition: 1 });
  });
});

describe('a later reading', () => {
  test('of an unchanged directory makes no edition and no event, and is known to be newer', async () => {
    await readAll();
    const firstMs = (await known())?.readMs ?? 0;
    house.clock.wind(1_000);
    expect(await reconcile()).toMatchObject({ changes: 0, edition: 1 });
    expect((await known())?.readMs).toBeGreaterThanOrEqual(firstMs + 1_000);
    expect(await house.events(STREAM)).toEqual([]);
  });

  test('tells who joined, and what that account gains', async () => {
    await readAll();
    await shareWithDevelopment();
    house.cloud.act({ act: 'add-member', accountId: TINY.partner, folderId: TINY.developmentFolder });
    expect(await reconcile()).toEqual({
      completeness: 'complete',
      members: 3,
      folders: 3,
      changes: 1,
      edition: 2,
    });
    expect(await house.events(STREAM)).toMatchObject([
      {
        type: 'directory.member_joined',
        number: 1,
        data: {
          accountId: TINY.partner,
          displayName: 'Partner One',
          folderId: TINY.developmentFolder,
          effect: {
            gains: {
              count: 1,
              first: [{ accountId: TINY.partner, resource: resourceKey(SNAPSHOT) }],
            },
          },
        },
      },
    ]);
  });

  test('tells who moved, and that a direct grant keeps what the folder gave', async () => {
    await readAll();
    await shareWithDevelopment();
    house.cloud.act({ act: 'move-member', accountId: TINY.consumer, folderId: TINY.productionFolder });
    expect(await reconcile()).toMatchObject({ changes: 1, edition: 2 });
    expect(await house.events(STREAM)).toMatchObject([
      {
        type: 'directory.member_moved',
        data: {
          accountId: TINY.consumer,
          fromFolderId: TINY.developmentFolder,
          toFolderId: TINY.productionFolder,
          effect: { loses: { count: 0 }, keeps: { count: 1 } },
        },
      },
    ]);
  });

  test('tells who left and what is lost, once', async () => {
    await readAll();
    await shareWithDevelopment();
    house.cloud.act({ act: 'move-member', accountId: TINY.producer, folderId: TINY.developmentFolder });
    await readAll();
    house.cloud.act({ act: 'remove-member', accountId: TINY.producer });
    expect(await reconcile()).toMatchObject({ members: 1, changes: 1, edition: 3 });
    expect(await reconcile()).toMatchObject({ members: 1, changes: 0, edition: 3 });
    const events = await house.events(STREAM);
    expect(events.map((event) => event.type)).toEqual(['directory.member_moved', 'directory.member_left']);
    expect(events[1]).toMatchObject({
      data: {
        accountId: TINY.producer,
        effect: { loses: { count: 1, first: [{ accountId: TINY.producer }] } },
      },
    });
  });

  test('tells folders that came and went, and which shares point nowhere now', async () => {
    await readAll();
    await shareWithDevelopment();
    house.cloud.act({ act: 'create-folder', parentFolderId: TINY.rootFolder, folderName: 'staging' });
    house.cloud.act({ act: 'move-member', accountId: TINY.consumer, folderId: TINY.productionFolder });
    house.cloud.act({ act: 'delete-folder', folderId: TINY.developmentFolder });
    expect(await reconcile()).toMatchObject({ folders: 3, changes: 3 });
    const events = await house.events(STREAM);
    expect(events.map((event) => event.type)).toEqual([
      'directory.folder_created',
      'directory.member_moved',
      'directory.folder_deleted',
    ]);
    expect(events[2]).toMatchObject({
      data: { effect: { pointNowhere: { count: 1, first: [resourceKey(SNAPSHOT)] } } },
    });
  });

  test('that finds the account in no directory any more says that everybody left', async () => {
    await readAll();
    house.cloud.world.directories.length = 0;
    expect(await reconcile()).toMatchObject({ members: 0, folders: 0, edition: 2 });
    const types = (await house.events(STREAM)).map((event) => event.type);
    expect(types.filter((type) => type === 'directory.member_left')).toHaveLength(2);
    expect(await known()).toMatchObject({ directory: null });
  });
});

describe('a reading that is not whole changes nothing', () => {
  test.each(['GetResourceDirectory', 'ListAccounts', 'ListFoldersForParent'])(
    'when %s is refused',
    async (action) => {
      await readAll();
      const before = await known();
      house.cloud.act({ act: 'remove-member', accountId: TINY.consumer });
      house.cloud.faults.add({ action, fault: { kind: 'error', status: 403, code: 'NoPermission' } });
      const answer = await reconcile();
      expect(answer).toMatchObject({ completeness: 'incomplete' });
      expect(answer).toHaveProperty('why', expect.stringContaining('NoPermission'));
      expect(await known()).toEqual(before);
      expect(await house.events(STREAM)).toEqual([]);
    },
  );

  test('when its second page is lost', async () => {
    await readAll();
    const { world } = house.cloud;
    const example = world.directories[0]?.members[TINY.consumer];
    if (example === undefined) throw new Error('the tiny estate has a consumer');
    for (let at = 0; at < 150; at++) {
      const accountId = String(3_000_000_000_000_000 + at);
      world.directories[0]!.members[accountId] = { ...example, accountId };
    }
    const before = await known();
    const fault = house.cloud.faults.add({
      action: 'ListAccounts',
      skip: 1,
      fault: { kind: 'error', status: 403, code: 'NoPermission' },
    });
    expect(await reconcile()).toMatchObject({ completeness: 'incomplete' });
    expect(await known()).toEqual(before);

    house.cloud.faults.remove(fault);
    expect(await reconcile()).toMatchObject({ completeness: 'complete', members: 152, changes: 150 });
  });

  test('and what it would have told is told by the next whole one', async () => {
    await readAll();
    house.cloud.act({ act: 'remove-member', accountId: TINY.consumer });
    const action = 'ListFoldersForParent';
    house.cloud.faults.add({ action, count: 1, fault: { kind: 'error', status: 403, code: 'NoPermission' } });
    expect(await reconcile()).toMatchObject({ completeness: 'incomplete' });
    expect(await reconcile()).toMatchObject({ completeness: 'complete', changes: 1 });
    expect(await house.events(STREAM)).toMatchObject([{ type: 'directory.member_left' }]);
  });
});

test('a reading that was overtaken by a newer one is not written over it', async () => {
  await readAll();
  const slow = directoryReader(house.client);
  const answer = await reconcile({
    async read() {
      const old = await slow.read();
      house.cloud.act({ act: 'remove-member', accountId: TINY.consumer });
      house.clock.wind(1_000);
      await readAll();
      return old;
    },
  });
  expect(answer).toMatchObject({ changes: 0, edition: 2 });
  expect((await known())?.directory?.members).not.toHaveProperty(TINY.consumer);
  expect(await house.events(STREAM)).toMatchObject([{ type: 'directory.member_left' }]);
});

test('a change that another run uncovers half-way is left to the next run, which can tell its effect', async () => {
  await readAll();
  await shareWithDevelopment();
  const { aggregates, lists, clock, client } = house;
  let quiet = true;
  const interrupted: Aggregates = {
    ...aggregates,
    async load(kind, id) {
      const stored = await aggregates.load(kind, id);
      // Once, between the first look and the write: somebody wrote down a reading without the consumer.
      if (!quiet) return stored;
      quiet = false;
      await changeOrThrow(aggregates, 'directory', OWN_DIRECTORY, (doc) => {
        if (doc?.directory == null) return { is: 'keep' };
        const { [TINY.consumer]: _left, ...members } = doc.directory.members;
        return { is: 'write', doc: { ...doc, directory: { ...doc.directory, members } }, events: [] };
      });
      return stored;
    },
  };
  const directory = directoryReader(client);
  const answer = await reconcileDirectory({ aggregates: interrupted, lists, directory, clock });
  expect(answer).toMatchObject({ changes: 0 });
  expect(await reconcile()).toMatchObject({ changes: 1 });
  expect(await house.events(STREAM)).toMatchObject([
    { type: 'directory.member_joined', data: { effect: { keeps: { count: 1 } } } },
  ]);
});
