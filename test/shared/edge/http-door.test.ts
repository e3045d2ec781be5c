import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { httpDoor } from '../../../shared/edge/http-door';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const event = Buffer.from(
  '{"rawPath":"/v1/requests","headers":{"Authorization":"Bearer secret"},"requestContext":{"http":{"method":"GET"}}}',
);

function contextWith(timeoutSeconds: number) {
  return {
    requestId: '1-64f6cd87',
    credentials: { accessKeyId: 'STS.a', accessKeySecret: 's', securityToken: 't' },
    function: { name: 'share-api', timeout: timeoutSeconds },
    region: 'cn-hangzhou',
    accountId: '1600000000000001',
  };
}

test('what is served goes out, and one line tells of it', async () => {
  const door = httpDoor('share-api', async () => Response.json({ a: 1 }, { status: 201 }));
  expect(await door(event, contextWith(30))).toMatchObject({ statusCode: 201, body: '{"a":1}' });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: 'share-api.answered',
    requestId: '1-64f6cd87',
    method: 'GET',
    path: '/v1/requests',
    status: 201,
  });
});

test('what is thrown is told to the log and not to the caller', async () => {
  const door = httpDoor('share-api', async () => {
    throw new Error('the table aggregates is missing');
  });
  const answer = await door(event, contextWith(30));
  expect(answer.statusCode).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'failed', instance: '1-64f6cd87' });
  expect(answer.body).not.toContain('aggregates');
  expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(lines.join('\n')).toContain('the table aggregates is missing');
  expect(lines.join('\n')).not.toContain('secret');
});

test('an answer that Function Compute cannot say is a problem of ours', async () => {
  const door = httpDoor(
    'share-api',
    async () => new Response('', { headers: { 'x-long': 'x'.repeat(9_000) } }),
  );
  expect((await door(event, contextWith(30))).statusCode).toBe(500);
});

test('a call that would outlast the timeout is answered two seconds before it', async () => {
  const door = httpDoor('share-api', () => new Promise<Response>(() => {}));
  const answer = await door(event, contextWith(2.05));
  expect(answer.statusCode).toBe(503);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'out-of-time' });
});

test('an event that cannot be read is answered without asking anybody', async () => {
  const serve = vi.fn<() => Promise<Response>>();
  const answer = await httpDoor('share-api', serve)(Buffer.from('junk'), contextWith(30));
  expect(answer.statusCode).toBe(400);
  expect(serve).not.toHaveBeenCalled();
});
