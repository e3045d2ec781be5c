import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const BODY_LIMIT_BYTES = 1024 * 1024;

export interface Answer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

/** Serves on loopback; 'hang up' closes the connection without a word, as a broken server would. */
export async function serve(
  port: number,
  answer: (request: IncomingMessage) => Promise<Answer | 'hang up'>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(request)
      .catch((error: unknown) =>
        jsonAnswer(error instanceof BodyTooLarge ? 413 : 500, { error: String(error) }),
      )
      .then((what) => {
        if (what === 'hang up') return request.socket.destroy();
        return response
          .writeHead(what.status, { 'content-type': what.contentType, ...what.headers })
          .end(what.body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) throw new BodyTooLarge(`A body of more than ${BODY_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString();
}

class BodyTooLarge extends Error {}
