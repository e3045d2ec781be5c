import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as door from '../../../functions/membership-reconciler/index';
import { TINY } from '../../shared/alicloud/tiny-cloud';
import { startInstallation, type Installation } from '../../shared/flow/installation';
import { fire, open } from '../../shared/flow/through-the-door';

let house: Installation;
beforeEach(async () => {
  house = await startInstallation();
  await open(door, house);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await house.close();
});

test('a timer run reads the directory, and the next one tells who joined since', async () => {
  expect(await fire(door, house)).toEqual({
    completeness: 'complete',
    members: 2,
    folders: 3,
    changes: 0,
    edition: 1,
  });
  house.cloud.act({ act: 'add-member', accountId: TINY.partner, folderId: TINY.developmentFolder });
  expect(await fire(door, house)).toMatchObject({ members: 3, changes: 1, edition: 2 });
  expect(await house.events('directory/own')).toMatchObject([
    { type: 'directory.member_joined', data: { accountId: TINY.partner } },
  ]);
});

test('a run that may not read the directory answers incomplete and why, and fails nothing', async () => {
  house.cloud.faults.add({
    action: 'ListAccounts',
    fault: { kind: 'error', status: 403, code: 'NoPermission' },
  });
  expect(await fire(door, house)).toMatchObject({
    completeness: 'incomplete',
    why: expect.stringContaining('delegated administrator'),
  });
});
