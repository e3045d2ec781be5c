import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import { readBody } from './body';
import type { Instance } from './instance';
import { messages } from './messages';
import { operations, type Operation } from './operations';
import { invalid, Refusal } from './refusal';
import { authenticate, responseHeaders, type Authority, type Caller } from './signature';

export interface ExchangeContext extends Authority {
  readonly served: Instance;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly onRequest: (operation: string) => void;
  /** Requests whose body is complete and whose answer is on its way; a server that stops lets them finish. */
  readonly underWay: Set<Promise<void>>;
}

interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly caller: Caller | undefined;
}

/** Answers one HTTP request. Never rejects: what cannot be answered has no client any more. */
export async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  context: ExchangeContext,
): Promise<void> {
  let body: Buffer | Refusal;
  try {
    body = await readBody(request);
  } catch (error) {
    if (!(error instanceof Refusal)) return void response.destroy();
    body = error;
  }
  const answering = answer(request, response, body, context);
  context.underWay.add(answering);
  await answering.finally(() => context.underWay.delete(answering));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | Refusal,
  context: ExchangeContext,
): Promise<void> {
  const path = request.url ?? '/';
  const { status, body: bytes, caller } = await answerTo(request, path, body, context);
  const headers = responseHeaders(path, bytes, randomUUID(), context.clock.nowMs(), caller);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  await new Promise<void>((resolve) => {
    response.on('close', resolve);
    response.end(bytes);
  });
}

async function answerTo(
  request: IncomingMessage,
  path: string,
  body: Buffer | Refusal,
  context: ExchangeContext,
): Promise<Answer> {
  let caller: Caller | undefined;
  try {
    if (body instanceof Refusal) throw body;
    const [name, operation] = operationOf(request.method, path);
    caller = authenticate(path, request.headers, body, context, context.clock.nowMs());
    context.onRequest(name);
    return { status: 200, body: await operation(body, context.served), caller };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : unexpected(path, error, context.log);
    return { status: refusal.status, body: messages.Error.encode(refusal).finish(), caller };
  }
}

function operationOf(method: string | undefined, path: string): [string, Operation] {
  if (method !== 'POST')
    throw new Refusal('OTSMethodNotAllowed', `Only POST method for requests is supported.`);
  const name = path.slice(1);
  const operation = operations.get(name);
  if (operation === undefined) throw invalid(`Unsupported operation: ${name}`);
  return [name, operation];
}

/** A mistake of this server: the client gets the service's own words for one, the log gets the truth. */
function unexpected(path: string, error: unknown, log: (line: string) => void): Refusal {
  log(`${path} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new Refusal('OTSInternalServerError', 'Internal server error.');
}
