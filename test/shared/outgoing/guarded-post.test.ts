import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingAnswer } from '../../../shared/flow/ports';
import { guardedPost, type Address, type GuardedPostOptions } from '../../../shared/outgoing/guarded-post';
import { HOSTILE_HOSTS, HOSTILE_URLS } from '../domain/webhooks/hostile';

const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function receiver(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that says whatever `talk` writes, HTTP or not. */
async function rawReceiver(talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = (
  url: string,
  options: Partial<GuardedPostOptions> = {},
  headers: Record<string, string> = {},
): Promise<OutgoingAnswer> => guardedPost({ loopback: 'allow', ...options }).post(url, headers, '{"é":1}');

describe('a webhook on its way out', () => {
  it('is posted as it was given, and its status comes back', async () => {
    let seen: unknown;
    const url = await receiver((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, headers, url: path } = request;
        seen = {
          method,
          path,
          id: headers['webhook-id'],
          length: headers['content-length'],
          body: Buffer.concat(chunks).toString(),
        };
        response.writeHead(202, { 'retry-after': '7' }).end('thanks');
      });
    });
    expect(await post(`${url}/in?key=1`, {}, { 'webhook-id': 'evt_1' })).toEqual({
      is: 'answered',
      status: 202,
      retryAfterMs: 7_000,
    });
    expect(seen).toEqual({
      method: 'POST',
      path: '/in?key=1',
      id: 'evt_1',
      length: '8',
      body: '{"é":1}',
    });
  });

  it('follows no redirect', async () => {
    let inside = 0;
    const secret = await receiver((_request, response) => {
      inside += 1;
      response.end('secret');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await receiver((_request, response) =>
        response.writeHead(status, { location: secret }).end(),
      );
      expect(await post(url)).toEqual({ is: 'answered', status, retryAfterMs: null });
    }
    expect(inside).toBe(0);
  });

  it('goes to exactly the address that was judged: the name is asked once', async () => {
    const url = await receiver((_request, response) => response.writeHead(204).end());
    const asked: string[] = [];
    const resolve = async (name: string): Promise<Address[]> => {
      asked.push(name);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    };
    expect(await post(url.replace('127.0.0.1', 'localhost'), { resolve })).toMatchObject({ status: 204 });
    expect(asked).toEqual(['localhost']);
  });

  it('goes nowhere else, whatever the name means to this machine', async () => {
    const url = await receiver((_request, response) => response.writeHead(204).end());
    // The receiver listens at 127.0.0.1, where this machine's own localhost leads.
    const resolve = async (): Promise<Address[]> => [{ address: '127.0.0.2', family: 4 }];
    const answer = await post(url.replace('127.0.0.1', 'localhost'), { resolve, exchangeMaxMs: 500 });
    expect(answer).toMatchObject({ is: 'failed' });
  });
});

describe('a hostile address', () => {
  it.each([...HOSTILE_HOSTS.map((host) => `https://${host}/`), ...HOSTILE_URLS.map(([url]) => url)])(
    'is refused for good, without a question to any name server: %s',
    async (url) => {
      let asked = 0;
      const resolve = async (): Promise<Address[]> => {
        asked += 1;
        return [{ address: '8.8.8.8', family: 4 }];
      };
      expect(await post(url, { loopback: 'refuse', resolve })).toMatchObject({
        is: 'failed',
        permanent: true,
      });
      expect(asked).toBe(0);
    },
  );

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['100.100.100.200'],
    ['169.254.169.254'],
    ['0.0.0.0'],
    ['::1'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['64:ff9b::6464:64c8'],
    ['2002:7f00:1::'],
    ['::7f00:1'],
    ['fe80::1%lo'],
    ['fd00::1'],
    ['8.8.8.8', '192.168.0.1'],
    ['2001:4860:4860::8888', 'fd00:ec2::254'],
    ['not an address'],
  ])('is refused when an innocent name leads to %s', async (...addresses) => {
    const resolve = async (): Promise<Address[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    for (const loopback of ['refuse', 'allow'] as const) {
      expect(await post('https://hooks.example.com/', { loopback, resolve })).toEqual({
        is: 'failed',
        why: 'The host name leads to an address that is not public',
        permanent: false,
      });
    }
  });

  it('is refused when localhost leads elsewhere', async () => {
    const resolve = async (): Promise<Address[]> => [{ address: '10.0.0.1', family: 4 }];
    expect(await post('http://localhost:7300/', { resolve })).toMatchObject({ is: 'failed' });
  });
});

describe('a receiver that behaves badly', () => {
  it('is cut off when its answer never ends, and its status counts', async () => {
    let sent = 0;
    const url = await receiver((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        let accepted = !response.destroyed;
        while (accepted) {
          sent += 16_384;
          accepted = response.write(Buffer.alloc(16_384));
        }
      };
      response.on('drain', more);
      more();
    });
    expect(await post(url)).toMatchObject({ is: 'answered', status: 200 });
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('is cut off when its answer drips, and its status counts', async () => {
    const url = await receiver((_request, response) => {
      response.writeHead(200).write('.');
    });
    expect(await post(url, { exchangeMaxMs: 100 })).toMatchObject({ is: 'answered', status: 200 });
  });

  it.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => undefined, 'No answer in time'],
    [
      'sends headers for ever',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x: y\r\n'), 10);
        socket.on('close', () => clearInterval(drip));
      },
      'No answer in time',
    ],
    [
      'only ever says that it goes on',
      (socket) => {
        const drip = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 10);
        socket.on('close', () => clearInterval(drip));
      },
      'No answer in time',
    ],
    [
      'sends more headers than anybody needs',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
      'The connection failed (HPE_HEADER_OVERFLOW)',
    ],
    ['hangs up', (socket) => socket.destroy(), 'The connection failed (ECONNRESET)'],
    [
      'speaks something else',
      (socket) => socket.end('220 mail ready\r\n'),
      'The connection failed (HPE_INVALID_CONSTANT)',
    ],
  ])('fails when it %s', async (_what, talk, why) => {
    const url = await rawReceiver(talk);
    expect(await post(url, { exchangeMaxMs: 300 })).toEqual({ is: 'failed', why, permanent: false });
  });

  it('fails when it wants another protocol', async () => {
    const url = await rawReceiver((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    );
    expect(await post(url, { exchangeMaxMs: 300 })).toMatchObject({ is: 'failed', permanent: false });
  });

  it('fails when its name never resolves, or to nothing', async () => {
    const never = (): Promise<Address[]> => new Promise(() => undefined);
    expect(await post('https://hooks.example.com', { resolve: never, exchangeMaxMs: 50 })).toEqual({
      is: 'failed',
      why: 'The name did not resolve within 50 ms',
      permanent: false,
    });
    expect(await post('https://hooks.example.com', { resolve: async () => [] })).toMatchObject({
      why: 'The host name has no address',
    });
  });

  it('is not named when it fails: neither path nor key is in the reason', async () => {
    const url = await rawReceiver((socket) => socket.destroy());
    const why = JSON.stringify([
      await post(`${url}/secret-path?key=secret-key`),
      await post('http://hooks.example.com:22/secret-path?key=secret-key'),
      await post('https://hooks.example.com/secret-path', {
        resolve: async () => Promise.reject(new Error('getaddrinfo ENOTFOUND https://secret-path')),
      }),
    ]);
    expect(why).not.toContain('secret');
  });
});
