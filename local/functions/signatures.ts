import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DATE_SKEW_LIMIT_MS } from './limits';
import { FcRefusal } from './refusal';
import { decodedPath, splitUrl } from './request-url';

export interface SignedRequest {
  method: string;
  /** Path and query, still encoded. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Checks the signature of a call of the InvokeFunction API: ACS3-HMAC-SHA256 as today's SDKs sign, or Function Compute's own
 * `FC <id>:<signature>` as `@alicloud/fc2` signs. Both cover the body: ACS3 by its hash, the other by Content-MD5.
 *
 * @throws FcRefusal with Function Compute's codes: MissingRequiredHeader (400), InvalidAccessKeyID, SignatureNotMatch and,
 *   for a date more than 15 minutes off the clock, AccessDenied (403).
 */
export function checkSignature(
  request: SignedRequest,
  secretOf: (accessKeyId: string) => string | undefined,
  nowMs: number,
): void {
  const authorization = headerOf(request, 'authorization');
  const acs3 =
    /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (acs3 !== null) {
    const [, accessKeyId = '', signedHeaders = '', signature = ''] = acs3;
    const secret = knownSecret(accessKeyId, secretOf);
    checkDate(headerOf(request, 'x-acs-date'), nowMs);
    sameOrRefuse(sha256(request.body), headerOf(request, 'x-acs-content-sha256'));
    sameOrRefuse(acs3Signature(request, signedHeaders.split(';'), secret), signature);
    return;
  }
  const own = /^FC ([^:\s]+):([\w+/]+=*)$/.exec(authorization);
  if (own === null) throw new FcRefusal(403, 'AccessDenied', 'The Authorization header is not understood');
  const [, accessKeyId = '', signature = ''] = own;
  const secret = knownSecret(accessKeyId, secretOf);
  checkDate(headerOf(request, 'date'), nowMs);
  checkContentMd5(request);
  sameOrRefuse(fcSignature(request, secret), signature);
}

/** Alibaba Cloud OpenAPI signature V3, resource-oriented style. */
function acs3Signature(request: SignedRequest, signedHeaders: readonly string[], secret: string): string {
  const required = ['host', 'x-acs-date', 'x-acs-content-sha256'];
  if (!required.every((name) => signedHeaders.includes(name))) throw signatureNotMatch();
  const { path, query } = splitUrl(request.url);
  const canonical = [
    request.method,
    path.replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~'),
    [...new URLSearchParams(query)]
      .map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`)
      .toSorted()
      .join('&'),
    ...signedHeaders.toSorted().map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders.join(';'),
    request.headers['x-acs-content-sha256'],
  ].join('\n');
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
}

/** Function Compute's own signature: method, body digest, type, date, x-fc-* headers, decoded path. */
function fcSignature({ method, url, headers }: SignedRequest, secret: string): string {
  const ownHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-fc-'))
    .toSorted()
    .map((name) => `${name}:${String(headers[name])}\n`)
    .join('');
  const lines = [method, headers['content-md5'] ?? '', headers['content-type'] ?? '', headers.date];
  const text = `${lines.join('\n')}\n${ownHeaders}${decodedPath(splitUrl(url).path)}`;
  return createHmac('sha256', secret).update(text).digest('base64');
}

/** `@alicloud/fc2` sends the base64 of the digest's hex text; the HTTP standard is the base64 of its bytes. */
function checkContentMd5({ headers, body }: SignedRequest): void {
  const given = headers['content-md5'];
  if (given === undefined) return;
  const digest = createHash('md5').update(body).digest();
  const accepted = [digest.toString('base64'), Buffer.from(digest.toString('hex')).toString('base64')];
  if (!accepted.includes(String(given))) throw signatureNotMatch();
}

function checkDate(date: string, nowMs: number): void {
  const skewMs = Math.abs(nowMs - Date.parse(date));
  if (skewMs <= DATE_SKEW_LIMIT_MS) return;
  const now = new Date(nowMs).toUTCString();
  const message = `The difference between the request time '${date}' and the current time '${now}' is too large`;
  throw new FcRefusal(403, 'AccessDenied', message);
}

function knownSecret(accessKeyId: string, secretOf: (id: string) => string | undefined): string {
  const secret = secretOf(accessKeyId);
  if (secret === undefined) {
    throw new FcRefusal(403, 'InvalidAccessKeyID', `invalid access key ID '${accessKeyId}'`);
  }
  return secret;
}

function headerOf({ headers }: SignedRequest, name: string): string {
  const value = headers[name];
  if (value === undefined) {
    throw new FcRefusal(400, 'MissingRequiredHeader', `required HTTP header ${name} was not specified`);
  }
  return String(value);
}

function sameOrRefuse(expected: string, given: string): void {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw signatureNotMatch();
}

function signatureNotMatch(): FcRefusal {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your access key and signing method';
  return new FcRefusal(403, 'SignatureNotMatch', message);
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
