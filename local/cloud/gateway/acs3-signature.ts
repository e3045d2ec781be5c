import { createHash, createHmac } from 'node:crypto';
import { sortedQuery } from './percent-encode';
import type { RpcRequest } from './request';

export const ACS3 = 'ACS3-HMAC-SHA256';

/** What an ACS3 Authorization header says. */
export interface Acs3Authorization {
  accessKeyId: string;
  signedHeaders: string[];
  signature: string;
}

/** Headers that a signature must cover, or anyone on the way could change what is asked. */
const ALWAYS_SIGNED = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-version'];

/** Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`; undefined when it is not in that form. */
export function readAcs3(authorization: string): Acs3Authorization | undefined {
  if (!authorization.startsWith(`${ACS3} `)) return undefined;
  const fields = new Map(
    authorization
      .slice(ACS3.length + 1)
      .split(',')
      .map((field): [string, string] => {
        const at = field.indexOf('=');
        return [field.slice(0, at).trim(), field.slice(at + 1).trim()];
      }),
  );
  const accessKeyId = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders')?.split(';');
  const signature = fields.get('Signature');
  if (!accessKeyId || !signature || signedHeaders === undefined) return undefined;
  return { accessKeyId, signedHeaders, signature };
}

/** The headers that should have been signed and were not. */
export function unsignedHeaders(request: RpcRequest, authorization: Acs3Authorization): string[] {
  return [
    ...ALWAYS_SIGNED,
    ...Object.keys(request.headers).filter((name) => name.startsWith('x-acs-')),
  ].filter((name) => !authorization.signedHeaders.includes(name));
}

/**
 * The text that the client should have signed. Alibaba's clients leave `!'()*` bare in the URL and sign them encoded,
 * so the query is rebuilt from its decoded pairs.
 */
export function acs3StringToSign(request: RpcRequest, authorization: Acs3Authorization): string {
  const names = authorization.signedHeaders;
  const canonical = [
    request.method,
    '/',
    sortedQuery(request.query),
    ...names.map((name) => `${name}:${(request.headers[name] ?? '').trim()}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  return `${ACS3}\n${sha256(canonical)}`;
}

export function acs3Signature(stringToSign: string, secret: string): string {
  return createHmac('sha256', secret).update(stringToSign).digest('hex');
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
