import type { IncomingHttpHeaders } from 'node:http';
import { HEADERS_LIMIT_BYTES, PATH_AND_QUERY_LIMIT_BYTES } from './limits';
import { FcRefusal } from './refusal';
import { decodedPath, splitUrl } from './request-url';

/** One HTTP request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** Path and query, still encoded. */
  url: string;
  /** Names and values in turn, as sent. */
  rawHeaders: readonly string[];
  headers: IncomingHttpHeaders;
  httpVersion: string;
  sourceIp: string;
  body: Buffer;
}

export interface TriggerIdentity {
  accountId: string;
  triggerId: string;
  requestId: string;
  nowMs: number;
}

/** Headers that a client cannot set for the function (HTTP trigger limits). */
const withheld = /^(?:x-fc-.*|connection|keep-alive)$/i;
const textual =
  /^(?:text\/.*|application\/(?:.*\+)?(?:json|xml)|application\/(?:javascript|x-www-form-urlencoded|graphql))$/i;

/**
 * The v1 event of an HTTP trigger, as bytes. Header names are Title-Case; repeated headers and query keys are joined by
 * commas; `rawPath` stays encoded. Which content types Function Compute calls binary is not documented: here everything
 * is that is not text, JSON, XML or a form.
 *
 * @throws FcRefusal InvalidArgument (400) beyond 8 KB of headers or 4 KB of path and query.
 */
export function httpEvent(request: WireRequest, identity: TriggerIdentity): Buffer {
  const headers = titleCaseHeaders(request.rawHeaders);
  const { path: rawPath, query } = splitUrl(request.url);
  const isBase64Encoded = request.body.length > 0 && !isText(request.headers['content-type']);
  const host = request.headers.host ?? '';
  return Buffer.from(
    JSON.stringify({
      version: 'v1',
      rawPath,
      body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8'),
      isBase64Encoded,
      headers,
      queryParameters: joinedQuery(query),
      requestContext: {
        accountId: identity.accountId,
        triggerId: identity.triggerId,
        domainName: host,
        domainPrefix: host.split('.')[0],
        requestId: identity.requestId,
        time: new Date(identity.nowMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
        timeEpoch: String(identity.nowMs),
        http: {
          method: request.method,
          path: decodedPath(rawPath),
          protocol: `HTTP/${request.httpVersion}`,
          sourceIp: request.sourceIp,
          userAgent: request.headers['user-agent'] ?? '',
        },
      },
    }),
  );
}

/** Checked before the body is read. */
export function checkRequestHead(url: string, rawHeaders: readonly string[]): void {
  // Each header line has a colon, a space and a line break beside its name and value.
  const headerBytes = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
  if (headerBytes > HEADERS_LIMIT_BYTES) {
    throw new FcRefusal(
      400,
      'InvalidArgument',
      `The headers are ${headerBytes} bytes; the limit is ${HEADERS_LIMIT_BYTES}`,
    );
  }
  if (url.length > PATH_AND_QUERY_LIMIT_BYTES) {
    const message = `Path and query are ${url.length} bytes; the limit is ${PATH_AND_QUERY_LIMIT_BYTES}`;
    throw new FcRefusal(400, 'InvalidArgument', message);
  }
}

function titleCaseHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (withheld.test(name)) continue;
    const title = name.toLowerCase().replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    const before = headers.get(title);
    headers.set(title, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(headers);
}

function joinedQuery(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

function isText(contentType: string | undefined): boolean {
  return textual.test((contentType ?? '').split(';')[0]?.trim() ?? '');
}
