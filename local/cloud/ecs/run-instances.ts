import { type Action, type Call, ProviderRefusal } from '../product';
import { fieldOf, numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import { receivedBy } from '../visibility';
import type { DeploymentSet, Instance, Region } from '../world';
import { CLIENT_TOKEN } from './client-token';
import { checkZone } from './create-disk';
import { refuseDryRun } from './filters';
import { imagesSeenBy, type SeenImage } from './image-view';
import { TAGS, tagsAsked } from './names';
import { diskEncryption } from './new-encryption';
import { place, roomIn, usableSet } from './placement';

/**
 * Runs instances, as far as sharing constrains it: from an image that the caller owns or received, in a deployment set
 * and on a vSwitch that it owns or received. Each gets a system disk. There are no instance types, security groups or
 * data disks to choose from.
 *
 * @throws ProviderRefusal 400 MissingParameter, InvalidParam.EncryptedMismatch; 403 OperationDenied.ImageNotValid,
 *   ImageNotSubscribed, QuotaExceed.DeploymentSetInstanceQuotaFull; 404 InvalidImageId.NotFound, InvalidZoneId.NotFound,
 *   InvalidVSwitchId.NotFound, DeploymentSet.NotFound
 */
export const runInstances: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    ImageId: { type: 'string' },
    InstanceType: { type: 'string' },
    InstanceName: { type: 'string', maxLength: 128 },
    Amount: { type: 'integer', minimum: 1, maximum: 100 },
    MinAmount: { type: 'integer', minimum: 1, maximum: 100 },
    ZoneId: { type: 'string' },
    VSwitchId: { type: 'string' },
    SecurityGroupId: { type: 'string' },
    DeploymentSetId: { type: 'string' },
    SystemDisk: {
      type: 'object',
      fields: {
        Category: { type: 'string' },
        Size: { type: 'string' },
        Encrypted: { type: 'string' },
        KMSKeyId: { type: 'string' },
      },
    },
    DryRun: { type: 'boolean' },
    ...TAGS,
    ...CLIENT_TOKEN,
  },
  ratePerSecond: 10,
  run(call) {
    const { regionId, region } = regionOf(call);
    const { accountId } = call.caller;
    const seen = imageAsked(call, regionId, region);
    const instanceType = mandatory('InstanceType', call);
    const location = locationAsked(call, regionId, region);
    const systemDisk = systemDiskAsked(seen, call);
    const setId = textOf(call, 'DeploymentSetId');
    const set =
      setId === undefined
        ? undefined
        : usableSet(region.deploymentSets[setId], accountId, regionId, call.world);
    const amount = amountAsked(call, set);
    const tags = tagsAsked(call);
    refuseDryRun(call);
    const instances = Array.from({ length: amount }, (): Instance => {
      const instanceId = call.newId('i-');
      return {
        instanceId,
        instanceName: textOf(call, 'InstanceName') ?? instanceId,
        ownerId: accountId,
        creationMs: call.nowMs,
        instanceType,
        imageId: seen.image.imageId,
        ...location,
        tags,
      };
    });
    if (set !== undefined) place(instances.map(placementOf), set);
    for (const instance of instances) {
      region.instances[instance.instanceId] = instance;
      addSystemDisk(instance, systemDisk, region, call);
    }
    return { InstanceIdSets: { InstanceIdSet: instances.map(({ instanceId }) => instanceId) } };
  },
};

function placementOf({ instanceId, ownerId }: Instance): DeploymentSet['instances'][number] {
  return { instanceId, ownerId };
}

/** With MinAmount, as many as fit from that on up to Amount; without, all or none. */
function amountAsked(call: Call, set: DeploymentSet | undefined): number {
  const amount = numberOf(call, 'Amount') ?? 1;
  const minAmount = numberOf(call, 'MinAmount') ?? amount;
  const room = set === undefined ? amount : Math.min(amount, roomIn(set));
  return room >= minAmount ? room : amount;
}

function imageAsked(call: Call, regionId: string, region: Region): SeenImage {
  const imageId = mandatory('ImageId', call);
  const seen = imagesSeenBy(call, regionId, region).find(({ image }) => image.imageId === imageId);
  if (seen === undefined) {
    throw new ProviderRefusal(404, 'InvalidImageId.NotFound', 'The specified ImageId does not exist.');
  }
  if (seen.image.status !== 'Available') {
    throw new ProviderRefusal(
      403,
      'OperationDenied.ImageNotValid',
      'The specified Image is disabled or is deleted.',
    );
  }
  if (seen.image.productCode !== '' && seen.standing !== 'self') {
    throw new ProviderRefusal(403, 'ImageNotSubscribed', 'The specified image has not be subscribed.');
  }
  return seen;
}

/** Without a vSwitch the provider makes one in the zone. */
function locationAsked(call: Call, regionId: string, region: Region): { zoneId: string; vSwitchId: string } {
  const vSwitchId = textOf(call, 'VSwitchId');
  if (vSwitchId === undefined) {
    const zoneId = textOf(call, 'ZoneId');
    if (zoneId === undefined) throw missing('VSwitchId');
    checkZone(zoneId, regionId);
    return { zoneId, vSwitchId: '' };
  }
  const { accountId } = call.caller;
  const vSwitch = region.vSwitches[vSwitchId];
  const isReceived = receivedBy(accountId, regionId, call.world).some(
    ({ resource }) => resource.entityId === vSwitchId,
  );
  if (vSwitch === undefined || (vSwitch.ownerId !== accountId && !isReceived)) {
    throw new ProviderRefusal(404, 'InvalidVSwitchId.NotFound', 'Specified virtual switch does not exist.');
  }
  return { zoneId: vSwitch.zoneId, vSwitchId };
}

function systemDiskAsked({ image }: SeenImage, call: Call) {
  const category = fieldOf(call, 'SystemDisk', 'Category') ?? 'cloud_efficiency';
  const asked = {
    encrypted: flagFrom(fieldOf(call, 'SystemDisk', 'Encrypted')),
    kmsKeyId: fieldOf(call, 'SystemDisk', 'KMSKeyId'),
  };
  const sizeGiB = Number(fieldOf(call, 'SystemDisk', 'Size') ?? image.sizeGiB);
  if (!(sizeGiB >= image.sizeGiB)) {
    throw new ProviderRefusal(
      404,
      'InvalidSystemDiskSize.LessThanImageSize',
      'The specified parameter SystemDisk.Size is less than the image size.',
    );
  }
  return { category, sizeGiB, ...diskEncryption(asked, category, { ...image, kind: 'Image' }, call) };
}

function addSystemDisk(
  instance: Instance,
  systemDisk: ReturnType<typeof systemDiskAsked>,
  region: Region,
  call: Call,
): void {
  const diskId = call.newId('d-');
  region.disks[diskId] = {
    diskId,
    diskName: '',
    ownerId: instance.ownerId,
    creationMs: call.nowMs,
    zoneId: instance.zoneId,
    type: 'system',
    ...systemDisk,
    sourceSnapshotId: '',
    imageId: instance.imageId,
    instanceId: instance.instanceId,
    tags: {},
  };
}

/** The one flag that ECS takes as text. */
function flagFrom(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : text.toLowerCase() === 'true';
}

function mandatory(name: string, call: Call): string {
  const value = textOf(call, name);
  if (value === undefined) throw missing(name);
  return value;
}

function missing(name: string): ProviderRefusal {
  return new ProviderRefusal(
    400,
    'MissingParameter',
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );
}
