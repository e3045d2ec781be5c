import { afterEach, beforeEach, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { SECOND_MS, type TestCloud, startTestCloud, stopTestCloud, wind } from '../../kit/local-cloud';
import {
  DIRECTORY,
  MEMBER,
  OWNER,
  PARTNER,
  ROOT,
  TEAM,
  makeShare,
  received,
  shareWorld,
  targets,
} from './share-stage';

let world: World;
let stage: TestCloud;
beforeEach(async () => {
  world = shareWorld();
  stage = await startTestCloud(world);
});
afterEach(() => stopTestCloud(stage));

const settle = () => wind(3 * SECOND_MS);

it('who moves into a folder gets what the folder has, and who moves out loses it', async () => {
  await makeShare(stage, { Targets: [TEAM] });
  settle();
  stage.cloud.act({ act: 'move-member', accountId: MEMBER, folderId: ROOT });
  expect(await received(stage, MEMBER)).toEqual([]);
  stage.cloud.act({ act: 'add-member', accountId: PARTNER, folderId: TEAM });
  expect(await received(stage, PARTNER)).toEqual(['s-1']);
  stage.cloud.act({ act: 'remove-member', accountId: PARTNER });
  expect(await received(stage, PARTNER)).toEqual([]);
});

it('a folder in a folder belongs to both', async () => {
  const { folderId } = stage.cloud.act({ act: 'create-folder', parentFolderId: TEAM, folderName: 'inner' });
  stage.cloud.act({ act: 'move-member', accountId: MEMBER, folderId: String(folderId) });
  await makeShare(stage, { Targets: [TEAM] });
  settle();
  expect(await received(stage, MEMBER)).toEqual(['s-1']);
});

it('a folder that is deleted is taken out of its shares', async () => {
  await makeShare(stage, { Targets: [TEAM], AllowExternalTargets: false });
  settle();
  stage.cloud.act({ act: 'move-member', accountId: MEMBER, folderId: ROOT });
  stage.cloud.act({ act: 'delete-folder', folderId: TEAM });
  expect(await targets(stage)).toEqual([`${TEAM} Disassociating`]);
  settle();
  expect(await targets(stage)).toEqual([`${TEAM} Disassociated`]);
});

it('a member listed by its id stays when the share is open to outsiders, and then may leave by itself', async () => {
  const shareId = await makeShare(stage, { Targets: [MEMBER] });
  settle();
  stage.cloud.act({ act: 'remove-member', accountId: MEMBER });
  settle();
  expect(await received(stage, MEMBER)).toEqual(['s-1']);
  stage.cloud.act({ act: 'leave', accountId: MEMBER, shareId });
  settle();
  expect(await received(stage, MEMBER)).toEqual([]);
});

it('a partner that joins keeps what it had, and is inside from then on', async () => {
  const shareId = await makeShare(stage, { Targets: [PARTNER] });
  stage.cloud.act({ act: 'accept', accountId: PARTNER });
  settle();
  stage.cloud.act({ act: 'add-member', accountId: PARTNER });
  expect(await received(stage, PARTNER)).toEqual(['s-1']);
  expect(() => stage.cloud.act({ act: 'leave', accountId: PARTNER, shareId })).toThrow(
    'The account was added to the resource share automatically',
  );
});

it('an owner that leaves the directory takes its folder shares with it', async () => {
  await makeShare(stage, { Targets: [DIRECTORY, TEAM] });
  settle();
  stage.cloud.act({ act: 'remove-member', accountId: OWNER });
  settle();
  expect(await received(stage, MEMBER)).toEqual([]);
  expect(await targets(stage)).toEqual([`${DIRECTORY} Disassociated`, `${TEAM} Disassociated`]);
});
