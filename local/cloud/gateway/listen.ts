import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { newRequestId } from '../ids';
import { type Answer, refusalAnswer } from './answer';
import { type RpcRequest, UnreadableRequest, readRequest } from './request';

export interface Listener {
  url: string;
  close(): Promise<void>;
}

/** SDKs put every parameter in the query, so the request line may be long. */
const HEADERS_MAX_BYTES = 65_536;

/** Longer than any client keeps an idle connection, or it would be closed under a call that is just being sent. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Serves HTTP on loopback. Port 0 takes any free one.
 *
 * @throws Error EADDRINUSE when the port is taken.
 */
export async function listen(
  port: number,
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
): Promise<Listener> {
  const server = createServer(
    { maxHeaderSize: HEADERS_MAX_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (incoming, outgoing) => {
      handle(incoming, outgoing).catch((error: unknown) => {
        process.stderr.write(`local cloud: ${error instanceof Error ? error.stack : String(error)}\n`);
        outgoing.destroy();
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}`, close: () => closeServer(server) };
}

/** Reads an RPC call, and sends what `answer` says, or nothing at all when it says so. */
export function rpcHandler(answer: (request: RpcRequest) => Answer, regionId: string) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      await send(answer(await readRequest(incoming)), outgoing);
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      const refusal = { status: error.status, code: 'InvalidRequest', message: error.message };
      const origin = { requestId: newRequestId(), product: 'gateway', regionId };
      await send(refusalAnswer(refusal, origin, { connection: 'close' }), outgoing);
    }
  };
}

async function send(answer: Answer, outgoing: ServerResponse): Promise<void> {
  switch (answer.kind) {
    case 'silence':
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'http':
      if (answer.delayMs > 0) await delay(answer.delayMs, undefined, { ref: false });
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
