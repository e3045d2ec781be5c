import { errors, jwtVerify, type JWTPayload } from 'jose';
import { ConfigurationError } from '../configuration';
import { ROLES, type Person } from '../domain/sharing/person';
import { refused, type EdgeAnswer } from './edge-refusal';
import { describe, log } from './invocation';
import { IssuerError, issuerKeys } from './issuer-keys';
import { isLoopback } from './loopback';

/** Tells who calls, from the value of the Authorization header. */
export type Identify = (authorization: string | null) => Promise<EdgeAnswer<Person>>;

/** Asymmetric ones only, whatever the token says: a public key must never serve as an HMAC secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 30;
const TOKEN_CHARACTERS_MAX = 8 * 1024;
/** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;
const NAME_CHARACTERS_MAX = 100;

/**
 * Believes the bearer tokens of one OpenID Connect issuer. No header that a client can set, and no check that the
 * HTTP trigger may have made, says anything about who calls.
 * Throws ConfigurationError when the issuer is not https and not on this machine.
 */
export function openIdentity(settings: {
  issuer: string;
  audience: string;
  /** The claim that lists a person's groups. */
  groupsClaim: string;
}): Identify {
  const { issuer, audience, groupsClaim } = settings;
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url)))
    throw new ConfigurationError([`SHAREKEEPER_OIDC_ISSUER is not an https address: ${issuer}`]);
  const keysOfIssuer = issuerKeys(issuer);

  return async (authorization) => {
    if (authorization === null) return refused({ reason: 'token-missing' });
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > TOKEN_CHARACTERS_MAX)
      return refused({ reason: 'token-refused' });
    try {
      const { payload } = await jwtVerify(token, await keysOfIssuer(), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const person = personFrom(issuer, groupsClaim, payload);
      return person === null ? refused({ reason: 'token-refused' }) : { ok: true, value: person };
    } catch (error) {
      return refusalFor(error);
    }
  };
}

function personFrom(issuer: string, groupsClaim: string, payload: JWTPayload): Person | null {
  const { sub, name, preferred_username: userName, roles } = payload;
  if (typeof sub !== 'string' || !SUBJECT.test(sub)) return null;
  const called = [name, userName].find((text) => typeof text === 'string' && text.trim() !== '');
  return {
    subject: `${issuer}|${sub}`,
    name: readable(typeof called === 'string' ? called : sub),
    roles: Array.isArray(roles) ? ROLES.filter((role) => roles.includes(role)) : [],
    groups: groupsFrom(payload[groupsClaim]),
  };
}

/** Bounded by the length of the token. */
function groupsFrom(claim: unknown): string[] {
  if (!Array.isArray(claim)) return [];
  return [...new Set(claim.filter((group): group is string => typeof group === 'string' && group !== ''))];
}

/** A name is for reading only: without what would break a log line or a page. */
function readable(name: string): string {
  return name
    .slice(0, NAME_CHARACTERS_MAX)
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]+/gu, ' ')
    .trim();
}

/** The caller learns whether it pays to get a new token, and no more; the log has the rest, without the token. */
function refusalFor(error: unknown): EdgeAnswer<never> {
  if (error instanceof errors.JWTExpired) return refused({ reason: 'token-expired' });
  if (isIssuersFault(error)) {
    log('identity.issuer_unreachable', { error: describe(error) });
    return refused({ reason: 'issuer-unreachable' });
  }
  if (error instanceof errors.JOSEError) {
    const claim = error instanceof errors.JWTClaimValidationFailed ? { claim: error.claim } : {};
    log('identity.token_refused', { code: error.code, ...claim });
    return refused({ reason: 'token-refused' });
  }
  throw error;
}

function isIssuersFault(error: unknown): boolean {
  return (
    error instanceof IssuerError ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  );
}
