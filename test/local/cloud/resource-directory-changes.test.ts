import { beforeEach, describe, expect, test } from 'vitest';
import {
  addMember,
  createFolder,
  deleteFolder,
  moveFolder,
  moveMember,
  removeMember,
  renameFolder,
} from '../../../local/cloud/resource-directory/changes';
import type { Directory, World } from '../../../local/cloud/world';
import { TINY, tiny } from '../../../local/estates/tiny';
import { refusalBy } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
let world: World;
let directory: Directory;

beforeEach(() => {
  world = tiny(NOW_MS).world;
  const [first] = world.directories;
  if (first === undefined) throw new Error('the tiny estate has a directory');
  directory = first;
});

describe('members', () => {
  test('join by invitation, move, and leave', () => {
    addMember(world, TINY.partner, TINY.productionFolder, NOW_MS);
    expect(directory.members[TINY.partner]).toMatchObject({
      displayName: 'Partner One',
      folderId: TINY.productionFolder,
      joinMethod: 'invited',
      status: 'InviteSuccess',
      joinMs: NOW_MS,
    });
    moveMember(world, TINY.partner, TINY.developmentFolder, NOW_MS + 5);
    expect(directory.members[TINY.partner]).toMatchObject({
      folderId: TINY.developmentFolder,
      modifyMs: NOW_MS + 5,
    });
    directory.delegatedAdministrators.push(TINY.partner);
    removeMember(world, TINY.partner);
    expect(directory.members[TINY.partner]).toBeUndefined();
    expect(directory.delegatedAdministrators).toEqual([]);
  });

  test('are refused where they cannot be', () => {
    expect(refusalBy(() => addMember(world, TINY.producer, TINY.rootFolder, NOW_MS))).toBe(
      '409 EntityAlreadyExists.Account',
    );
    expect(refusalBy(() => addMember(world, TINY.management, TINY.rootFolder, NOW_MS))).toBe(
      '409 EntityAlreadyExists.Account',
    );
    expect(refusalBy(() => addMember(world, TINY.partner, 'fd-nothere000', NOW_MS))).toBe(
      '404 EntityNotExists.Folder',
    );
    expect(refusalBy(() => addMember(world, '9999999999999999', TINY.rootFolder, NOW_MS))).toBe(
      '404 EntityNotExists.Account',
    );
    expect(refusalBy(() => moveMember(world, TINY.producer, 'fd-nothere000', NOW_MS))).toBe(
      '404 EntityNotExists.Folder',
    );
    expect(refusalBy(() => removeMember(world, TINY.management))).toBe('404 EntityNotExists.Account');
  });
});

describe('folders', () => {
  const levels = (count: number, from: string = TINY.rootFolder): string => {
    let at = from;
    for (let level = 1; level <= count; level += 1) at = createFolder(world, at, `level-${level}`, NOW_MS);
    return at;
  };

  test('get an id of the provider’s form and a name of their own among their siblings', () => {
    expect(createFolder(world, TINY.rootFolder, '财务', NOW_MS)).toMatch(/^fd-[\da-z]{10}$/);
    expect(refusalBy(() => createFolder(world, TINY.rootFolder, '财务', NOW_MS))).toBe(
      '400 InvalidParameter.Folder.Name.AlreadyUsed',
    );
    expect(refusalBy(() => createFolder(world, TINY.rootFolder, 'two words', NOW_MS))).toBe(
      '400 InvalidParameter.Folder.Name',
    );
    expect(refusalBy(() => renameFolder(world, TINY.developmentFolder, 'production'))).toBe(
      '400 InvalidParameter.Folder.Name.AlreadyUsed',
    );
    renameFolder(world, TINY.developmentFolder, 'dev');
    expect(directory.folders[TINY.developmentFolder]?.folderName).toBe('dev');
  });

  test('go five levels below the root and no deeper, also when moved', () => {
    const fifth = levels(5);
    expect(refusalBy(() => createFolder(world, fifth, 'level-6', NOW_MS))).toBe(
      '409 LimitExceeded.Folder.Depth',
    );
    const fourth = directory.folders[fifth]?.parentFolderId ?? '';
    createFolder(world, TINY.productionFolder, 'inner', NOW_MS);
    expect(refusalBy(() => moveFolder(world, TINY.productionFolder, fourth))).toBe(
      '409 LimitExceeded.Folder.Depth',
    );
    moveFolder(world, TINY.developmentFolder, fourth);
    expect(directory.folders[TINY.developmentFolder]?.parentFolderId).toBe(fourth);
  });

  test('number 100 at most', () => {
    for (let made = 2; made < 100; made += 1) createFolder(world, TINY.rootFolder, `folder-${made}`, NOW_MS);
    expect(refusalBy(() => createFolder(world, TINY.rootFolder, 'folder-100', NOW_MS))).toBe(
      '409 QuotaExceeded.Folder.Count',
    );
  });

  test('are not moved into themselves', () => {
    const inner = createFolder(world, TINY.productionFolder, 'inner', NOW_MS);
    expect(refusalBy(() => moveFolder(world, TINY.productionFolder, inner))).toBe(
      '400 InvalidParameter.ParentFolderId',
    );
  });

  test('are deleted only when they are empty', () => {
    const inner = createFolder(world, TINY.productionFolder, 'inner', NOW_MS);
    expect(refusalBy(() => deleteFolder(world, TINY.productionFolder))).toBe(
      '409 DeleteConflict.Folder.SubFolder',
    );
    deleteFolder(world, inner);
    expect(refusalBy(() => deleteFolder(world, TINY.productionFolder))).toBe(
      '409 DeleteConflict.Folder.Account',
    );
    removeMember(world, TINY.producer);
    deleteFolder(world, TINY.productionFolder);
    expect(directory.folders[TINY.productionFolder]).toBeUndefined();
    expect(refusalBy(() => deleteFolder(world, TINY.rootFolder))).toBe('400 InvalidParameter.FolderId');
  });
});
