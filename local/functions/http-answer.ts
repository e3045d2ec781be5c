import type { InvocationResult } from './contract';
import { HEADERS_LIMIT_BYTES } from './limits';
import { FcRefusal } from './refusal';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Response headers that a function cannot set. */
const withheld = /^(?:x-fc-.*|connection|content-length|date|keep-alive|server|transfer-encoding)$/i;

/**
 * What an HTTP trigger answers for what the function returned: `{statusCode, headers, isBase64Encoded, body}`; any other
 * value is a 200 with that value as its body. A failed function answers its error with `X-Fc-Error-Type`; the status of
 * that is not documented, and is 502 here so that no client takes it for success.
 *
 * @throws FcRefusal BadResponse (502) when the function's response map cannot be sent.
 */
export function httpAnswer(result: InvocationResult): HttpAnswer {
  if (result.errorType !== undefined) {
    const headers = { 'content-type': 'application/json', 'x-fc-error-type': result.errorType };
    return { status: 502, headers, body: result.payload };
  }
  const map = responseMap(result.payload);
  if (map === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: result.payload };
  }
  const status = map['statusCode'];
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw badResponse(`statusCode is ${JSON.stringify(status)}, not a whole number from 200 to 599`);
  }
  return { status, headers: headersOf(map['headers']), body: bodyOf(map['body'], map['isBase64Encoded']) };
}

function responseMap(payload: Buffer): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
  const isMap = typeof value === 'object' && value !== null && 'statusCode' in value;
  return isMap ? (value as Record<string, unknown>) : undefined;
}

function headersOf(given: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(given ?? {})) {
    if (typeof value !== 'string') throw badResponse(`The header ${name} is not text`);
    if (withheld.test(name)) continue;
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
    headers[name] = value;
  }
  if (bytes > HEADERS_LIMIT_BYTES) {
    throw badResponse(`The response headers are ${bytes} bytes; the limit is ${HEADERS_LIMIT_BYTES}`);
  }
  return headers;
}

function bodyOf(body: unknown, isBase64Encoded: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') throw badResponse('body is not text');
  return Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
}

function badResponse(message: string): FcRefusal {
  return new FcRefusal(502, 'BadResponse', `The function's response cannot be sent: ${message}`);
}
