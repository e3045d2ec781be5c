import { timingSafeEqual } from 'node:crypto';
import { type Credential, credentialOf } from '../credentials';
import { type Caller, ProviderRefusal } from '../product';
import type { World } from '../world';
import { ACS3, acs3Signature, acs3StringToSign, readAcs3, unsignedHeaders } from './acs3-signature';
import type { Nonces } from './nonces';
import type { RpcRequest } from './request';
import { rpcSignature, rpcStringToSign } from './rpc-signature';

/** Requests older or newer than this are refused. Source: signature documents of the OpenAPI. */
export const CLOCK_SKEW_MAX_MS = 15 * 60_000;

/** What both ways of signing claim, before it is checked. */
interface Claim {
  accessKeyId: string;
  securityToken: string | undefined;
  date: string | undefined;
  nonce: string | undefined;
  signature: string;
  stringToSign: string;
  sign(stringToSign: string, secret: string): string;
}

/**
 * Who signed a request, by ACS3-HMAC-SHA256 or by the legacy RPC HMAC-SHA1.
 *
 * @throws ProviderRefusal IncompleteSignature, IllegalTimestamp, InvalidAccessKeyId.NotFound, SignatureDoesNotMatch,
 *   SignatureNonceUsed, MissingSecurityToken, or InvalidSecurityToken.…
 */
export function authenticate(
  request: RpcRequest,
  parameters: ReadonlyMap<string, string>,
  nonces: Nonces,
  world: World,
  nowMs: number,
): Caller {
  const { authorization } = request.headers;
  const claim =
    authorization === undefined ? rpcClaim(request, parameters) : acs3Claim(request, authorization);
  checkDate(claim.date, nowMs);
  const credential = credentialOf(claim.accessKeyId, world);
  if (credential === undefined) {
    throw new ProviderRefusal(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.');
  }
  checkToken(claim.securityToken, credential, nowMs);
  if (!sameText(claim.sign(claim.stringToSign, credential.secret), claim.signature)) {
    throw new ProviderRefusal(
      400,
      'SignatureDoesNotMatch',
      `Specified signature is not matched with our calculation. server string to sign is:${claim.stringToSign}`,
    );
  }
  if (claim.nonce === undefined) throw incomplete('A signature nonce is required.');
  if (!nonces.use(claim.accessKeyId, claim.nonce, nowMs)) {
    throw new ProviderRefusal(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  return credential.caller;
}

function acs3Claim(request: RpcRequest, header: string): Claim {
  const { headers } = request;
  const authorization = readAcs3(header);
  if (authorization === undefined)
    throw incomplete(`The Authorization header is not in the form of ${ACS3}.`);
  const unsigned = unsignedHeaders(request, authorization);
  if (unsigned.length > 0) throw incomplete(`These headers are not signed: ${unsigned.join(', ')}.`);
  return {
    accessKeyId: authorization.accessKeyId,
    securityToken: headers['x-acs-security-token'],
    date: headers['x-acs-date'],
    nonce: headers['x-acs-signature-nonce'],
    signature: authorization.signature,
    stringToSign: acs3StringToSign(request, authorization),
    sign: acs3Signature,
  };
}

function rpcClaim(request: RpcRequest, parameters: ReadonlyMap<string, string>): Claim {
  const required = (name: string): string => {
    const value = parameters.get(name);
    if (value !== undefined && value !== '') return value;
    throw new ProviderRefusal(400, `Missing${name}`, `${name} is mandatory for this action.`);
  };
  const accessKeyId = required('AccessKeyId');
  const signature = required('Signature');
  if (parameters.get('SignatureMethod') !== 'HMAC-SHA1' || parameters.get('SignatureVersion') !== '1.0') {
    throw incomplete('SignatureMethod must be HMAC-SHA1 and SignatureVersion 1.0.');
  }
  return {
    accessKeyId,
    securityToken: parameters.get('SecurityToken'),
    date: parameters.get('Timestamp'),
    nonce: parameters.get('SignatureNonce'),
    signature,
    stringToSign: rpcStringToSign(request.method, parameters),
    sign: rpcSignature,
  };
}

function checkDate(date: string | undefined, nowMs: number): void {
  const dateMs =
    date !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : NaN;
  if (Number.isNaN(dateMs)) {
    throw new ProviderRefusal(
      400,
      'IllegalTimestamp',
      'The timestamp must be in the form yyyy-MM-ddTHH:mm:ssZ.',
    );
  }
  if (Math.abs(nowMs - dateMs) > CLOCK_SKEW_MAX_MS) {
    throw new ProviderRefusal(
      400,
      'IllegalTimestamp',
      'The timestamp differs from the time of the server by more than 15 minutes.',
    );
  }
}

function checkToken(token: string | undefined, credential: Credential, nowMs: number): void {
  const expected = credential.securityToken;
  const isGiven = token !== undefined && token !== '';
  if (expected === undefined) {
    if (!isGiven) return;
    throw refuseToken('MismatchWithAccessKey', 'Specified SecurityToken mismatch with the AccessKey.');
  }
  if (!isGiven) {
    throw new ProviderRefusal(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.');
  }
  if (!token.startsWith('CAIS')) throw refuseToken('Malformed', 'Specified SecurityToken is malformed.');
  if (!sameText(token, expected)) {
    throw refuseToken('MismatchWithAccessKey', 'Specified SecurityToken mismatch with the AccessKey.');
  }
  if (nowMs >= (credential.expirationMs ?? Infinity)) {
    throw refuseToken('Expired', 'Specified SecurityToken is expired.');
  }
}

function refuseToken(problem: string, message: string): ProviderRefusal {
  return new ProviderRefusal(400, `InvalidSecurityToken.${problem}`, message);
}

function incomplete(message: string): ProviderRefusal {
  return new ProviderRefusal(
    400,
    'IncompleteSignature',
    `The request signature does not conform to Aliyun standards. ${message}`,
  );
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
