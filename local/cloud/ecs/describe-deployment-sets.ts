import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toSeconds } from '../times';
import { receivedBy } from '../visibility';
import type { DeploymentSet, Region } from '../world';
import { idsOf, oneOf } from './filters';
import { listedByNumber, newestFirst } from './listing';

const MAX_IDS = 100;

/**
 * The caller's deployment sets and those shared with it. Owner and receivers each see only their own instances in it
 * (Share a deployment set); that others are there shows only in the used capacity.
 *
 * @throws ProviderRefusal 403 InvalidDeploymentSetIds.TooManyInput above 100 ids.
 */
export const describeDeploymentSets: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    DeploymentSetIds: { type: 'json-list' },
    DeploymentSetName: { type: 'string' },
    Strategy: { type: 'string' },
    Type: { type: 'string' },
    Domain: { type: 'string' },
    Granularity: { type: 'string' },
    NetworkType: { type: 'string' },
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 50 },
  },
  ratePerSecond: 16,
  run(call) {
    const { regionId, region } = regionOf(call);
    const found = deploymentSetsSeenBy(call, regionId, region)
      .filter(askedFor(call))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { page, fields } = listedByNumber(found, call);
    const callerId = call.caller.accountId;
    return {
      RegionId: regionId,
      ...fields,
      DeploymentSets: { DeploymentSet: page.map((set) => describe(set, callerId)) },
    };
  },
};

function deploymentSetsSeenBy(call: Call, regionId: string, region: Region): DeploymentSet[] {
  const { accountId } = call.caller;
  const receivedIds = new Set(
    receivedBy(accountId, regionId, call.world).map(({ resource }) => resource.entityId),
  );
  return Object.values(region.deploymentSets).filter(
    (set) => set.ownerId === accountId || receivedIds.has(set.deploymentSetId),
  );
}

function keyOf(set: DeploymentSet): string {
  return newestFirst(set.creationMs, set.deploymentSetId);
}

function askedFor(call: Call): (set: DeploymentSet) => boolean {
  const tooMany = new ProviderRefusal(
    403,
    'InvalidDeploymentSetIds.TooManyInput',
    'The parameter DeploymentSets size should less than 100.',
  );
  const ids = idsOf(call, 'DeploymentSetIds', MAX_IDS, tooMany);
  const name = textOf(call, 'DeploymentSetName');
  const strategy = textOf(call, 'Strategy');
  const type = oneOf(
    call,
    'Type',
    ['host', 'sw', 'rack'],
    new ProviderRefusal(400, 'InvalidParameter', 'The specified Type is not valid.'),
  );
  return (set) =>
    (ids === undefined || ids.includes(set.deploymentSetId)) &&
    (name === undefined || set.deploymentSetName === name) &&
    (strategy === undefined || set.strategy === strategy) &&
    (type ?? 'host') === 'host';
}

function describe(set: DeploymentSet, callerId: string): Record<string, unknown> {
  const own = set.instances.filter((instance) => instance.ownerId === callerId);
  return {
    DeploymentSetId: set.deploymentSetId,
    DeploymentSetName: set.deploymentSetName,
    DeploymentSetDescription: '',
    AccountId: Number(set.ownerId),
    Strategy: set.strategy,
    DeploymentStrategy: set.strategy,
    Domain: 'Default',
    Granularity: 'Host',
    Type: 'host',
    GroupCount: 1,
    Affinity: 1,
    CreationTime: toSeconds(set.creationMs),
    InstanceAmount: own.length,
    InstanceIds: { InstanceId: own.map((instance) => instance.instanceId) },
    Capacities: {
      Capacity: [
        {
          ZoneId: set.zoneId,
          UsedAmount: set.instances.length,
          AvailableAmount: Math.max(0, set.capacity - set.instances.length),
        },
      ],
    },
  };
}
