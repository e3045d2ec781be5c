import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpAnswer } from './http-answer';
import { FcRefusal, refusalBody } from './refusal';

export interface WebServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** More than Function Compute takes, so that its own limit answers with its own code. */
const HEADERS_READ_BYTES = 64 * 1024;

/**
 * Serves on loopback. What `answer` throws as a FcRefusal becomes Function Compute's error body; anything else is a 500.
 * `nowMs` stamps the Date header, so that one clock rules.
 */
export async function serveLoopback(
  port: number,
  nowMs: () => number,
  newRequestId: () => string,
  answer: (request: IncomingMessage, requestId: string) => Promise<HttpAnswer>,
): Promise<WebServer> {
  const server = createServer({ maxHeaderSize: HEADERS_READ_BYTES }, (request, response) => {
    const requestId = newRequestId();
    void Promise.resolve()
      .then(() => answer(request, requestId))
      .catch((error: unknown) => refused(error, requestId))
      .then((what) => write(response, what, requestId, nowMs()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closeNow(server),
  };
}

/** Reads a body up to a limit; beyond it, throws `tooLarge` without reading on. */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
  tooLarge: () => FcRefusal,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused(error: unknown, requestId: string): HttpAnswer {
  const refusal =
    error instanceof FcRefusal
      ? error
      : new FcRefusal(500, 'InternalServerError', error instanceof Error ? error.message : String(error));
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/json' },
    body: refusalBody(refusal, requestId),
  };
}

function write(response: ServerResponse, answer: HttpAnswer, requestId: string, nowMs: number): void {
  const headers = { ...answer.headers, date: new Date(nowMs).toUTCString(), 'x-fc-request-id': requestId };
  // A request whose body was refused unread cannot be followed by another on the same connection.
  if (!response.req.complete) Object.assign(headers, { connection: 'close' });
  try {
    response.writeHead(answer.status, headers);
    response.end(answer.body);
  } catch (error) {
    // The function chose a header that HTTP does not allow.
    const refusal = new FcRefusal(502, 'BadResponse', error instanceof Error ? error.message : String(error));
    response.writeHead(refusal.status, { 'content-type': 'application/json' });
    response.end(refusalBody(refusal, requestId));
  }
}

function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
