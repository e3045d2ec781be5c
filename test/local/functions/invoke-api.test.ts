import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import OpenApi, { $OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';
import FcClient from '@alicloud/fc2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPrograms, startTinyHost, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
const secret = 'tester-secret';
const path = '/2023-03-30/functions/tiny/invocations';

beforeAll(async () => {
  programs = await buildPrograms();
  host = await startTinyHost(programs, {
    tiny: {
      code: `exports.handler = async (event) => { if (!event.length) throw new Error('empty'); return 'got ' + event }`,
    },
  });
});
afterAll(async () => {
  await host.stop();
  programs.remove();
});

const acs3Invoke = (
  body: string,
  changes: { key?: string; secret?: string; type?: string; name?: string } = {},
  endpoint = host.apiUrl.replace('http://', ''),
) => {
  const client = new OpenApi(
    new $OpenApiUtil.Config({
      accessKeyId: changes.key ?? 'LTAItester',
      accessKeySecret: changes.secret ?? secret,
      endpoint,
      protocol: 'http',
    }),
  );
  const params = new $OpenApiUtil.Params({
    action: 'InvokeFunction',
    version: '2023-03-30',
    protocol: 'HTTP',
    pathname: `/2023-03-30/functions/${changes.name ?? 'tiny'}/invocations`,
    method: 'POST',
    authType: 'AK',
    style: 'ROA',
    reqBodyType: 'binary',
    bodyType: 'string',
  });
  const request = new $OpenApiUtil.OpenApiRequest({
    headers: { 'x-fc-invocation-type': changes.type ?? 'Sync' },
    query: { qualifier: 'LATEST' },
    stream: Readable.from([Buffer.from(body)]),
  });
  return client.callApi(params, request, new $dara.RuntimeOptions({}));
};

const fc2 = (key = 'LTAItester', keySecret = secret) => {
  const client = new FcClient('1000000000000001', {
    accessKeyID: key,
    accessKeySecret: keySecret,
    region: 'cn-hangzhou',
    endpoint: host.apiUrl,
  });
  client.version = '2023-03-30';
  return client;
};

test('a call that the official OpenAPI client signs is accepted', async () => {
  expect(await acs3Invoke('hello')).toMatchObject({ statusCode: 200, body: 'got hello' });
});

test('a call that @alicloud/fc2 signs is accepted', async () => {
  const answer = await fc2().post('/functions/tiny/invocations', Buffer.from('hello'), {});

  expect(answer.data).toBe('got hello');
});

test('both may invoke asynchronously', async () => {
  const one = await acs3Invoke('one', { type: 'Async' });
  const two = await fc2().post('/functions/tiny/invocations', 'two', { 'x-fc-invocation-type': 'Async' });
  await host.idle();

  const ids = [one['headers']['x-fc-request-id'], two.headers['x-fc-request-id']];
  for (const id of ids) expect(host.lines).toContain(`tiny| FC Invoke End RequestId: ${id}`);
});

test('a function error is a 200 with X-Fc-Error-Type', async () => {
  const answer = await acs3Invoke('');

  expect(answer['statusCode']).toBe(200);
  expect(answer['headers']['x-fc-error-type']).toBe('UnhandledInvocationError');
  expect(JSON.parse(answer['body']).errorMessage).toBe('empty');
});

test('an unknown key, a wrong secret and an unknown function are refused with their codes', async () => {
  await expect(acs3Invoke('x', { key: 'LTAIstranger' })).rejects.toMatchObject({
    code: 'InvalidAccessKeyID',
  });
  await expect(acs3Invoke('x', { secret: 'guess' })).rejects.toMatchObject({ code: 'SignatureNotMatch' });
  await expect(acs3Invoke('x', { name: 'other' })).rejects.toMatchObject({ code: 'FunctionNotFound' });
  await expect(fc2('LTAIstranger').post('/functions/tiny/invocations', 'x', {})).rejects.toThrow(
    'failed with 403',
  );
  await expect(fc2('LTAItester', 'guess').post('/functions/tiny/invocations', 'x', {})).rejects.toThrow(
    'failed with 403',
  );
});

test('a body changed on the way is refused under a signature of the official OpenAPI client', async () => {
  let headers: IncomingHttpHeaders = {};
  const onTheWay = createServer((request, response) => {
    headers = request.headers;
    response.end('{}');
  });
  await new Promise<void>((resolve) => onTheWay.listen(0, '127.0.0.1', resolve));
  await acs3Invoke('hello', {}, `127.0.0.1:${(onTheWay.address() as AddressInfo).port}`);
  onTheWay.close();
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...signed } = headers;

  expect(await sendOn(signed, 'jello')).toMatchObject([403, { Code: 'SignatureNotMatch' }]);
  expect(
    await sendOn({ ...signed, 'x-fc-invocation-type': 'Sync', 'x-acs-version': 'other' }, 'hello'),
  ).toMatchObject([403, { Code: 'SignatureNotMatch' }]);
  expect(await sendOn(signed, 'hello')).toEqual([200, 'got hello']);
});

test('a body changed on the way is refused under a signature of @alicloud/fc2', async () => {
  const headers: Record<string, string> = {
    date: new Date(host.clock.nowMs()).toUTCString(),
    'content-type': 'application/octet-stream',
    // The base64 of the MD5 of "hello", in hex, as fc2 sends it.
    'content-md5': 'NWQ0MTQwMmFiYzRiMmE3NmI5NzE5ZDkxMTAxN2M1OTI=',
  };
  headers['authorization'] = FcClient.getSignature('LTAItester', secret, 'POST', path, headers);

  expect(await sendOn(headers, 'jello')).toMatchObject([403, { Code: 'SignatureNotMatch' }]);
  expect(await sendOn(headers, 'hello')).toEqual([200, 'got hello']);
});

/** Sends exactly these headers, the Host among them. */
function sendOn(headers: OutgoingHttpHeaders, body: string): Promise<[number | undefined, unknown]> {
  return new Promise((resolve, reject) => {
    const url = `${host.apiUrl}${path}?qualifier=LATEST`;
    const request = httpRequest(url, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve([answer.statusCode, text.startsWith('{') ? JSON.parse(text) : text]));
    });
    request.on('error', reject).end(body);
  });
}

test('a request signed at another time than the clock shows is refused', async () => {
  const headers: Record<string, string> = { date: new Date(host.clock.nowMs() - 901_000).toUTCString() };
  headers['authorization'] = FcClient.getSignature('LTAItester', secret, 'POST', path, headers);

  const answer = await fetch(host.apiUrl + path, { method: 'POST', headers });

  expect([answer.status, await answer.json()]).toMatchObject([403, { Code: 'AccessDenied' }]);
});

test('without a signature nothing is told', async () => {
  const answer = await fetch(`${host.apiUrl}/2023-03-30/functions`);

  expect([answer.status, await answer.json()]).toMatchObject([400, { Code: 'MissingRequiredHeader' }]);
});

test('functions can be listed', async () => {
  const answer = await fc2().get('/functions');

  expect(answer.data).toMatchObject({
    functions: [{ functionName: 'tiny', runtime: 'nodejs20', timeout: 5 }],
  });
});
