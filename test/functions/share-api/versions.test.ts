import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

async function asked(): Promise<string> {
  const body = {
    resources: [{ resourceType: 'Snapshot', regionId: 'cn-hangzhou', resourceId: 's-1' }],
    principals: [{ id: '1600000000000002' }],
    reason: 'Nightly restore test',
  };
  const { json } = await door.call('POST', '/v1/requests', { as: 'Ren', body });
  return `/v1/requests/${json.requestId}`;
}

async function etagOf(path: string): Promise<string> {
  return (await door.call('GET', path, { as: 'Ada' })).headers.etag ?? '';
}

const approval = { as: 'Ada', body: { decision: 'approve' } };

describe('a request that was read', () => {
  test('has a strong tag, and is not sent again to whoever has it', async () => {
    const path = await asked();
    const etag = await etagOf(path);
    expect(etag).toMatch(/^"1-[0-9a-f]{16}"$/);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const seen = await door.call('GET', path, { as: 'Ren', headers: { 'If-None-Match': tag } });
      expect([seen.status, seen.json, seen.headers.etag]).toEqual([304, undefined, etag]);
    }
    const other = await door.call('GET', path, { as: 'Ren', headers: { 'If-None-Match': '"1-0"' } });
    expect([other.status, other.json.status]).toEqual([200, 'pending']);
  });

  test('has another tag once it, or a grant that it shows, has changed', async () => {
    const [one, two] = [await asked(), await asked()];
    const pending = await etagOf(one);
    await door.call('POST', `${one}/decision`, approval);
    const approved = await etagOf(one);
    expect(approved).not.toBe(pending);
    await door.call('POST', `${two}/decision`, approval);
    // The version of the first is as it was: what changed is the grant that both want.
    expect((await etagOf(one)).split('-')[0]).toBe(approved.split('-')[0]);
    expect(await etagOf(one)).not.toBe(approved);
  });
});

describe('a change to what was read', () => {
  test('is made while it is as it was read', async () => {
    const path = await asked();
    const headers = { 'If-Match': await etagOf(path) };
    const decided = await door.call('POST', `${path}/decision`, { ...approval, headers });
    expect([decided.status, decided.json.status]).toEqual([200, 'approved']);
    const end = { as: 'Ada', body: { reason: 'The test is over' } };
    const ended = await door.call('POST', `${path}/revoke`, {
      ...end,
      headers: { 'If-Match': decided.headers.etag ?? '' },
    });
    expect([ended.status, ended.json.status]).toEqual([200, 'revoked']);
  });

  test.each([
    ['decision', 'Ada', { decision: 'approve' }],
    ['withdraw', 'Ren', undefined],
    ['revoke', 'Ren', { reason: 'The test is over' }],
  ])('is not made by a %s when it has changed, which is told in words', async (change, as, body) => {
    const path = await asked();
    const headers = { 'If-Match': await etagOf(path) };
    await door.call('POST', `${path}/decision`, approval);
    const before = await etagOf(path);
    const refused = await door.call('POST', `${path}/${change}`, { as, body, headers });
    expect([refused.status, refused.json.code]).toEqual([412, 'precondition-failed']);
    expect(refused.json.detail).toContain('it is approved now');
    expect(await etagOf(path)).toBe(before);
  });

  test('is made with a * or one of several tags, and never with a weak one or another', async () => {
    const decide = async (tag: (etag: string) => string) => {
      const path = await asked();
      const headers = { 'If-Match': tag(await etagOf(path)) };
      const { status } = await door.call('POST', `${path}/decision`, { ...approval, headers });
      return status;
    };
    expect(await decide(() => '*')).toBe(200);
    expect(await decide((etag) => `"x", ${etag}`)).toBe(200);
    expect(await decide((etag) => `W/${etag}`)).toBe(412);
    expect(await decide(() => '"x"')).toBe(412);
    expect(await decide(() => '1')).toBe(422);
  });

  test('of two that both read it, one is made', async () => {
    const path = await asked();
    const headers = { 'If-Match': await etagOf(path) };
    const both = await Promise.all([
      door.call('POST', `${path}/decision`, { ...approval, headers }),
      door.call('POST', `${path}/withdraw`, { as: 'Ren', headers }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });
});
