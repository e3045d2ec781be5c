import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';

export const ALGORITHM = 'ES256';

export interface SigningKey {
  privateKey: CryptoKey;
  keyId: string;
  publicJwk: JWK;
}

/** The issuer's key; kept in `directory`, if one is given, so that tokens outlive a restart. */
export async function signingKey(directory: string | undefined): Promise<SigningKey> {
  const jwk = (await storedKey(directory)) ?? (await newKey(directory));
  const privateKey = await importJWK(jwk, ALGORITHM);
  if (privateKey instanceof Uint8Array) throw new TypeError('The stored key is not an elliptic curve key');
  const { d: _private, ...publicPart } = jwk;
  const keyId = await calculateJwkThumbprint(publicPart);
  return { privateKey, keyId, publicJwk: { ...publicPart, kid: keyId, use: 'sig', alg: ALGORITHM } };
}

async function storedKey(directory: string | undefined): Promise<JWK | undefined> {
  if (directory === undefined) return undefined;
  try {
    return JSON.parse(await readFile(keyFile(directory), 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function newKey(directory: string | undefined): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (directory !== undefined) {
    await mkdir(directory, { recursive: true });
    const beside = `${keyFile(directory)}.${process.pid}`;
    await writeFile(beside, JSON.stringify(jwk), { mode: 0o600 });
    await rename(beside, keyFile(directory));
  }
  return jwk;
}

function keyFile(directory: string): string {
  return join(directory, 'issuer-key.json');
}
