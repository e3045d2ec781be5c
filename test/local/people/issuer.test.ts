import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { windableClock } from '../../../local/clock';
import { type Issuer, startIssuer } from '../../../local/people/issuer';

const issuers: Issuer[] = [];
afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer.close();
});

const start = async (clock = windableClock(), directory?: string) => {
  const issuer = await startIssuer({ port: 0, clock, ...(directory === undefined ? {} : { directory }) });
  issuers.push(issuer);
  return issuer;
};

const claimsOf = async (issuer: Issuer, token: string, currentDate = new Date()) => {
  const discovery = (await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()) as {
    issuer: string;
    jwks_uri: string;
  };
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
  const options = { issuer: discovery.issuer, audience: 'sharekeeper', currentDate };
  return (await jwtVerify(token, keys, options)).payload;
};

test('a token verifies with nothing but the discovery document', async () => {
  const issuer = await start();

  const { sub, name, email, roles } = await claimsOf(issuer, await issuer.token('Bo'));

  expect({ sub, name, email, roles }).toEqual({
    sub: 'person-bo',
    name: 'Bo Lindqvist',
    email: 'bo@example.com',
    roles: ['requester', 'approver'],
  });
});

test('everybody has the roles that the tour needs', async () => {
  const issuer = await start();

  const roles = Object.entries(issuer.people).map(([key, person]) => `${key}: ${person.roles.join(' ')}`);

  expect(roles).toEqual([
    'Ren: requester',
    'Mei: requester',
    'Ada: approver',
    'Bo: requester approver',
    'Sam: approver',
    'Olu: operator',
    'Ines: auditor',
  ]);
});

test('a token of a wound clock is issued in the future of the machine', async () => {
  const clock = windableClock(0, () => Date.parse('2027-01-01T00:00:00Z'));
  clock.wind(86_400_000);
  const issuer = await start(clock);

  const claims = await claimsOf(issuer, await issuer.token('Ren'), new Date('2027-01-02T00:30:00Z'));

  expect([claims.iat, claims.exp]).toEqual([1_798_848_000, 1_798_851_600]);
});

test('a lifetime, an audience and any claim can be chosen, to see what an API refuses', async () => {
  const issuer = await start();

  const expired = await issuer.token('Ren', { lifetimeSeconds: -60 });
  const elsewhere = await issuer.token('Ren', { audience: 'another' });
  const stranger = await issuer.token('Ren', { overrides: { iss: 'https://elsewhere.example' } });

  await expect(claimsOf(issuer, expired)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  await expect(claimsOf(issuer, elsewhere)).rejects.toMatchObject({ claim: 'aud' });
  await expect(claimsOf(issuer, stranger)).rejects.toMatchObject({ claim: 'iss' });
});

test('a token outlives a restart of the issuer on the same directory, and not one on another', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'issuer-'));
  try {
    const before = await start(windableClock(), directory);
    const token = await before.token('Ada', { overrides: { iss: 'kept' } });
    const [after, another] = [await start(windableClock(), directory), await start()];
    const verify = (issuer: Issuer) =>
      jwtVerify(token, createRemoteJWKSet(new URL(`${issuer.url}/jwks.json`)));

    expect((await verify(after)).payload.sub).toBe('person-ada');
    await expect(verify(another)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('the private key is not among the published ones', async () => {
  const issuer = await start();

  const { keys } = (await (await fetch(`${issuer.url}/jwks.json`)).json()) as { keys: object[] };

  expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
    ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
  ]);
});

test('a form gets a token, and a stranger is told who there is', async () => {
  const issuer = await start();
  const ask = (person: string) =>
    fetch(`${issuer.url}/token`, { method: 'POST', body: new URLSearchParams({ person }) });

  const known = (await (await ask('mei')).json()) as { access_token: string };
  const unknown = await ask('Zoe');

  expect((await claimsOf(issuer, known.access_token)).sub).toBe('person-mei');
  expect(unknown.status).toBe(400);
  expect(await unknown.json()).toEqual({
    error: 'invalid_request',
    error_description: 'Nobody is called Zoe; there are Ren, Mei, Ada, Bo, Sam, Olu, Ines',
  });
});

test('the front page lists the people', async () => {
  const issuer = await start();

  expect(await (await fetch(issuer.url)).text()).toContain('<td>Ines</td><td>Ines Duarte</td>');
});
