import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readBody } from '../../../shared/edge/read-body';

const anything = z.unknown();

function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Request {
  return new Request('https://function.invalid/', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });
}

async function refusal(body: string | Uint8Array<ArrayBuffer>, type?: string) {
  const answer = await readBody(post(body, type), anything);
  return answer.ok ? null : answer.refusal;
}

describe('a body', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/ld+json',
  ])('sent as %s is read', async (type) => {
    expect(await readBody(post('{"a":1}', type), anything)).toEqual({ ok: true, value: { a: 1 } });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data',
    '',
  ])('sent as "%s" is not', async (type) => {
    expect(await refusal('{}', type)).toEqual({ reason: 'media-type', got: type });
  });

  test('that is empty, cut off or not UTF-8 is refused with why', async () => {
    expect(await refusal(' ')).toEqual({ reason: 'body-not-json', why: 'it is empty' });
    expect(await refusal('{"a":')).toEqual({ reason: 'body-not-json', why: 'it is not JSON' });
    expect(await refusal(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({
      reason: 'body-not-json',
      why: 'it is not UTF-8',
    });
  });

  test('may be nested ten levels deep and no deeper, however deep it is', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(await refusal(nested(10))).toBeNull();
    expect(await refusal(nested(11))).toMatchObject({
      problems: [{ pointer: '/0/0/0/0/0/0/0/0/0/0', code: 'too-deep' }],
    });
    expect(await refusal(nested(100_000))).toMatchObject({ problems: [{ code: 'too-deep' }] });
  });

  test.each(['__proto__', 'constructor', 'prototype'])('must not have the key %s anywhere', async (key) => {
    expect(await refusal(`{"a/b":[{"${key}":{"polluted":true}}]}`)).toMatchObject({
      reason: 'invalid',
      problems: [{ pointer: `/a~1b/0/${key}`, code: 'unknown-field' }],
    });
  });
});
