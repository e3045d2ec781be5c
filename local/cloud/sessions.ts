import { createHmac, randomBytes } from 'node:crypto';
import type { World } from './world';

/** Temporary credentials of a RAM role. */
export interface SessionCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken: string;
  expirationMs: number;
}

/** Who a temporary AccessKey stands for. */
export interface Session {
  accountId: string;
  roleName: string;
  sessionName: string;
  expirationMs: number;
}

const PREFIX = 'STS.';

/**
 * Makes temporary credentials. The AccessKey id says what it stands for, and secret and token follow from it with the
 * world's own secret: so nothing has to be kept, and credentials outlive a restart of the process.
 */
export function openSession(session: Session, world: World): SessionCredentials {
  const { accountId, roleName, sessionName, expirationMs } = session;
  const nonce = randomBytes(6).toString('base64url');
  const claims = JSON.stringify([accountId, roleName, sessionName, expirationMs, nonce]);
  const accessKeyId = PREFIX + Buffer.from(claims).toString('base64url');
  return {
    accessKeyId,
    accessKeySecret: derive('secret', accessKeyId, world),
    securityToken: `CAIS${derive('token', accessKeyId, world)}`,
    expirationMs,
  };
}

/**
 * What a temporary AccessKey id says, with the secret and token that belong to it; undefined when it is none.
 * Anyone can write such an id, but only this world knows the secret that goes with it.
 */
export function readSession(
  accessKeyId: string,
  world: World,
): (Session & { secret: string; securityToken: string }) | undefined {
  if (!accessKeyId.startsWith(PREFIX)) return undefined;
  const claims = parse(Buffer.from(accessKeyId.slice(PREFIX.length), 'base64url').toString());
  if (!Array.isArray(claims)) return undefined;
  const [accountId, roleName, sessionName, expirationMs]: unknown[] = claims;
  if (
    typeof accountId !== 'string' ||
    typeof roleName !== 'string' ||
    typeof sessionName !== 'string' ||
    typeof expirationMs !== 'number'
  ) {
    return undefined;
  }
  return {
    accountId,
    roleName,
    sessionName,
    expirationMs,
    secret: derive('secret', accessKeyId, world),
    securityToken: `CAIS${derive('token', accessKeyId, world)}`,
  };
}

function derive(purpose: string, accessKeyId: string, world: World): string {
  if (world.secret === undefined) throw new Error('The world has no secret yet: startCloud gives it one.');
  return createHmac('sha256', world.secret).update(`${purpose}:${accessKeyId}`).digest('base64url');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one of our ids: the caller answers that the key is not found.
    return undefined;
  }
}
