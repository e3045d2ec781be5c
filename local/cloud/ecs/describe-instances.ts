import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toMinutes } from '../times';
import type { Instance, Region } from '../world';
import { hasAskedTags, idsOf, refuseDryRun } from './filters';
import { BOTH_PAGINGS, listed } from './listing';
import { TAGS } from './names';

const MAX_IDS = 100;

/**
 * The caller's instances: those that it ran, and those that were placed in deployment sets by an act. There is no filter
 * by deployment set; the set is told with each instance (DescribeInstances).
 *
 * @throws ProviderRefusal 400 InvalidInstanceIds.Malformed above 100 ids.
 */
export const describeInstances: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    InstanceIds: { type: 'json-list' },
    ImageId: { type: 'string' },
    VSwitchId: { type: 'string' },
    ZoneId: { type: 'string' },
    Status: { type: 'string' },
    DryRun: { type: 'boolean' },
    ...TAGS,
    ...BOTH_PAGINGS,
  },
  ratePerSecond: 16,
  run(call) {
    refuseDryRun(call);
    const { regionId, region } = regionOf(call);
    const found = instancesOf(call.caller.accountId, region)
      .filter(askedFor(call))
      .toSorted((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
    const { page, fields } = listed(found, ({ instanceId }) => instanceId, call);
    return {
      ...fields,
      Instances: { Instance: page.map((instance) => describe(instance, regionId, region)) },
    };
  },
};

interface KnownInstance extends Instance {
  /** '' = in none. */
  deploymentSetId: string;
}

function instancesOf(ownerId: string, region: Region): KnownInstance[] {
  const placed = Object.values(region.deploymentSets).flatMap((set) =>
    set.instances
      .filter((instance) => instance.ownerId === ownerId)
      .map(({ instanceId }): KnownInstance => ({
        instanceId,
        instanceName: instanceId,
        ownerId,
        creationMs: set.creationMs,
        zoneId: set.zoneId,
        instanceType: 'ecs.g7.large',
        imageId: '',
        vSwitchId: '',
        tags: {},
        ...region.instances[instanceId],
        deploymentSetId: set.deploymentSetId,
      })),
  );
  const placedIds = new Set(placed.map(({ instanceId }) => instanceId));
  const others = Object.values(region.instances)
    .filter((instance) => instance.ownerId === ownerId && !placedIds.has(instance.instanceId))
    .map((instance): KnownInstance => ({ ...instance, deploymentSetId: '' }));
  return [...placed, ...others];
}

function askedFor(call: Call): (instance: KnownInstance) => boolean {
  const tooMany = new ProviderRefusal(
    400,
    'InvalidInstanceIds.Malformed',
    'The amount of specified instance Ids exceeds the limit.',
  );
  const ids = idsOf(call, 'InstanceIds', MAX_IDS, tooMany);
  const isThe = (name: string, value: string) => (textOf(call, name) ?? value) === value;
  return (instance) =>
    (ids === undefined || ids.includes(instance.instanceId)) &&
    isThe('ImageId', instance.imageId) &&
    isThe('VSwitchId', instance.vSwitchId) &&
    isThe('ZoneId', instance.zoneId) &&
    isThe('Status', 'Running') &&
    hasAskedTags(instance.tags, call);
}

function describe(instance: KnownInstance, regionId: string, region: Region): Record<string, unknown> {
  return {
    InstanceId: instance.instanceId,
    InstanceName: instance.instanceName,
    RegionId: regionId,
    ZoneId: instance.zoneId,
    Status: 'Running',
    InstanceType: instance.instanceType,
    InstanceTypeFamily: instance.instanceType.split('.').slice(0, 2).join('.'),
    Cpu: 2,
    Memory: 8192,
    ImageId: instance.imageId,
    DeploymentSetId: instance.deploymentSetId,
    VpcAttributes: {
      VSwitchId: instance.vSwitchId,
      VpcId: region.vSwitches[instance.vSwitchId]?.vpcId ?? '',
    },
    CreationTime: toMinutes(instance.creationMs),
    Tags: { Tag: Object.entries(instance.tags).map(([key, value]) => ({ TagKey: key, TagValue: value })) },
  };
}
