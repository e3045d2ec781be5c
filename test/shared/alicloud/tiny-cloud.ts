import { windableClock, type WindableClock } from '../../../local/clock';
import { startCloud, type Cloud } from '../../../local/cloud/cloud';
import type { World } from '../../../local/cloud/world';
import { TINY, tiny } from '../../../local/estates/tiny';
import { providerClient, type ProviderClient } from '../../../shared/alicloud/provider-client';
import type { ProviderClientOptions } from '../../../shared/alicloud/provider-client';
import { configurationAt } from './outside';

export { TINY };
/** Where the tiny estate keeps its resources: a member's account, reached through the member role. */
export const PLACE = { ownerAccountId: TINY.producer, regionId: TINY.regionId };

export interface TinyCloud {
  cloud: Cloud;
  clock: WindableClock;
  /** What runs in the management account, with the credentials that Function Compute would hand out now. */
  client: (options?: ProviderClientOptions) => ProviderClient;
  /** The same in another account, as that account's RAM user. */
  clientOf: (accountId: string) => ProviderClient;
  /** How often an action was called, by whomever. */
  calls: (action: string) => number;
}

/** A local cloud with the tiny estate, changed as the test wants it before it starts. */
export async function startTiny(
  change: (world: World, nowMs: number) => void = () => {},
): Promise<TinyCloud> {
  const clock = windableClock();
  const { world, accessKeys } = tiny(clock.nowMs());
  change(world, clock.nowMs());
  const cloud = await startCloud({ world, clock });
  const configuration = configurationAt({ '*/*': cloud.endpoints[TINY.regionId] ?? '' });
  const { regionId } = TINY;
  return {
    cloud,
    clock,
    client: (options = {}) =>
      providerClient(
        configuration,
        {
          accountId: TINY.management,
          regionId,
          credentials: cloud.roleCredentials(TINY.management, 'sharekeeper'),
        },
        clock,
        { random: () => 0, ...options },
      ),
    clientOf(accountId) {
      const key = accessKeys[accountId];
      if (key === undefined) throw new Error(`The tiny estate has no key of ${accountId}`);
      return providerClient(
        configuration,
        { accountId, regionId, credentials: { ...key, securityToken: '' } },
        clock,
      );
    },
    calls: (action) => cloud.calls.find({ action }).length,
  };
}
