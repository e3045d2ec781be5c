import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDoor, type Door } from './door';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(async () => {
  await door.stop();
});

async function knock(authorization: string) {
  const { status, headers, json } = await door.call('GET', '/v1/requests', { authorization });
  return [status, json.code, headers['www-authenticate']];
}

const REFUSED = [401, 'token-refused', 'Bearer realm="sharekeeper", error="invalid_token"'];

function claims(): Record<string, unknown> {
  const exp = Math.floor(Date.now() / 1000) + 600;
  return { iss: door.issuer.url, aud: 'sharekeeper', sub: 'person-ada', roles: ['approver'], exp };
}

/** The key that the issuer publishes, as anybody can fetch it. */
async function publishedKey() {
  const response = await fetch(`${door.issuer.url}/jwks.json`);
  const { keys } = (await response.json()) as { keys: (JWK & { kid: string })[] };
  const [key] = keys;
  if (key === undefined) throw new Error('The issuer publishes no key');
  return key;
}

describe('the door stays shut', () => {
  test('without a token, whatever headers claim that somebody checked one', async () => {
    const headers = {
      'X-Fc-Account-Id': '1600000000000001',
      'X-Jwt-Claim-Sub': 'person-ada',
      Sub: 'person-ada',
      Roles: 'approver',
      Cookie: 'token=x',
    };
    const said = await door.call('GET', '/v1/requests', { headers, query: { access_token: 'x' } });
    expect([said.status, said.json.code, said.headers['www-authenticate']]).toEqual([
      401,
      'token-missing',
      'Bearer realm="sharekeeper"',
    ]);
  });

  test('to a token that has expired, and says so', async () => {
    const expired = await door.issuer.token('Ren', { lifetimeSeconds: -60 });
    expect(await knock(`Bearer ${expired}`)).toEqual([401, 'token-expired', REFUSED[2]]);
  });

  test.each([
    ['for another audience', { audience: 'another-app' }],
    ['of another issuer', { overrides: { iss: 'https://evil.example' } }],
    ['without an end', { overrides: { exp: undefined } }],
    ['without a subject', { overrides: { sub: undefined } }],
    ['that is not valid yet', { overrides: { nbf: 4_000_000_000 } }],
  ])('to a token %s', async (_what, options) => {
    expect(await knock(`Bearer ${await door.issuer.token('Ren', options)}`)).toEqual(REFUSED);
  });

  test('to a token that somebody else signed under the key id of the issuer', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kid } = await publishedKey();
    const forged = await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    expect(await knock(`Bearer ${forged}`)).toEqual(REFUSED);
  });

  test('to a token without a signature, and to one signed with the public key as a secret', async () => {
    const jwk = await publishedKey();
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = (alg: string) => `${part({ alg, kid: jwk.kid })}.${part(claims())}`;
    expect(await knock(`Bearer ${unsigned('none')}.`)).toEqual(REFUSED);

    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const secrets = [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
    ];
    for (const secret of secrets) {
      const input = unsigned('HS256');
      const signature = createHmac('sha256', secret).update(input).digest('base64url');
      expect(await knock(`Bearer ${input}.${signature}`)).toEqual(REFUSED);
    }
  });

  test('to roles that a token does not have, though the caller changed its claims', async () => {
    const [header, payload = '', signature] = (await door.issuer.token('Ren')).split('.');
    const mine = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const better = Buffer.from(JSON.stringify({ ...mine, roles: ['approver'] })).toString('base64url');
    expect(await knock(`Bearer ${header}.${better}.${signature}`)).toEqual(REFUSED);
  });

  test('to somebody without a role', async () => {
    const token = await door.issuer.token('Ren', { overrides: { roles: ['admin', 'root'] } });
    const said = await door.call('GET', '/v1/requests', { authorization: `Bearer ${token}` });
    expect([said.status, said.json.code]).toEqual([403, 'role-needed']);
  });
});

test('what is said to a stranger holds no reason that helps to forge', async () => {
  const bodies = [];
  for (const options of [{ audience: 'x' }, { overrides: { iss: 'x' } }, { overrides: { sub: '' } }]) {
    const authorization = `Bearer ${await door.issuer.token('Ren', options)}`;
    const { json } = await door.call('GET', '/v1/requests', { authorization });
    const { instance: _instance, ...told } = json;
    bodies.push(JSON.stringify(told));
  }
  expect(new Set(bodies).size).toBe(1);
});

test('no token is ever logged', async () => {
  const token = await door.issuer.token('Ren');
  door.lines.length = 0;
  await door.call('GET', '/v1/requests', { authorization: `Bearer ${token}` });
  await door.call('GET', '/v1/requests', { authorization: `Bearer ${token}x` });
  expect(door.lines.length).toBeGreaterThan(1);
  expect(door.lines.filter((line) => line.includes(token.slice(0, 20)))).toEqual([]);
});

test('every answer tells a browser to keep, embed and run nothing', async () => {
  for (const [path, status] of [
    ['/healthz', 200],
    ['/v1/requests', 401],
    ['/nowhere', 404],
  ] as const) {
    const said = await door.call('GET', path);
    expect(said.status).toBe(status);
    expect(said.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(said.headers).not.toHaveProperty('access-control-allow-origin');
  }
});
