import { describe, expect, test } from 'vitest';
import { answerFrom, requestFrom } from '../../../shared/edge/http-event';

function event(changes: Record<string, unknown> = {}, method = 'POST'): Buffer {
  return Buffer.from(
    JSON.stringify({
      version: 'v1',
      rawPath: '/v1/requests',
      body: '{"reason":"数据"}',
      isBase64Encoded: false,
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer abc', 'X-Custom': 'v1,v2' },
      queryParameters: {},
      requestContext: { requestId: '1-64f6cd87', http: { method, path: '/v1/requests' } },
      ...changes,
    }),
  );
}

function read(bytes: Buffer): Request {
  const answer = requestFrom(bytes);
  if (!answer.ok) throw new Error(answer.refusal.reason);
  return answer.value;
}

function refusal(bytes: Buffer): string {
  const answer = requestFrom(bytes);
  return answer.ok ? 'none' : answer.refusal.reason;
}

describe('an HTTP trigger event', () => {
  test('becomes a request whose headers are found in any case', async () => {
    const request = read(event());
    expect(request.method).toBe('POST');
    expect(request.headers.get('content-type')).toBe('application/json');
    expect(request.headers.get('AUTHORIZATION')).toBe('Bearer abc');
    expect(request.headers.get('x-custom')).toBe('v1,v2');
    expect(await request.json()).toEqual({ reason: '数据' });
  });

  test('gives the bytes that were sent when its body is base64', async () => {
    const body = Buffer.from([0xff, 0x00, 0x7b]).toString('base64');
    const request = read(event({ body, isBase64Encoded: true }));
    expect([...new Uint8Array(await request.arrayBuffer())]).toEqual([0xff, 0x00, 0x7b]);
  });

  test('keeps the path encoded and encodes the query again', () => {
    const request = read(
      event({ rawPath: '/v1/requests/a%2Fb%20c', queryParameters: { limit: '5', after: 'a&b=c d' } }, 'GET'),
    );
    const url = new URL(request.url);
    expect(url.pathname).toBe('/v1/requests/a%2Fb%20c');
    expect(url.searchParams.get('limit')).toBe('5');
    expect(url.searchParams.get('after')).toBe('a&b=c d');
  });

  test.each([
    ['//evil.example/v1', '//evil.example/v1'],
    ['/@evil.example', '/@evil.example'],
    ['/a?admin=1#x', '/a%3Fadmin=1%23x'],
    ['/..//../v1', '/v1'],
  ])('with the path %s stays on this host', (rawPath, pathname) => {
    const url = new URL(read(event({ rawPath })).url);
    expect(url.host).toBe('function.invalid');
    expect(url.pathname).toBe(pathname);
    expect(url.search).toBe('');
  });

  test('may have a body with GET, which is left out', async () => {
    expect(await read(event({}, 'GET')).text()).toBe('');
  });

  test.each([
    ['no JSON', Buffer.from('<xml>')],
    ['nothing', Buffer.alloc(0)],
    ['null', Buffer.from('null')],
    ['a timer event', Buffer.from('{"triggerTime":"2026-11-21T08:00:00Z","triggerName":"t","payload":""}')],
    ['a path that is none', event({ rawPath: 'v1/requests' })],
    ['header values that are no text', event({ headers: { A: 1 } })],
    ['a header name that HTTP does not know', event({ headers: { 'A B': '1' } })],
    ['a line break in a header', event({ headers: { A: '1\r\nB: 2' } })],
    ['a method that a web-standard request refuses', event({}, 'TRACE')],
    ['a method that is none', event({}, 'GET /')],
  ])('that is %s is refused and not thrown about', (_what, bytes) => {
    expect(refusal(bytes)).toBe('unreadable-event');
  });

  test('takes a body of 256 KiB and refuses one byte more, in text and in base64', () => {
    const most = 'x'.repeat(262_144);
    expect(refusal(event({ body: most }))).toBe('none');
    expect(refusal(event({ body: `${most}x` }))).toBe('body-too-large');
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    expect(refusal(event({ body: encoded(most), isBase64Encoded: true }))).toBe('none');
    expect(refusal(event({ body: encoded(`${most}x`), isBase64Encoded: true }))).toBe('body-too-large');
    expect(refusal(event({ body: '\u0001'.repeat(262_144) }))).toBe('none');
    expect(refusal(Buffer.alloc(3_000_000, 'x'))).toBe('body-too-large');
  });
});

describe('an answer', () => {
  test('of JSON goes out as text with its status and headers', async () => {
    const answer = await answerFrom(
      Response.json({ name: '数据' }, { status: 201, headers: { Location: '/a' } }),
    );
    expect(answer).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json', location: '/a' },
      isBase64Encoded: false,
      body: '{"name":"数据"}',
    });
  });

  test('of a problem goes out as text', async () => {
    const headers = { 'content-type': 'application/problem+json' };
    expect(await answerFrom(new Response('{}', { headers }))).toMatchObject({
      isBase64Encoded: false,
      body: '{}',
    });
  });

  test('of anything else goes out as base64', async () => {
    const response = new Response(new Uint8Array([0xff, 0x00]), { headers: { 'content-type': 'image/png' } });
    expect(await answerFrom(response)).toMatchObject({ isBase64Encoded: true, body: '/wA=' });
  });

  test('without a body is an empty text', async () => {
    expect(await answerFrom(new Response(null, { status: 204 }))).toEqual({
      statusCode: 204,
      headers: {},
      isBase64Encoded: false,
      body: '',
    });
  });

  test('leaves out the headers that Function Compute sets itself', async () => {
    const headers = { 'content-length': '2', date: 'x', connection: 'close', server: 'x', etag: '"1"' };
    expect((await answerFrom(new Response(null, { headers }))).headers).toEqual({ etag: '"1"' });
  });

  test('that Function Compute cannot say is an error and not a wrong answer', async () => {
    const twoCookies = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    await expect(answerFrom(new Response(null, { headers: twoCookies }))).rejects.toThrow('Set-Cookie');
    const long = { 'x-long': 'x'.repeat(8_200) };
    await expect(answerFrom(new Response(null, { headers: long }))).rejects.toThrow('8192 bytes');
  });
});
