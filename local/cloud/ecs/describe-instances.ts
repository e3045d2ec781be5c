import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toMinutes } from '../times';
import type { DeploymentSet } from '../world';
import { idsOf, refuseDryRun } from './filters';
import { BOTH_PAGINGS, listed } from './listing';

const MAX_IDS = 100;

/**
 * The caller's instances, as far as the world has any: those placed in deployment sets, its own or shared with it.
 * There is no filter by deployment set; the set is told with each instance (DescribeInstances).
 *
 * @throws ProviderRefusal 400 InvalidInstanceIds.Malformed above 100 ids.
 */
export const describeInstances: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    InstanceIds: { type: 'json-list' },
    ZoneId: { type: 'string' },
    Status: { type: 'string' },
    DryRun: { type: 'boolean' },
    ...BOTH_PAGINGS,
  },
  ratePerSecond: 16,
  run(call) {
    refuseDryRun(call);
    const { regionId, region } = regionOf(call);
    const found = Object.values(region.deploymentSets)
      .flatMap((set) => instancesIn(set, call.caller.accountId))
      .filter(askedFor(call))
      .toSorted((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    const { page, fields } = listed(found, ({ instanceId }) => instanceId, call);
    return { ...fields, Instances: { Instance: page.map((instance) => describe(instance, regionId)) } };
  },
};

interface PlacedInstance {
  instanceId: string;
  set: DeploymentSet;
}

function instancesIn(set: DeploymentSet, ownerId: string): PlacedInstance[] {
  return set.instances
    .filter((instance) => instance.ownerId === ownerId)
    .map(({ instanceId }) => ({ instanceId, set }));
}

function askedFor(call: Call): (instance: PlacedInstance) => boolean {
  const tooMany = new ProviderRefusal(
    400,
    'InvalidInstanceIds.Malformed',
    'The amount of specified instance Ids exceeds the limit.',
  );
  const ids = idsOf(call, 'InstanceIds', MAX_IDS, tooMany);
  const zoneId = textOf(call, 'ZoneId');
  const status = textOf(call, 'Status');
  return ({ instanceId, set }) =>
    (ids === undefined || ids.includes(instanceId)) &&
    (zoneId === undefined || set.zoneId === zoneId) &&
    (status ?? 'Running') === 'Running';
}

function describe({ instanceId, set }: PlacedInstance, regionId: string): Record<string, unknown> {
  return {
    InstanceId: instanceId,
    InstanceName: instanceId,
    RegionId: regionId,
    ZoneId: set.zoneId,
    Status: 'Running',
    InstanceType: 'ecs.g7.large',
    InstanceTypeFamily: 'ecs.g7',
    Cpu: 2,
    Memory: 8192,
    DeploymentSetId: set.deploymentSetId,
    CreationTime: toMinutes(set.creationMs),
    Tags: { Tag: [] },
  };
}
