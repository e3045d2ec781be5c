import { createHash } from 'node:crypto';
import { DAY_MS } from '../cloud/times';
import type { Account, AccountQuotas, Directory, Member } from '../cloud/world';
import { type AccessKey, FUNCTION_ROLE, MEMBER_ROLE } from './estate';

/** The quotas of a new account. Sources: Resource Management limits; Share a snapshot; Share a custom image. */
export const NEW_ACCOUNT_QUOTAS: AccountQuotas = {
  shares: 1000,
  sharedResources: 1000,
  pendingInvitations: 100,
  sharedSnapshots: 1024,
  accountsPerSnapshot: 64,
  accountsPerImage: 50,
};

const USER_NAME = 'operator';
/** The roles that an owner makes by hand so that the ECS of receivers can use its keys. */
const ENCRYPTION_ROLES = [
  'AliyunECSShareEncryptImageDefaultRole',
  'AliyunECSShareEncryptSnapshotDefaultRole',
];
const MAX_SESSION_SECONDS = 3600;

/** The AccessKey of an account's RAM user: the same for the same estate name, seed and account, and plainly no real one. */
export function accessKeyOf(estateName: string, seed: number, accountId: string): AccessKey {
  const digest = createHash('sha256').update(`${estateName} ${seed} ${accountId}`).digest('hex');
  return {
    accessKeyId: `LTAI-local-${digest.slice(0, 12)}`,
    accessKeySecret: `local-secret-${digest.slice(12, 36)}`,
    userName: USER_NAME,
  };
}

/** An account with one RAM user and no roles. */
export function account(
  accountId: string,
  displayName: string,
  site: Account['site'],
  key: AccessKey,
): Account {
  return {
    accountId,
    displayName,
    site,
    accessKeys: { [key.accessKeyId]: { secret: key.accessKeySecret, userName: key.userName } },
    roles: {},
    quotas: { ...NEW_ACCOUNT_QUOTAS },
  };
}

/** Gives the management account the role that Function Compute assumes. */
export function withFunctionRole(management: Account): Account {
  return { ...management, roles: { [FUNCTION_ROLE]: role('fc.aliyuncs.com') } };
}

/**
 * Gives a member the role that the management account assumes, and the two that sharing encrypted things needs.
 *
 * @param receivers accounts, or a directory, that the owner lets use its keys: nobody unless told
 */
export function withMemberRoles(
  member: Account,
  managementAccountId: string,
  receivers: readonly string[] = [],
): Account {
  const services = receivers.map((receiver) => `${receiver}@ecs.aliyuncs.com`);
  const encryption = ENCRYPTION_ROLES.map((name) => [name, role(...services)] as const);
  return {
    ...member,
    roles: { [MEMBER_ROLE]: role(managementAccountId), ...Object.fromEntries(encryption) },
  };
}

/** A directory without folders and members, as it is on the day that it is enabled. */
export function directory(name: string, managementAccountId: string, createMs: number): Directory {
  const rootFolderId = `r-${name}`;
  return {
    resourceDirectoryId: `rd-${name}`,
    rootFolderId,
    managementAccountId,
    delegatedAdministrators: [],
    createMs,
    folders: {
      [rootFolderId]: { folderId: rootFolderId, parentFolderId: null, folderName: 'root', createMs },
    },
    members: {},
  };
}

/** A member made in the directory itself. */
export function member(of: Account, folderId: string, joinMs: number): Member {
  return {
    accountId: of.accountId,
    displayName: of.displayName,
    folderId,
    type: 'ResourceAccount',
    joinMethod: 'created',
    joinMs,
    modifyMs: joinMs + DAY_MS,
    status: 'CreateSuccess',
    deletionStatus: '',
  };
}

function role(...trusts: string[]): Account['roles'][string] {
  return { trusts, maxSessionSeconds: MAX_SESSION_SECONDS };
}
