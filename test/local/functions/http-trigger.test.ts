import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPrograms, httpTrigger, startTinyHost, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
const props = { triggers: [httpTrigger()], asyncInvokeConfig: { maxAsyncRetryAttempts: 0 } };
const respond = (expression: string) => ({
  code: `exports.handler = async (event) => (${expression})`,
  props,
});

beforeAll(async () => {
  programs = await buildPrograms();
  host = await startTinyHost(programs, {
    echo: respond(
      '{ statusCode: 200, headers: { "content-type": "application/json" }, body: event.toString() }',
    ),
    teapot: respond(
      `{ statusCode: 418, headers: { 'content-type': 'image/png', 'x-own': 'a', 'X-Fc-Mine': 'b', server: 'c' }, isBase64Encoded: true, body: 'AQID' }`,
    ),
    plain: respond('"just text"'),
    failing: respond('missing.variable'),
    fat: respond('{ statusCode: 200, headers: { "x-fat": "x".repeat(9000) }, body: "" }'),
    odd: respond('{ statusCode: 200, headers: { "x-list": ["a", "b"] }, body: "" }'),
  });
}, 30_000);
afterAll(async () => {
  await host.stop();
  programs.remove();
});

interface Echo {
  body: string;
  isBase64Encoded: boolean;
  requestContext: { time: string; timeEpoch: string; requestId: string };
}

const echo = async (path: string, init?: RequestInit) => {
  const answer = await fetch(host.httpUrl('echo') + path, init);
  return { status: answer.status, event: (await answer.json()) as Echo };
};

test('the event is the v1 event: path still encoded, query joined, times, source and user agent', async () => {
  host.clock.wind(1000);
  const { event } = await echo('/a%20b/c?p=1&q=x%2Cy&p=2', { headers: { 'user-agent': 'tester' } });

  expect(event).toMatchObject({
    version: 'v1',
    rawPath: '/a%20b/c',
    body: '',
    isBase64Encoded: false,
    queryParameters: { p: '1,2', q: 'x,y' },
    requestContext: {
      accountId: '1000000000000001',
      http: {
        method: 'GET',
        path: '/a b/c',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'tester',
      },
    },
  });
  const { timeEpoch, time, requestId } = event.requestContext;
  expect(typeof timeEpoch).toBe('string');
  expect(time).toBe(new Date(Number(timeEpoch)).toISOString().slice(0, 19) + 'Z');
  expect(requestId).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{12}$/);
});

test('header names are Title-Case, repeats are joined by commas, and x-fc- headers are withheld', async () => {
  const event = await new Promise<string>((resolve) => {
    const headers = ['x-custom', 'v1', 'X-CUSTOM', 'v2', 'x-fc-secret', 's', 'Host', 'example.org'];
    httpRequest(host.httpUrl('echo'), { headers }, (answer) => {
      answer.setEncoding('utf8').on('data', resolve);
    }).end();
  });

  expect(JSON.parse(event).headers).toEqual({ 'X-Custom': 'v1,v2', Host: 'example.org' });
});

test('a text body comes as text and a binary one as base64', async () => {
  const post = (type: string, body: string | Uint8Array) =>
    echo('/', { method: 'POST', body, headers: { 'content-type': type } }).then(({ event }) => [
      event.isBase64Encoded,
      event.body,
    ]);

  expect(await post('application/json; charset=utf-8', '{"ü":1}')).toEqual([false, '{"ü":1}']);
  expect(await post('application/cloudevents+json', '{}')).toEqual([false, '{}']);
  expect(await post('application/octet-stream', new Uint8Array([255, 0]))).toEqual([true, '/wA=']);
});

test('status, headers and a base64 body of the response map reach the client', async () => {
  const answer = await fetch(host.httpUrl('teapot'));

  expect(answer.status).toBe(418);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  expect(['content-type', 'x-own', 'x-fc-mine', 'server'].map((name) => answer.headers.get(name))).toEqual([
    'image/png',
    'a',
    null,
    null,
  ]);
  expect(answer.headers.get('x-fc-request-id')).toMatch(/^1-/);
});

test('a return value without a status code is a 200 with that value', async () => {
  const answer = await fetch(host.httpUrl('plain'));

  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'application/json',
    'just text',
  ]);
});

test('a failed function answers its error with X-Fc-Error-Type', async () => {
  const answer = await fetch(host.httpUrl('failing'));

  expect([answer.status, answer.headers.get('x-fc-error-type')]).toEqual([502, 'UnhandledInvocationError']);
  expect(await answer.json()).toMatchObject({
    errorType: 'ReferenceError',
    errorMessage: 'missing is not defined',
  });
});

test('a response that Function Compute could not send is a BadResponse', async () => {
  for (const name of ['fat', 'odd']) {
    const answer = await fetch(host.httpUrl(name));
    expect([answer.status, ((await answer.json()) as { Code: string }).Code]).toEqual([502, 'BadResponse']);
  }
});

test('a method that the trigger does not list never reaches the function', async () => {
  const answer = await fetch(host.httpUrl('echo'), { method: 'DELETE' });

  expect([answer.status, await answer.json()]).toMatchObject([
    405,
    { Message: 'The trigger takes GET, POST, PUT' },
  ]);
});

test('headers beyond 8 KB, a path beyond 4 KB and an asynchronous body beyond 128 KB are refused', async () => {
  const refusals = [
    await fetch(host.httpUrl('echo'), { headers: { 'x-big': 'x'.repeat(8192) } }),
    await fetch(`${host.httpUrl('echo')}/${'p'.repeat(4096)}`),
    await fetch(host.httpUrl('echo'), {
      method: 'POST',
      body: 'b'.repeat(131_073),
      headers: { 'X-Fc-Invocation-Type': 'Async' },
    }),
  ];

  for (const answer of refusals) {
    expect([answer.status, ((await answer.json()) as { Code: string }).Code]).toEqual([
      400,
      'InvalidArgument',
    ]);
  }
});

test('a body of exactly 128 KB is taken asynchronously: 202 at once, and the function runs after', async () => {
  const answer = await fetch(host.httpUrl('echo'), {
    method: 'POST',
    body: 'b'.repeat(131_072 - 1000),
    headers: { 'X-Fc-Invocation-Type': 'Async', 'content-type': 'text/plain' },
  });
  await host.idle();

  expect([answer.status, await answer.text()]).toEqual([202, '']);
  const requestId = answer.headers.get('x-fc-request-id');
  expect(host.lines).toContain(`echo| FC Invoke End RequestId: ${requestId}`);
});

test('an asynchronous call may ask for a delay, which passes by the clock', async () => {
  const answer = await fetch(host.httpUrl('plain'), {
    headers: { 'X-Fc-Invocation-Type': 'Async', 'X-Fc-Async-Delay': '3600' },
  });
  const end = `plain| FC Invoke End RequestId: ${answer.headers.get('x-fc-request-id')}`;
  host.clock.wind(3_590_000);
  const early = host.lines.includes(end);
  host.clock.wind(10_000);
  await host.idle();

  expect([answer.status, early, host.lines.includes(end)]).toEqual([202, false, true]);
});

test('the Date header follows the clock', async () => {
  host.clock.wind(86_400_000);

  const answer = await fetch(host.httpUrl('plain'));

  const behindMs = host.clock.nowMs() - Date.parse(answer.headers.get('date') ?? '');
  expect(Math.round(behindMs / 60_000)).toBe(0);
});
