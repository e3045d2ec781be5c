import type { IncomingMessage } from 'node:http';
import type { FunctionHostOptions } from './contract';
import type { HttpAnswer } from './http-answer';
import { asyncDelayMs, isAsyncInvocation, payloadTooLarge } from './http-trigger';
import { ASYNC_PAYLOAD_LIMIT_BYTES, SYNC_PAYLOAD_LIMIT_BYTES } from './limits';
import { FcRefusal } from './refusal';
import { decodedPath, splitUrl } from './request-url';
import type { RunningFunctions } from './running-functions';
import { checkSignature } from './signatures';
import { readBody } from './web-server';

const base = '/2023-03-30/functions';

/**
 * Function Compute 3.0's API, as far as it is played: InvokeFunction, GetFunction, ListFunctions. Every call is signed.
 *
 * @throws FcRefusal with the code that Function Compute answers.
 */
export async function answerApiCall(
  request: IncomingMessage,
  requestId: string,
  host: FunctionHostOptions,
  functions: RunningFunctions,
): Promise<HttpAnswer> {
  const url = request.url ?? '/';
  const method = request.method ?? 'GET';
  const isAsync = isAsyncInvocation(request);
  const limitBytes = isAsync ? ASYNC_PAYLOAD_LIMIT_BYTES : SYNC_PAYLOAD_LIMIT_BYTES;
  const body = await readBody(request, limitBytes, () => payloadTooLarge(isAsync));
  checkSignature({ method, url, headers: request.headers, body }, host.secretOf, host.clock.nowMs());

  const { path } = splitUrl(url);
  if (method === 'GET' && path === base) return json({ functions: functions.names.map(functions.describe) });
  const [, name = '', action] = new RegExp(`^${base}/([^/]+)(/invocations)?$`).exec(path) ?? [];
  if (method === 'GET' && name !== '' && action === undefined)
    return json(functions.describe(decodedPath(name)));
  if (method !== 'POST' || action === undefined) {
    throw new FcRefusal(400, 'PathNotSupported', `'${path}' against '${method}' is not supported`);
  }

  if (isAsync) {
    functions.enqueue(decodedPath(name), requestId, body, asyncDelayMs(request));
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  }
  const result = await functions.invoke(decodedPath(name), requestId, body);
  if (result.errorType === undefined) {
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: result.payload };
  }
  const headers = { 'content-type': 'application/json', 'x-fc-error-type': result.errorType };
  return { status: 200, headers, body: result.payload };
}

export function json(value: unknown): HttpAnswer {
  const body = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
