import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { isLoopback } from './loopback';

/** The issuer does not answer, or not as OpenID Connect Discovery 1.0 asks. Says nothing about a token. */
export class IssuerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IssuerError';
  }
}

const FETCH_MS_MAX = 5_000;
const DOCUMENT_BYTES_MAX = 256 * 1024;
/** Keys are asked for again at this age, and at an unknown key id, though not sooner than the cool-down. */
const KEYS_AGE_MS_MAX = 10 * 60_000;
const KEYS_COOLDOWN_MS = 30_000;

/** Answers the function that finds an issuer's key for a token. The discovery document is read once, when first needed. */
export function issuerKeys(issuer: string): () => Promise<JWTVerifyGetKey> {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async () => {
    const keys = (found ??= discover(issuer));
    try {
      return await keys;
    } catch (error) {
      found = undefined;
      throw error;
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const at = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await boundedFetch(at, {
    redirect: 'manual',
    signal: AbortSignal.timeout(FETCH_MS_MAX),
    headers: { accept: 'application/json' },
  });
  if (response.status !== 200) throw new IssuerError(`${at} answered ${response.status}`);
  const document: unknown = await response.json().catch(() => null);
  if (document === null || typeof document !== 'object' || !('issuer' in document && 'jwks_uri' in document))
    throw new IssuerError(`${at} is not a discovery document`);
  if (document.issuer !== issuer)
    throw new IssuerError(`${at} names another issuer: ${String(document.issuer)}`);
  return createRemoteJWKSet(keysAddress(String(document.jwks_uri), new URL(issuer)), {
    timeoutDuration: FETCH_MS_MAX,
    cacheMaxAge: KEYS_AGE_MS_MAX,
    cooldownDuration: KEYS_COOLDOWN_MS,
    [customFetch]: boundedFetch,
  });
}

function keysAddress(address: string, issuer: URL): URL {
  if (!URL.canParse(address)) throw new IssuerError(`jwks_uri is not a URL: ${address}`);
  const url = new URL(address);
  const local = isLoopback(issuer) && isLoopback(url) && url.protocol === 'http:';
  if (url.protocol !== 'https:' && !local)
    throw new IssuerError(`jwks_uri is not an https address: ${address}`);
  return url;
}

/** fetch, with an end to how much is read. Every failure is an IssuerError. */
async function boundedFetch(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > DOCUMENT_BYTES_MAX) throw new IssuerError(`more than ${DOCUMENT_BYTES_MAX} bytes`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: response.status });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new IssuerError(`${url} could not be read: ${why}`, { cause });
  }
}
