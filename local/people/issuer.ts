import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../clock';
import { people, personNamed } from './cast';
import { escaped, page } from './page';
import { ALGORITHM, signingKey } from './signing-key';
import { type Answer, jsonAnswer, readText, serve } from './small-server';

const DEFAULT_AUDIENCE = 'sharekeeper';
const DEFAULT_LIFETIME_SECONDS = 3600;

export interface TokenOptions {
  /** Default: sharekeeper. */
  audience?: string;
  /** Default: 3600. A negative one makes a token that has expired already. */
  lifetimeSeconds?: number;
  /** Claims that replace or join the person's own, e.g. another `iss`; for trying what an API refuses. */
  overrides?: Record<string, unknown>;
}

export interface Issuer {
  readonly url: string;
  /** A signed token of a person of `people`, by first name; `iat` and `exp` follow the clock. */
  readonly token: (personName: string, options?: TokenOptions) => Promise<string>;
  readonly people: typeof people;
  readonly close: () => Promise<void>;
}

/**
 * An OIDC issuer for development: discovery, keys, and tokens for the asking. Whoever reaches it can be anybody, so it
 * listens on loopback only.
 */
export async function startIssuer(options: {
  port: number;
  clock: Clock;
  /** Where the key is kept, so that tokens outlive a restart; without it, each start has a new one. */
  directory?: string;
}): Promise<Issuer> {
  const { privateKey, keyId, publicJwk } = await signingKey(options.directory);
  let url = '';

  const token = (personName: string, how: TokenOptions = {}): Promise<string> => {
    const { audience = DEFAULT_AUDIENCE, lifetimeSeconds = DEFAULT_LIFETIME_SECONDS, overrides = {} } = how;
    const nowSeconds = Math.floor(options.clock.nowMs() / 1000);
    const times = { iat: nowSeconds, exp: nowSeconds + lifetimeSeconds, jti: randomUUID() };
    return new SignJWT({ iss: url, aud: audience, ...personNamed(personName), ...times, ...overrides })
      .setProtectedHeader({ alg: ALGORITHM, kid: keyId, typ: 'JWT' })
      .sign(privateKey);
  };

  const askedToken = async (form: URLSearchParams): Promise<Answer> => {
    const personName = form.get('person') ?? '';
    const audience = form.get('audience') ?? DEFAULT_AUDIENCE;
    try {
      const accessToken = await token(personName, { audience });
      return jsonAnswer(200, {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: DEFAULT_LIFETIME_SECONDS,
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return jsonAnswer(400, { error: 'invalid_request', error_description: error.message });
    }
  };

  const server = await serve(options.port, async (request) => {
    switch (`${request.method} ${request.url}`) {
      case 'GET /.well-known/openid-configuration':
        return jsonAnswer(200, discovery(url));
      case 'GET /jwks.json':
        return jsonAnswer(200, { keys: [publicJwk] });
      case 'POST /token':
        return askedToken(new URLSearchParams(await readText(request)));
      case 'GET /':
        return page('People', peopleTable(url));
      default:
        return jsonAnswer(404, { error: 'not_found' });
    }
  });
  url = server.url;
  return { url, token, people, close: server.close };
}

function discovery(url: string): Record<string, unknown> {
  return {
    issuer: url,
    jwks_uri: `${url}/jwks.json`,
    token_endpoint: `${url}/token`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
    claims_supported: ['sub', 'name', 'email', 'roles', 'groups'],
  };
}

function peopleTable(url: string): string {
  const rows = Object.entries(people).map(
    ([key, { name, email, roles }]) =>
      `<tr><td>${escaped(key)}</td><td>${escaped(name)}</td><td>${escaped(email)}</td><td>${roles.join(', ')}</td></tr>`,
  );
  return `<table><tr><th>person<th>name<th>email<th>roles</tr>${rows.join('')}</table>
    <p>A token: <code>curl -s -d person=Ren ${escaped(url)}/token</code></p>`;
}
