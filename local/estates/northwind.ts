import type { World } from '../cloud/world';
import { accessKeyOf } from './accounts';
import type { Estate } from './estate';
import { addHandMadeShares } from './northwind/hand-made';
import { organisation } from './northwind/organisation';
import { type Owners, region } from './northwind/region';
import type { RegionPlan } from './northwind/region-plan';
import { addOtherResources } from './other-resources';
import { randomFrom } from './random';

/** Three regions with 300 snapshots in all, 12 of them forgotten. */
const REGIONS: readonly RegionPlan[] = [
  { regionId: 'cn-hangzhou', idStart: 'bp1', snapshots: 160, forgotten: 7 },
  { regionId: 'cn-shanghai', idStart: 'uf6', snapshots: 90, forgotten: 4 },
  { regionId: 'ap-southeast-1', idStart: 't4n', snapshots: 50, forgotten: 1 },
];

/** The members that back up their own disks. */
const BACKED_UP = ['Retail Orders', 'Retail Payments', 'Warehouse', 'Ledger', 'Proseware', 'Backup Vault'];

/**
 * A realistic organisation: a management account, 40 members in nested folders, three partners outside, an account on
 * the international site, three regions, and what people shared by hand over the years.
 *
 * @param seed the same seed and moment give the same estate, byte for byte
 * @param nowMs the moment that the ages of its resources are counted from
 */
export function northwind(seed: number, nowMs: number): Estate {
  const nowSecondMs = Math.floor(nowMs / 1000) * 1000;
  const random = randomFrom(seed);
  const of = organisation(seed, random, nowSecondMs);
  const owners = ownersIn(of.ids);
  const world: World = {
    accounts: Object.fromEntries(of.accounts.map((one) => [one.accountId, one])),
    directories: [of.directory],
    regions: Object.fromEntries(
      REGIONS.map((plan) => [plan.regionId, region(plan, owners, random, nowSecondMs)]),
    ),
    shares: {},
    invitations: {},
    sharingEnabledBy: [of.directory.managementAccountId],
    switches: {},
    nextId: 1,
  };
  for (const { regionId, idStart } of REGIONS) {
    addHandMadeShares(world, regionId, of, random, nowSecondMs);
    addOtherResources(world, regionId, owners.networkHub, `${idStart}northwind01`);
  }
  return {
    name: 'northwind',
    world,
    managementAccountId: of.directory.managementAccountId,
    functionRoleName: 'sharekeeper',
    memberRoleName: 'sharekeeper-member',
    partners: of.partners,
    internationalAccountId: of.internationalAccountId,
    accessKeys: Object.fromEntries(
      of.accounts.map(({ accountId }) => [accountId, accessKeyOf('northwind', seed, accountId)]),
    ),
  };
}

function ownersIn(ids: Record<string, string>): Owners {
  const idOf = (name: string): string => {
    const accountId = ids[name];
    if (accountId === undefined) throw new Error(`northwind has no account ${name}`);
    return accountId;
  };
  const [first = '', ...others] = BACKED_UP.map(idOf);
  return {
    imageFactory: idOf('Image Factory'),
    networkHub: idOf('Network Hub'),
    backedUp: [first, ...others],
  };
}
