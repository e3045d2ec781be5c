import type { Caller } from './product';
import { readSession } from './sessions';
import type { World } from './world';

/** An AccessKey that the world knows, long-lived or temporary, and whom it stands for. */
export interface Credential {
  secret: string;
  /** Set for temporary credentials, which must bring it along. */
  securityToken?: string;
  /** When temporary credentials end. */
  expirationMs?: number;
  caller: Caller;
}

/** Finds an AccessKey, also one that has expired; undefined when the world does not know it. */
export function credentialOf(accessKeyId: string, world: World): Credential | undefined {
  for (const account of Object.values(world.accounts)) {
    const key = account.accessKeys[accessKeyId];
    if (key !== undefined) return { secret: key.secret, caller: userOf(account.accountId, key.userName) };
  }
  const session = readSession(accessKeyId, world);
  if (session === undefined) return undefined;
  const { accountId, roleName, sessionName, expirationMs, secret, securityToken } = session;
  if (world.accounts[accountId]?.roles[roleName] === undefined) return undefined;
  return {
    secret,
    securityToken,
    expirationMs,
    caller: {
      accountId,
      identityType: 'AssumedRoleUser',
      arn: `acs:ram::${accountId}:assumed-role/${roleName}/${sessionName}`,
      principalId: `${ramIdOf(accountId, 'role', roleName)}:${sessionName}`,
    },
  };
}

/** RAM users and roles have 18-digit ids; this one follows from the name, so that it is the same each time. */
export function ramIdOf(accountId: string, kind: 'user' | 'role', name: string): string {
  let id = 7n;
  for (const character of `${accountId}/${kind}/${name}`) {
    id = (id * 1_000_003n + BigInt(character.codePointAt(0) ?? 0)) % 100_000_000_000_000_000n;
  }
  return `${kind === 'user' ? '2' : '3'}${String(id).padStart(17, '0')}`;
}

function userOf(accountId: string, userName: string | null): Caller {
  if (userName === null) {
    return { accountId, identityType: 'Account', arn: `acs:ram::${accountId}:root`, principalId: accountId };
  }
  return {
    accountId,
    identityType: 'RAMUser',
    arn: `acs:ram::${accountId}:user/${userName}`,
    principalId: ramIdOf(accountId, 'user', userName),
  };
}
