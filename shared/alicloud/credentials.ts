import { ProviderError, type Clock } from '../flow/ports';
import type { Fields } from './fields';
import type { Answered, Asked } from './products';
import type { Credentials } from './signed-call';

type AssumeRole = (request: Asked<'Sts', 'AssumeRole'>) => Promise<Fields<Answered<'Sts', 'AssumeRole'>>>;

/** How the function gets at an account. */
export interface CredentialSource {
  /** Throws a ProviderError 'refused', with what to do about it, when the account's role cannot be assumed. */
  of(accountId: string): Promise<Credentials>;
  /** Lets go of a session that the provider no longer takes, so that the next call opens a new one. */
  forget(accountId: string): void;
}

interface Session {
  credentials: Credentials;
  expirationMs: number;
}

/** A session is given up this long before it ends, so that no call starts with one that ends under way. */
const RENEWED_BEFORE_END_MS = 5 * 60_000;
/** Stands in the audit trail of the accounts that are entered. */
const SESSION_NAME = 'sharekeeper';

/** Sessions outlive an invocation: an instance opens one for each account and hour. */
const sessions = new Map<string, Promise<Session>>();

/**
 * The own account by the credentials that Function Compute put into the context of this invocation; every other one by
 * STS AssumeRole into its `memberRole`. Many calls at once open one session.
 * `realm` keeps apart what must not be mixed up in one process: the STS endpoint that sessions come from.
 */
export function credentialSource(options: {
  own: { accountId: string; credentials: Credentials };
  memberRole: string;
  realm: string;
  clock: Clock;
  assumeRole: AssumeRole;
}): CredentialSource {
  const { own, memberRole, realm, clock, assumeRole } = options;
  const arnOf = (accountId: string) => `acs:ram::${accountId}:role/${memberRole}`;
  const keyOf = (accountId: string) => `${realm} ${own.accountId} ${arnOf(accountId)}`;

  const open = async (accountId: string): Promise<Session> => {
    const roleArn = arnOf(accountId);
    try {
      const answer = await assumeRole({ RoleArn: roleArn, RoleSessionName: SESSION_NAME });
      return sessionFrom(answer);
    } catch (error) {
      throw error instanceof ProviderError && error.kind === 'refused'
        ? notLetIn(error, { accountId, roleArn, ownAccountId: own.accountId })
        : error;
    }
  };

  const renewed = (accountId: string): Promise<Session> => {
    const key = keyOf(accountId);
    const session = open(accountId);
    sessions.set(key, session);
    session.catch(() => {
      if (sessions.get(key) === session) sessions.delete(key);
    });
    return session;
  };

  return {
    async of(accountId) {
      if (accountId === own.accountId) return own.credentials;
      const key = keyOf(accountId);
      const known = sessions.get(key) ?? renewed(accountId);
      const session = await known;
      if (clock.nowMs() < session.expirationMs - RENEWED_BEFORE_END_MS) return session.credentials;
      // The first one to find it stale renews it; the others take what that one opened.
      const newer = sessions.get(key);
      return (await (newer === known || newer === undefined ? renewed(accountId) : newer)).credentials;
    },
    forget: (accountId) => void sessions.delete(keyOf(accountId)),
  };
}

function sessionFrom(answer: Fields<Answered<'Sts', 'AssumeRole'>>): Session {
  const credentials = answer.object('Credentials');
  return {
    credentials: {
      accessKeyId: credentials.text('AccessKeyId'),
      accessKeySecret: credentials.text('AccessKeySecret'),
      securityToken: credentials.text('SecurityToken'),
    },
    expirationMs: credentials.timeMs('Expiration'),
  };
}

function notLetIn(
  refused: ProviderError,
  role: { accountId: string; roleArn: string; ownAccountId: string },
): ProviderError {
  const { code, requestId } = refused;
  const what =
    code === 'EntityNotExist.Role'
      ? `There is no such role: create it in account ${role.accountId}, trusting account ${role.ownAccountId}.`
      : `Let the role's trust policy name account ${role.ownAccountId}, and allow this function's own role sts:AssumeRole on it.`;
  return new ProviderError('refused', {
    code,
    requestId,
    message: `Account ${role.accountId} cannot be reached: STS did not hand out ${role.roleArn} (${code}). ${what}`,
    cause: refused,
  });
}
