import type { IncomingMessage } from 'node:http';

/** An HTTP request as the gateway needs it: pairs still in the order that they were sent, decoded once. */
export interface RpcRequest {
  method: 'GET' | 'POST';
  /** Lower-case names. */
  headers: Record<string, string>;
  query: Pair[];
  form: Pair[];
  body: Buffer;
}

export type Pair = [name: string, value: string];

/** The bodies of RPC calls are parameters only; the longest documented one (an STS policy) is 2 KB. */
const BODY_MAX_BYTES = 1_048_576;

export class UnreadableRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'UnreadableRequest';
    this.status = status;
  }
}

/** @throws UnreadableRequest for another method than GET or POST, another path than `/`, or a body above 1 MiB. */
export async function readRequest(incoming: IncomingMessage): Promise<RpcRequest> {
  const { method } = incoming;
  const [path, ...query] = (incoming.url ?? '/').split('?');
  if (method !== 'GET' && method !== 'POST') {
    throw new UnreadableRequest(405, `RPC calls are GET or POST, not ${method}.`);
  }
  if (path !== '/' && path !== '') throw new UnreadableRequest(404, 'RPC calls go to the path "/".');
  const body = await readBody(incoming);
  const isForm = (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    method,
    headers: headersOf(incoming),
    query: pairsOf(query.join('?')),
    form: isForm ? pairsOf(body.toString('utf8')) : [],
    body,
  };
}

/** Every parameter of a call, whether it came in the query or in a form body. The first of two with one name counts. */
export function parametersOf(request: RpcRequest): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of [...request.query, ...request.form]) {
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function pairsOf(text: string): Pair[] {
  return [...new URLSearchParams(text)];
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) throw new UnreadableRequest(400, 'The body could not be read as bytes.');
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) {
      throw new UnreadableRequest(413, `A body has at most ${BODY_MAX_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
