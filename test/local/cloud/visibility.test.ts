import { beforeEach, describe, expect, test } from 'vitest';
import { accountsOf, isShared, receivedBy, sharedWith } from '../../../local/cloud/visibility';
import type { Association, World } from '../../../local/cloud/world';
import { addHandMadeShare } from '../../../local/estates/shares';
import { TINY, tiny } from '../../../local/estates/tiny';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const { regionId, snapshots } = TINY;
let world: World;

beforeEach(() => {
  world = tiny(NOW_MS).world;
});

function share(principals: string[], ownerId: string = TINY.producer): Association[] {
  addHandMadeShare(world, {
    resourceShareId: 'rs-test',
    resourceShareName: 'test',
    ownerId,
    regionId,
    createMs: NOW_MS,
    resources: [{ type: 'Snapshot', id: snapshots.plain }],
    principals,
  });
  return world.shares['rs-test']?.associations ?? [];
}

describe('what a principal stands for', () => {
  test('an account, the members below a folder, every member of a directory, or nobody', () => {
    expect(accountsOf(TINY.partner, world)).toEqual([TINY.partner]);
    expect(accountsOf(TINY.productionFolder, world)).toEqual([TINY.producer]);
    expect(accountsOf(TINY.rootFolder, world)).toEqual([TINY.producer, TINY.consumer]);
    expect(accountsOf(TINY.directory, world)).toEqual([TINY.producer, TINY.consumer]);
    expect(accountsOf('9999999999999999', world)).toEqual([]);
    expect(accountsOf('ecs.aliyuncs.com', world)).toEqual([]);
  });

  test('a folder stands for the members of the folders below it too, wherever they move', () => {
    const [directory] = world.directories;
    const folder = directory?.folders[TINY.developmentFolder];
    if (folder !== undefined) folder.parentFolderId = TINY.productionFolder;
    expect(accountsOf(TINY.productionFolder, world)).toEqual([TINY.producer, TINY.consumer]);
    if (directory !== undefined) delete directory.members[TINY.consumer];
    expect(accountsOf(TINY.productionFolder, world)).toEqual([TINY.producer]);
  });
});

describe('who uses a resource', () => {
  test('every account under a principal but the owner, each once', () => {
    share([TINY.directory, TINY.consumer, TINY.partner]);
    expect(sharedWith(snapshots.plain, regionId, world)).toEqual([TINY.consumer, TINY.partner]);
    expect(receivedBy(TINY.producer, regionId, world)).toEqual([]);
    expect(receivedBy(TINY.consumer, regionId, world).map(({ resource }) => resource.entityId)).toEqual([
      snapshots.plain,
    ]);
    expect(receivedBy(TINY.consumer, 'cn-shanghai', world)).toEqual([]);
  });

  test.each(['Associating', 'Failed', 'Disassociated', 'Disassociating'] as const)(
    'nobody while the resource or the principal is %s',
    (status) => {
      for (const changed of share([TINY.partner])) {
        const before = changed.status;
        changed.status = status;
        expect(sharedWith(snapshots.plain, regionId, world)).toEqual([]);
        expect(
          receivedBy(TINY.partner, regionId, world).map(({ share: { resourceShareId } }) => resourceShareId),
        ).toEqual([TINY.handMadeShare]);
        changed.status = before;
      }
    },
  );

  test('a resource counts as shared until the last account has really lost it', () => {
    const [, principal] = share([TINY.partner]);
    if (principal === undefined) throw new Error('the share has a principal');
    principal.status = 'Disassociating';
    expect(isShared(snapshots.plain, regionId, world)).toBe(true);
    principal.status = 'Disassociated';
    expect(isShared(snapshots.plain, regionId, world)).toBe(false);
  });
});
