import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { limits } from './limits';
import { invalid, Refusal } from './refusal';

export interface Credential {
  readonly secret: string;
  readonly securityToken?: string;
}

export interface Authority {
  readonly instance: string;
  readonly credential: (accessKeyId: string) => Credential | undefined;
}

/** Who sent a request that was checked. */
export interface Caller {
  readonly accessKeyId: string;
  readonly secret: string;
}

const REQUIRED = [
  'x-ots-date',
  'x-ots-apiversion',
  'x-ots-accesskeyid',
  'x-ots-contentmd5',
  'x-ots-signature',
  'x-ots-instancename',
] as const;

/**
 * Checks everything that the service checks before it looks at the body: headers, instance, key, token, date, MD5 and the
 * HMAC-SHA1 over the path and every x-ots-* header ("Request signatures"). Throws OTSAuthFailed or OTSParameterInvalid.
 */
export function authenticate(
  path: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  authority: Authority,
  nowMs: number,
): Caller {
  for (const name of REQUIRED) if (headerOf(headers, name) === '') throw invalid(`Missing header: ${name}`);
  if (headerOf(headers, 'x-ots-instancename') !== authority.instance)
    throw authFailed('The instance is not found.');
  const accessKeyId = headerOf(headers, 'x-ots-accesskeyid');
  const credential = authority.credential(accessKeyId);
  if (credential === undefined) throw authFailed('The AccessKeyID does not exist.');
  if (headerOf(headers, 'x-ots-ststoken') !== (credential.securityToken ?? '')) {
    throw authFailed('The StsToken is invalid.');
  }
  const date = headerOf(headers, 'x-ots-date');
  if (!(Math.abs(Date.parse(date) - nowMs) <= limits.clockSkewMs)) {
    throw authFailed(`Mismatch between system time and x-ots-date: ${date}.`);
  }
  if (!sameText(headerOf(headers, 'x-ots-contentmd5'), md5(body)))
    throw authFailed('Mismatch between MD5 value of request body and x-ots-contentmd5 in header.');
  const signed = sign(credential.secret, `${path}\nPOST\n\n${canonicalHeaders(headers)}`);
  if (!sameText(headerOf(headers, 'x-ots-signature'), signed)) throw authFailed('Signature mismatch.');
  return { accessKeyId, secret: credential.secret };
}

/** The x-ots-* headers of an answer, and the Authorization that lets a client check them. */
export function responseHeaders(
  path: string,
  body: Uint8Array,
  requestId: string,
  nowMs: number,
  caller: Caller | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {
    'x-ots-contentmd5': md5(body),
    'x-ots-contenttype': 'protocol buffer',
    'x-ots-date': new Date(nowMs).toISOString(),
    'x-ots-requestid': requestId,
  };
  if (caller) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    headers['Authorization'] =
      `OTS ${caller.accessKeyId}:${sign(caller.secret, `${lines.join('\n')}\n${path}`)}`;
  }
  return headers;
}

function canonicalHeaders(headers: IncomingHttpHeaders): string {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-ots-') && name !== 'x-ots-signature')
    .sort()
    .map((name) => `${name}:${headerOf(headers, name)}\n`)
    .join('');
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

function sign(secret: string, text: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

function md5(bytes: Uint8Array): string {
  return hash('md5', bytes, 'base64');
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function authFailed(message: string): Refusal {
  return new Refusal('OTSAuthFailed', message);
}
