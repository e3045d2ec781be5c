import { generateKeyPairSync, createHmac, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openIdentity } from '../../../shared/edge/identity';

const good = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const AUDIENCE = 'sharekeeper';
const groupsClaim = 'groups';

let server: Server;
let issuer: string;
let asked: string[];
/** What the issuer answers by path; a test may change it. */
let answers: Record<string, RequestListener>;

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers = {
    '/.well-known/openid-configuration': json({ issuer, jwks_uri: `${issuer}/keys` }),
    '/keys': json({ keys: [jwkOf(good.publicKey, 'k1')] }),
  };
});

afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function json(body: unknown): RequestListener {
  return (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
}

function jwkOf(key: KeyObject, kid: string) {
  return { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

interface Claims {
  [claim: string]: unknown;
}

async function token(
  changes: Claims = {},
  { key = good.privateKey, header = {} }: { key?: KeyObject; header?: Claims } = {},
): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: AUDIENCE, sub: 'u-1', iat: seconds, exp: seconds + 600, ...changes };
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(key);
}

/** Signed by hand, so that nothing keeps it from being wrong. */
function forged(header: Claims, claims: Claims, sign: (input: string) => string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${sign(input)}`;
}

async function outcome(authorization: string | null): Promise<string> {
  const answer = await openIdentity({ issuer, audience: AUDIENCE, groupsClaim })(authorization);
  return answer.ok ? answer.value.subject : answer.refusal.reason;
}

describe('a token of the issuer', () => {
  test('names a person by issuer and subject, with the roles that we know', async () => {
    const bearer = await token({ name: 'Lin Wei', roles: ['approver', 'admin', 'requester'] });
    expect(await openIdentity({ issuer, audience: AUDIENCE, groupsClaim })(`Bearer ${bearer}`)).toEqual({
      ok: true,
      value: { subject: `${issuer}|u-1`, name: 'Lin Wei', roles: ['requester', 'approver'], groups: [] },
    });
  });

  test.each([
    [{ preferred_username: 'lin' }, 'lin'],
    [{ name: ' ', preferred_username: 7 }, 'u-1'],
    [{ name: 'a\u0000b\u202ec' }, 'a b c'],
    [{ name: 'x'.repeat(300) }, 'x'.repeat(100)],
  ])('with %j is called %s', async (claims, name) => {
    const answer = await openIdentity({ issuer, audience: AUDIENCE, groupsClaim })(
      `Bearer ${await token(claims)}`,
    );
    expect(answer).toMatchObject({ value: { name } });
  });

  test.each([[undefined], ['approver'], [{ approver: true }], [['APPROVER', 7, null]]])(
    'whose roles are %j gives none',
    async (roles) => {
      const answer = await openIdentity({ issuer, audience: AUDIENCE, groupsClaim })(
        `Bearer ${await token({ roles })}`,
      );
      expect(answer).toMatchObject({ value: { roles: [] } });
    },
  );

  test.each([
    [
      ['platform', 7, 'data', 'platform', ''],
      ['platform', 'data'],
    ],
    ['platform', []],
    [undefined, []],
  ])('whose claim of groups is %j puts the person into %j', async (teams, groups) => {
    const identify = openIdentity({ issuer, audience: AUDIENCE, groupsClaim: 'teams' });
    expect(await identify(`Bearer ${await token({ teams, groups: ['other'] })}`)).toMatchObject({
      value: { groups },
    });
  });

  test('is still good 20 seconds after its end, and no longer after 40', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect(await outcome(`Bearer ${await token({ exp: seconds - 20 })}`)).toBe(`${issuer}|u-1`);
    expect(await outcome(`Bearer ${await token({ exp: seconds - 40 })}`)).toBe('token-expired');
  });

  test('is believed with the scheme in any case', async () => {
    expect(await outcome(`bearer ${await token()}`)).toBe(`${issuer}|u-1`);
  });
});

describe('nobody is let in by', () => {
  test('no token', async () => {
    expect(await outcome(null)).toBe('token-missing');
    expect(asked).toEqual([]);
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic dTpw',
    'Bearer a b',
    'Bearer a,Bearer b',
    'Bearer ...',
    'Bearer eyJhbGciOiJSUzI1NiJ9..x',
    `Bearer ${'a'.repeat(9_000)}`,
  ])('"%.30s"', async (authorization) => {
    expect(await outcome(authorization)).toBe('token-refused');
  });

  test.each([
    ['another audience', { aud: 'somebody-else' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no expiry', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is no text', { sub: { $ne: null } as unknown as string }],
    ['a subject with a line break', { sub: 'u-1\nadmin' }],
    ['a time before it begins', { nbf: Math.floor(Date.now() / 1000) + 120 }],
  ])('a token with %s', async (_what, claims) => {
    expect(await outcome(`Bearer ${await token(claims)}`)).toBe('token-refused');
  });

  test('a token signed with another key under the same key id', async () => {
    expect(await outcome(`Bearer ${await token({}, { key: other.privateKey })}`)).toBe('token-refused');
  });

  test('a token that brings its own key along', async () => {
    const header = { jwk: jwkOf(other.publicKey, 'k1'), jku: `${issuer}/other` };
    expect(await outcome(`Bearer ${await token({}, { key: other.privateKey, header })}`)).toBe(
      'token-refused',
    );
    expect(asked).not.toContain('/other');
  });

  test('a token without a signature', async () => {
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'u-1', exp: Math.floor(Date.now() / 1000) + 600 };
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await outcome(`Bearer ${forged({ alg }, claims, () => '')}`)).toBe('token-refused');
    }
    const stripped = (await token()).split('.').slice(0, 2).join('.');
    expect(await outcome(`Bearer ${stripped}.`)).toBe('token-refused');
  });

  test.each(['HS256', 'HS384', 'HS512'])('a token with %s and our public key as its secret', async (alg) => {
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'u-1', exp: Math.floor(Date.now() / 1000) + 600 };
    const secrets = [
      good.publicKey.export({ type: 'spki', format: 'pem' }),
      good.publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwkOf(good.publicKey, 'k1')),
    ];
    for (const secret of secrets) {
      const sign = (input: string) =>
        createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest('base64url');
      expect(await outcome(`Bearer ${forged({ alg, kid: 'k1' }, claims, sign)}`)).toBe('token-refused');
    }
  });

  test('a token whose claims were changed after it was signed', async () => {
    const [header, , signature] = (await token()).split('.');
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'u-2', exp: Math.floor(Date.now() / 1000) + 600 };
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await outcome(`Bearer ${header}.${changed}.${signature}`)).toBe('token-refused');
  });

  test('a token with an extension that must be understood and is not', async () => {
    const header = { crit: ['x'], x: 1 };
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'u-1', exp: Math.floor(Date.now() / 1000) + 600 };
    expect(await outcome(`Bearer ${forged({ alg: 'RS256', ...header }, claims, () => 'AAAA')}`)).toBe(
      'token-refused',
    );
  });
});

describe('the issuer', () => {
  test('is asked once for its document and its keys, and again only for a key that it did not have', async () => {
    const identify = openIdentity({ issuer, audience: AUDIENCE, groupsClaim });
    await identify(`Bearer ${await token()}`);
    await identify(`Bearer ${await token()}`);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('that changed its key is asked for the new one, though not at every forged key id', async () => {
    const identify = openIdentity({ issuer, audience: AUDIENCE, groupsClaim });
    await identify(`Bearer ${await token()}`);
    answers['/keys'] = json({ keys: [jwkOf(other.publicKey, 'k2')] });
    const fresh = await token({}, { key: other.privateKey, header: { kid: 'k2' } });
    expect((await identify(`Bearer ${fresh}`)).ok).toBe(false);

    const laterMs = Date.now() + 31_000;
    vi.spyOn(Date, 'now').mockReturnValue(laterMs);
    expect((await identify(`Bearer ${fresh}`)).ok).toBe(true);
    for (let at = 0; at < 20; at++) {
      await identify(`Bearer ${await token({}, { header: { kid: `forged-${at}` } })}`);
    }
    expect(asked.filter((path) => path === '/keys')).toHaveLength(2);
  });

  test('that does not answer is no reason to call a token wrong, and is asked again', async () => {
    const identify = openIdentity({ issuer, audience: AUDIENCE, groupsClaim });
    const bearer = `Bearer ${await token()}`;
    const whole = answers;
    answers = {};
    expect(await identify(bearer)).toEqual({ ok: false, refusal: { reason: 'issuer-unreachable' } });
    answers = { ...whole, '/keys': (_request, response) => response.destroy() };
    expect(await identify(bearer)).toEqual({ ok: false, refusal: { reason: 'issuer-unreachable' } });
    answers = whole;
    expect(await identify(bearer)).toMatchObject({ ok: true });
  });

  const documents: [string, (its: string) => RequestListener][] = [
    ['names another issuer', (its) => json({ issuer: 'https://evil.example', jwks_uri: `${its}/keys` })],
    [
      'has its keys at a plain address elsewhere',
      (its) => json({ issuer: its, jwks_uri: 'http://192.0.2.1/' }),
    ],
    ['has its keys in a file', (its) => json({ issuer: its, jwks_uri: 'file:///etc/passwd' })],
    ['has its keys nowhere', (its) => json({ issuer: its })],
    ['is a list', () => json([])],
    ['is a page', () => (_request, response) => response.end('<html>')],
    [
      'is elsewhere',
      (its) => (_request, response) => response.writeHead(302, { location: `${its}/x` }).end(),
    ],
    ['has no end', () => (_request, response) => response.end(`{"a":"${'x'.repeat(300_000)}"}`)],
  ];
  test.each(documents)('is not believed when its document %s', async (_what, answerOf) => {
    answers['/.well-known/openid-configuration'] = answerOf(issuer);
    answers['/x'] = json({ issuer, jwks_uri: `${issuer}/keys` });
    expect(await outcome(`Bearer ${await token()}`)).toBe('issuer-unreachable');
  });

  test('is not believed when its keys have no end', async () => {
    answers['/keys'] = json({ keys: [jwkOf(good.publicKey, 'k1')], padding: 'x'.repeat(300_000) });
    expect(await outcome(`Bearer ${await token()}`)).toBe('issuer-unreachable');
  });

  test.each(['http://idp.example', 'http://127.0.0.1.evil.example', 'http://10.0.0.1', 'ftp://127.0.0.1'])(
    'at %s is refused when the function starts',
    (address) => {
      expect(() => openIdentity({ issuer: address, audience: AUDIENCE, groupsClaim })).toThrow(
        'SHAREKEEPER_OIDC_ISSUER',
      );
    },
  );

  test.each(['https://idp.example', 'http://localhost:1', 'http://[::1]:1', 'http://127.1.2.3:1'])(
    'at %s is accepted when the function starts',
    (address) => {
      expect(openIdentity({ issuer: address, audience: AUDIENCE, groupsClaim })).toBeTypeOf('function');
    },
  );
});

test('the log tells why a token was refused, and holds nothing of it', async () => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {});
  const bearer = await token({ aud: 'somebody-else' });
  await outcome(`Bearer ${bearer}`);
  expect(lines.mock.calls).toEqual([
    ['{"event":"identity.token_refused","code":"ERR_JWT_CLAIM_VALIDATION_FAILED","claim":"aud"}'],
  ]);
});
