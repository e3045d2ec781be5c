import { type IncomingHttpHeaders, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One HTTP request as it went over the wire, to be sent again or bent. */
export interface RawRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * Lets a client call a server that only listens and answers `{}`, and tells what the client sent.
 * `call` gets the host and port to call.
 */
export async function record(call: (host: string) => Promise<unknown>): Promise<RawRequest> {
  let seen: RawRequest | undefined;
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      seen = { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body };
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await call(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  if (seen === undefined) throw new Error('The client sent nothing.');
  return seen;
}

/** Sends a request as it is, Host header included, and reads the answer as text. */
export function send(endpoint: string, raw: RawRequest): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method: raw.method, path: raw.path, headers: raw.headers });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    });
    outgoing.end(raw.body);
  });
}
