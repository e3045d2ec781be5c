import { createHash } from 'node:crypto';
import { type Action, type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';

export const CLIENT_TOKEN = {
  ClientToken: { type: 'string', maxLength: 64 },
} as const satisfies Record<string, ParameterSpec>;

/**
 * An action that takes a ClientToken: sent again with the same parameters it answers what it answered and does nothing.
 * How long a token is remembered is not documented; here as long as the world lasts. A refusal is not remembered.
 *
 * @throws ProviderRefusal 403 IdempotentParameterMismatch when the parameters are others (CreateSnapshot names it).
 */
export function idempotent(name: string, action: Action): Action {
  return {
    ...action,
    run(call) {
      const token = textOf(call, 'ClientToken');
      if (token === undefined) return action.run(call);
      call.world.clientTokens ??= {};
      const tokens = call.world.clientTokens;
      const key = [call.caller.accountId, call.regionId, name, token].join(' ');
      const asked = digestOf(call);
      const earlier = tokens[key];
      if (earlier === undefined) {
        const answer = action.run(call);
        tokens[key] = { asked, answer };
        return answer;
      }
      if (earlier.asked === asked) return { ...earlier.answer };
      throw new ProviderRefusal(403, 'IdempotentParameterMismatch', 'The specified clientToken is used.');
    },
  };
}

function digestOf({ parameters }: Call): string {
  return createHash('sha256').update(JSON.stringify(parameters)).digest('base64url');
}
