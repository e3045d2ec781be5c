import type { OtherItem } from '../domain/sharing/preflight/facts';
import type { Place } from '../domain/sharing/resource';
import { inBatches } from './paging';
import type { ProviderClient } from './provider-client';

/** DescribeDeploymentSets takes 100 ids and shows 50 of them on a page; DescribeVSwitches shows 50 too. */
const PER_PAGE_MAX = 50;

/** Deployment sets by id. The provider shows sets of others too, with the account that owns each. */
export async function deploymentSetItems(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  ids: readonly string[],
): Promise<Map<string, OtherItem>> {
  const found = await inBatches(ids, PER_PAGE_MAX, async (some) => {
    const answer = await client.call(
      'Ecs',
      'DescribeDeploymentSets',
      { accountId, regionId },
      { RegionId: regionId, DeploymentSetIds: JSON.stringify(some), PageSize: PER_PAGE_MAX },
    );
    return answer.object('DeploymentSets').list('DeploymentSet');
  });
  return new Map(
    found.map((set) => [
      set.text('DeploymentSetId'),
      { is: 'other', received: set.has('AccountId') && accountIn(set, 'AccountId') !== accountId },
    ]),
  );
}

/** VSwitches by id: DescribeVSwitches takes several, joined by commas. */
export async function vSwitchItems(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  ids: readonly string[],
): Promise<Map<string, OtherItem>> {
  const found = await inBatches(ids, PER_PAGE_MAX, async (some) => {
    const answer = await client.call(
      'Vpc',
      'DescribeVSwitches',
      { accountId, regionId },
      { RegionId: regionId, VSwitchId: some.join(','), PageSize: PER_PAGE_MAX },
    );
    return answer.object('VSwitches').list('VSwitch');
  });
  return new Map(
    found.map((vSwitch) => [
      vSwitch.text('VSwitchId'),
      { is: 'other', received: accountIn(vSwitch, 'OwnerId') !== accountId },
    ]),
  );
}

/** Account ids come as numbers here; their 16 digits are exact in one. */
function accountIn<Name extends string>(fields: { number(name: Name): number }, name: Name): string {
  return String(fields.number(name));
}
