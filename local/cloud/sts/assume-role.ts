import { ramIdOf } from '../credentials';
import { type Action, type Call, type ParameterProblem, ProviderRefusal } from '../product';
import { numberOf, textOf } from '../read-parameters';
import { openSession } from '../sessions';
import { toSeconds } from '../times';
import type { World } from '../world';

/** Source: STS AssumeRole. Below 15 minutes no session is opened. */
const DURATION_MIN_SECONDS = 900;
const DURATION_DEFAULT_SECONDS = 3_600;
const POLICY_MAX_CHARACTERS = 2_048;

/**
 * Temporary credentials for a RAM role, when the role trusts the caller's account. Only RAM users and roles may call:
 * the key of an account itself is refused. A session policy is checked for its form and has no effect.
 *
 * @throws ProviderRefusal 403 NoPermission, 404 EntityNotExist.Role, 400 InvalidParameter.…
 */
export const assumeRole: Action = {
  parameters: {
    RoleArn: { type: 'string', required: true },
    RoleSessionName: { type: 'string', required: true },
    DurationSeconds: { type: 'integer' },
    ExternalId: { type: 'string', minLength: 2, maxLength: 1_224 },
    Policy: { type: 'string' },
    SourceIdentity: { type: 'string' },
  },
  ratePerSecond: 100,
  run(call) {
    const { accountId, roleName, role } = roleOf(textOf(call, 'RoleArn') ?? '', call.world);
    const sessionName = textOf(call, 'RoleSessionName') ?? '';
    if (!/^[\w.@-]{2,64}$/.test(sessionName)) throw wronglyFormed('RoleSessionName');
    checkPolicy(textOf(call, 'Policy'));
    if (call.caller.identityType === 'Account' || !role.trusts.includes(call.caller.accountId)) {
      throw new ProviderRefusal(
        403,
        'NoPermission',
        'You are not authorized to do this action. You should be authorized by RAM.',
      );
    }
    const seconds = durationOf(call, role.maxSessionSeconds);
    const session = openSession(
      { accountId, roleName, sessionName, expirationMs: call.nowMs + seconds * 1_000 },
      call.world,
    );
    return {
      AssumedRoleUser: {
        Arn: `acs:ram::${accountId}:role/${roleName}/${sessionName}`,
        AssumedRoleId: `${ramIdOf(accountId, 'role', roleName)}:${sessionName}`,
      },
      Credentials: {
        AccessKeyId: session.accessKeyId,
        AccessKeySecret: session.accessKeySecret,
        SecurityToken: session.securityToken,
        Expiration: toSeconds(session.expirationMs),
      },
      ...sourceIdentityOf(call),
    };
  },
};

/** `acs:ram::<account>:role/<name>`; the name in any case, as the provider reads it. */
function roleOf(arn: string, world: World) {
  const [, accountId, name] = /^acs:ram::(\d+):role\/([\w.-]{1,64})$/.exec(arn) ?? [];
  if (accountId === undefined || name === undefined) throw wronglyFormed('RoleArn');
  const roles = Object.entries(world.accounts[accountId]?.roles ?? {});
  const found = roles.find(([roleName]) => roleName.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new ProviderRefusal(404, 'EntityNotExist.Role', `The role not exists: ${arn} .`);
  }
  return { accountId, roleName: found[0], role: found[1] };
}

function durationOf(call: Call, maxSessionSeconds: number): number {
  const seconds = numberOf(call, 'DurationSeconds') ?? Math.min(DURATION_DEFAULT_SECONDS, maxSessionSeconds);
  if (seconds >= DURATION_MIN_SECONDS && seconds <= maxSessionSeconds) return seconds;
  throw new ProviderRefusal(
    400,
    'InvalidParameter.DurationSeconds',
    `The Min/Max value of DurationSeconds is 15min/${maxSessionSeconds / 3_600}hr.`,
  );
}

function checkPolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  if (policy.length > POLICY_MAX_CHARACTERS) {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.PolicySize',
      `The size of Policy must be smaller than ${POLICY_MAX_CHARACTERS} bytes.`,
    );
  }
  try {
    JSON.parse(policy);
  } catch {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.PolicyGrammar',
      'The parameter Policy has not passed grammar check.',
    );
  }
}

function sourceIdentityOf(call: Call): Record<string, string> {
  const sourceIdentity = textOf(call, 'SourceIdentity');
  return sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity };
}

function wronglyFormed(name: string): ProviderRefusal {
  return new ProviderRefusal(400, `InvalidParameter.${name}`, `The parameter ${name} is wrongly formed.`);
}

/** STS words its refusals in its own way. */
export function refuseStsParameter({ name, problem }: ParameterProblem): ProviderRefusal {
  if (problem === 'missing') {
    return new ProviderRefusal(400, `MissingParameter.${name}`, `The parameter ${name} must not be null.`);
  }
  return wronglyFormed(name);
}
