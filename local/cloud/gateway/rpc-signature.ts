import { createHmac } from 'node:crypto';
import { percentEncode, sortedQuery } from './percent-encode';

/** The text that a legacy RPC client should have signed: every parameter but the signature itself. */
export function rpcStringToSign(method: string, parameters: ReadonlyMap<string, string>): string {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  return `${method}&${percentEncode('/')}&${percentEncode(sortedQuery(signed))}`;
}

/** HMAC-SHA1 with the secret and an ampersand, in base64 (SignatureVersion 1.0). */
export function rpcSignature(stringToSign: string, secret: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
}
