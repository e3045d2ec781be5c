import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windableClock } from '../../../local/clock';
import type { World } from '../../../local/cloud/world';
import { type TestCloud, startTestCloud, stopTestCloud } from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { MEMBER, OWNER, PARTNER, TEAM, makeShare, invitations, shareWorld, targets } from './share-stage';

let world: World;
let stage: TestCloud;
let changes = 0;
beforeEach(async () => {
  world = shareWorld();
  changes = 0;
  stage = await startTestCloud(world, {
    clock: windableClock(0, () => Date.now()),
    controlPort: 0,
    onChange: () => (changes += 1),
  });
});
afterEach(() => stopTestCloud(stage));

async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${stage.cloud.controlUrl}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('the clock', () => {
  it('is told and wound forward', async () => {
    const before = await control('GET', '/clock');
    expect(before.body['now']).toBe('2026-01-10T08:00:00.000Z');
    const after = await control('POST', '/clock', { advanceMs: 60_000 });
    expect(after.body).toEqual({ nowMs: Date.UTC(2026, 0, 10, 8, 1), now: '2026-01-10T08:01:00.000Z' });
  });

  it('never goes backwards', async () => {
    expect((await control('POST', '/clock', { advanceMs: -1 })).status).toBe(400);
  });
});

describe('faults', () => {
  it('are switched on, listed and switched off', async () => {
    const fault = { kind: 'error', status: 503, code: 'ServiceUnavailable' };
    const { body } = await control('POST', '/faults', { action: 'CreateResourceShare', fault, count: 3 });
    expect(body).toEqual({ id: 1 });
    expect(await codeOf(makeShare(stage))).toBe('ServiceUnavailable');
    expect((await control('GET', '/faults')).body).toEqual({
      faults: [{ id: 1, action: 'CreateResourceShare', fault, count: 3, hits: 1 }],
    });
    expect((await control('DELETE', '/faults?id=1')).body).toEqual({ faults: [] });
    expect((await control('DELETE', '/faults?id=1')).status).toBe(404);
    expect(await codeOf(makeShare(stage))).toBe('OK');
  });

  it('that do not exist are refused with what is wrong', async () => {
    const { status, body } = await control('POST', '/faults', { fault: { kind: 'flood' } });
    expect(status).toBe(400);
    expect(body['error']).toContain('fault.kind');
  });
});

describe('switches', () => {
  it('are told with their positions, and put in one', async () => {
    const told = await control('GET', '/switches');
    expect(told.body['re-invite']).toEqual({
      at: 'associate',
      positions: ['associate', 'disassociate-first'],
    });
    const put = await control('POST', '/switches', { 're-invite': 'disassociate-first' });
    expect(put.body['re-invite']).toMatchObject({ at: 'disassociate-first' });
    expect(world.switches).toEqual({ 're-invite': 'disassociate-first' });
    expect((await control('POST', '/switches', { 're-invite': 'never' })).status).toBe(400);
  });
});

describe('acts', () => {
  it('of a partner: accept, and leave', async () => {
    const shareId = await makeShare(stage, { Targets: [PARTNER] });
    await control('POST', '/act', { act: 'accept', accountId: PARTNER });
    expect(await invitations(stage, PARTNER)).toEqual(['Accepted']);
    await control('POST', '/clock', { advanceMs: 3_000 });
    expect((await control('POST', '/act', { act: 'leave', accountId: PARTNER, shareId })).status).toBe(200);
    expect(await targets(stage)).toEqual([`${PARTNER} Disassociating`]);
  });

  it('of a management account: folders and members', async () => {
    const made = await control('POST', '/act', {
      act: 'create-folder',
      parentFolderId: TEAM,
      folderName: 'inner',
    });
    const { folderId } = made.body;
    await control('POST', '/act', { act: 'move-member', accountId: MEMBER, folderId });
    await control('POST', '/act', { act: 'rename-folder', folderId, folderName: 'core' });
    expect(world.directories[0]?.members[MEMBER]?.folderId).toBe(folderId);
    expect(world.directories[0]?.folders[String(folderId)]?.folderName).toBe('core');
    const inUse = await control('POST', '/act', { act: 'delete-folder', folderId });
    expect(inUse).toMatchObject({ status: 409, body: { code: 'DeleteConflict.Folder.Account' } });
  });

  it('of anyone: any action of the provider, refused as the provider refuses', async () => {
    const call = { act: 'call', accountId: OWNER, product: 'ResourceSharing', regionId: 'cn-hangzhou' };
    const made = await control('POST', '/act', {
      ...call,
      action: 'CreateResourceShare',
      parameters: { ResourceShareName: 'by-act', 'Targets.1': MEMBER },
    });
    expect(made.body).toMatchObject({ ResourceShare: { ResourceShareName: 'by-act' } });
    const refused = await control('POST', '/act', { ...call, action: 'CreateResourceShare' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'MissingParameter.ResourceShareName' } });
  });

  it('about what is not there say what is missing', async () => {
    const nowhere = await control('POST', '/act', { act: 'leave', accountId: PARTNER, shareId: 'rs-none' });
    expect(nowhere).toEqual({ status: 404, body: { error: 'This world has no share rs-none.' } });
    const nobody = await control('POST', '/act', {
      act: 'set-quota',
      accountId: '9999999999999999',
      quota: 'shares',
      value: 1,
    });
    expect(nobody.status).toBe(404);
  });
});

it('calls are told, those after one that was seen and of one kind only when asked', async () => {
  await makeShare(stage);
  await targets(stage);
  const all = (await control('GET', '/calls')).body['calls'] as { action: string; sequence: number }[];
  expect(all.map((call) => call.action)).toEqual(['CreateResourceShare', 'ListResourceShareAssociations']);
  expect(all[0]).toMatchObject({
    sequence: 1,
    accountId: OWNER,
    product: 'ResourceSharing',
    code: 'OK',
    parameters: { ResourceShareName: 'share', 'Resources.1.ResourceId': 's-1' },
  });
  const after = (await control('GET', '/calls?since=1')).body['calls'];
  expect(after).toMatchObject([{ sequence: 2 }]);
  const created = (await control('GET', '/calls?action=CreateResourceShare')).body['calls'];
  expect(created).toMatchObject([{ sequence: 1 }]);
  await control('DELETE', '/calls');
  expect((await control('GET', '/calls')).body).toEqual({ calls: [] });
});

it('a change of the world is told, reading it is not', async () => {
  await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' });
  expect(changes).toBe(0);
  await makeShare(stage);
  expect(changes).toBe(1);
});

it('a web page cannot reach the controls', async () => {
  const origin = { origin: 'https://example.com' };
  expect((await control('POST', '/clock', { advanceMs: 1 }, origin)).status).toBe(403);
  expect((await control('POST', '/clock', '{"advanceMs":1}', { 'content-type': 'text/plain' })).status).toBe(
    415,
  );
  expect((await control('POST', '/clock', '{"advanceMs"')).status).toBe(400);
  expect((await control('GET', '/elsewhere')).status).toBe(404);
});
