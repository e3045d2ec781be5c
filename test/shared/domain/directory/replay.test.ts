import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, type Tree } from '../../../../shared/domain/directory/changes';
import type { Directory, Folder, Member } from '../../../../shared/domain/directory/directory';
import { effectsOf, type Audience, type Reach } from '../../../../shared/domain/directory/effects';
import { replay } from '../../../../shared/domain/directory/replay';
import { member } from './directories';

const FOLDER_IDS = ['fd-0', 'fd-1', 'fd-2', 'fd-3', 'fd-4', 'fd-5', 'fd-6'];
const ACCOUNT_IDS = ['1000000000000010', '1000000000000011', '1000000000000012', '1000000000000013'];

/** A random tree of at most 5 levels below the root: each folder hangs under one that was placed before it. */
const folderTrees = fc
  .tuple(
    fc.shuffledSubarray(FOLDER_IDS),
    fc.array(fc.nat(6), { minLength: 7, maxLength: 7 }),
    fc.array(fc.constantFrom('A', 'B'), { minLength: 7, maxLength: 7 }),
  )
  .map(([ids, parents, names]) => {
    const placed = [{ folderId: 'r-root', level: 0 }];
    const folders: Folder[] = [{ folderId: 'r-root', folderName: 'Root', parentFolderId: null }];
    ids.forEach((folderId, at) => {
      const open = placed.filter((one) => one.level < 5);
      const parent = open[(parents[at] ?? 0) % open.length] ?? { folderId: 'r-root', level: 0 };
      placed.push({ folderId, level: parent.level + 1 });
      folders.push({ folderId, folderName: names[at] ?? 'A', parentFolderId: parent.folderId });
    });
    return folders;
  });

const directories: fc.Arbitrary<Directory | null> = fc.option(
  fc
    .tuple(
      fc.constantFrom('rd-one', 'rd-one', 'rd-one', 'rd-two'),
      folderTrees,
      fc.array(fc.tuple(fc.constantFrom(...ACCOUNT_IDS), fc.nat(20), fc.nat(2), fc.boolean()), {
        maxLength: 6,
      }),
    )
    .map(([directoryId, folders, places]) => ({
      directoryId,
      managementAccountId: '1000000000000001',
      rootFolderId: 'r-root',
      folders: Object.fromEntries(folders.map((folder) => [folder.folderId, folder])),
      members: Object.fromEntries(
        places.map(([accountId, at, joins, removed]): [string, Member] => {
          const folderId = folders[at % folders.length]?.folderId ?? 'r-root';
          const deletionStatus = removed ? 'Deleting' : '';
          return [accountId, member(accountId, folderId, { joinMs: 1000 + joins, deletionStatus })];
        }),
      ),
    })),
  { freq: 8 },
);

const audiences: fc.Arbitrary<Audience[]> = fc
  .array(
    fc.uniqueArray(fc.constantFrom('rd-one', 'rd-two', 'r-root', ...FOLDER_IDS, ...ACCOUNT_IDS), {
      maxLength: 3,
    }),
    { maxLength: 4 },
  )
  .map((lists) => lists.map((principalIds, at) => ({ resource: `resource-${at}`, principalIds })));

function treeOf(directory: Directory | null): Tree {
  return { members: directory?.members ?? {}, folders: directory?.folders ?? {} };
}

/** Who reaches what, by walking up from each account: written apart from the code under test. */
function reachable(directory: Directory | null, audience: readonly Audience[]): string[] {
  return ACCOUNT_IDS.flatMap((accountId) => {
    const names = [accountId];
    const at = directory?.members[accountId];
    if (directory !== null && at !== undefined) {
      names.push(directory.directoryId);
      let folder = directory.folders[at.folderId];
      while (folder !== undefined) {
        names.push(folder.folderId);
        folder = folder.parentFolderId === null ? undefined : directory.folders[folder.parentFolderId];
      }
    }
    return audience
      .filter(({ principalIds }) => principalIds.some((id) => names.includes(id)))
      .map(({ resource }) => `${accountId} ${resource}`);
  });
}

const keyOf = ({ accountId, resource }: Reach) => `${accountId} ${resource}`;

test('replaying the differences of two readings turns the one into the other', () => {
  fc.assert(
    fc.property(directories, directories, (before, after) => {
      const end = differences(before, after).reduce(replay, treeOf(before));
      expect(end).toEqual(treeOf(after));
    }),
    { numRuns: 1_000 },
  );
});

test('the effects of all changes together explain exactly who gained and who lost what', () => {
  fc.assert(
    fc.property(directories, directories, audiences, (before, after, shared) => {
      const reaches = new Set(reachable(before, shared));
      for (const { gains, loses, keeps } of effectsOf(before, differences(before, after), shared)) {
        for (const reach of loses) expect(reaches.delete(keyOf(reach))).toBe(true);
        for (const reach of keeps) expect(reaches.has(keyOf(reach))).toBe(true);
        for (const reach of gains) {
          expect(reaches.has(keyOf(reach))).toBe(false);
          reaches.add(keyOf(reach));
        }
      }
      expect([...reaches].toSorted()).toEqual(reachable(after, shared).toSorted());
    }),
    { numRuns: 1_000 },
  );
});

test('equal readings have no differences, and no two differences say the same', () => {
  fc.assert(
    fc.property(directories, directories, (before, after) => {
      expect(differences(after, structuredClone(after))).toEqual([]);
      const said = differences(before, after).map((change) => JSON.stringify(change));
      expect(new Set(said).size).toBe(said.length);
    }),
  );
});
