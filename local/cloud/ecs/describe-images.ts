import { type Action, type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import { creationBounds, hasAskedTags, oneOf, refuseDryRun } from './filters';
import { describeImage, imagesSeenBy, type ImageStanding, type SeenImage } from './image-view';
import { listedByNumber, newestFirst } from './listing';

const PAIR: Record<string, ParameterSpec> = { Key: { type: 'string' }, Value: { type: 'string' } };

/**
 * The images that the caller may use: its own, those shared with it, and on request those that others published.
 * The world holds no system or Marketplace images of Alibaba's own, only images that accounts made.
 * Source: the documented parameters, fields and errors of ECS DescribeImages (2014-05-26). Paged by number only.
 *
 * @throws ProviderRefusal 400 InvalidImageOwnerAlias.ValueNotSupported and the documented code of each filter.
 */
export const describeImages: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    ImageId: { type: 'string' },
    ImageName: { type: 'string' },
    ImageFamily: { type: 'string' },
    ImageOwnerAlias: { type: 'string' },
    ImageOwnerId: { type: 'integer' },
    SnapshotId: { type: 'string' },
    Status: { type: 'string' },
    Usage: { type: 'string' },
    Usable: { type: 'boolean' },
    IsPublic: { type: 'boolean' },
    OSType: { type: 'string' },
    Architecture: { type: 'string' },
    ActionType: { type: 'string' },
    InstanceType: { type: 'string' },
    IsSupportCloudinit: { type: 'boolean' },
    IsSupportIoOptimized: { type: 'boolean' },
    ResourceGroupId: { type: 'string' },
    ShowExpired: { type: 'boolean' },
    DryRun: { type: 'boolean' },
    Filter: { type: 'list', maxItems: 10, fields: PAIR },
    Tag: { type: 'list', fields: PAIR },
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  ratePerSecond: 16,
  run(call) {
    refuseDryRun(call);
    const { regionId, region } = regionOf(call);
    const tests = [byStanding(call), byIdentity(call), byContent(call)];
    const found = imagesSeenBy(call, regionId, region)
      .filter((seen) => tests.every((test) => test(seen)))
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { page, fields } = listedByNumber(found, call);
    return {
      RegionId: regionId,
      ...fields,
      Images: { Image: page.map((seen) => describeImage(seen, call, regionId)) },
    };
  },
};

function keyOf({ image }: SeenImage): string {
  return newestFirst(image.creationMs, image.imageId);
}

function byStanding(call: Call): (seen: SeenImage) => boolean {
  const alias = oneOf(
    call,
    'ImageOwnerAlias',
    ['system', 'self', 'others', 'marketplace'],
    new ProviderRefusal(
      400,
      'InvalidImageOwnerAlias.ValueNotSupported',
      'The specified ImageOwnerAlias value is not supported.',
    ),
  );
  const wanted = standings(alias, flagOf(call, 'IsPublic') === true);
  const ownerId = numberOf(call, 'ImageOwnerId');
  return ({ image, standing }) =>
    wanted.includes(standing) &&
    (ownerId === undefined || standing === 'self' || String(ownerId) === image.ownerId);
}

function standings(alias: string | undefined, isPublic: boolean): ImageStanding[] {
  switch (alias) {
    case undefined:
      return ['self', 'shared'];
    case 'self':
      return ['self'];
    case 'others':
      return isPublic ? ['community'] : ['shared'];
    default:
      return [];
  }
}

function byIdentity(call: Call): (seen: SeenImage) => boolean {
  const imageIds = textOf(call, 'ImageId')?.split(',');
  const name = textOf(call, 'ImageName')?.replaceAll('*', '');
  const snapshotId = textOf(call, 'SnapshotId');
  // No image here is in a family or a resource group.
  const asksForNothing = (textOf(call, 'ImageFamily') ?? textOf(call, 'ResourceGroupId')) !== undefined;
  return ({ image }) =>
    !asksForNothing &&
    (imageIds === undefined || imageIds.includes(image.imageId)) &&
    (name === undefined || image.imageName.includes(name)) &&
    (snapshotId === undefined || image.snapshotIds.includes(snapshotId));
}

function byContent(call: Call): (seen: SeenImage) => boolean {
  const refuse = (code: string, what: string) =>
    new ProviderRefusal(404, code, `The specified ${what} is not valid.`);
  const osType = oneOf(call, 'OSType', ['linux', 'windows'], refuse('InvalidOSType', 'OSType'));
  const usage = oneOf(call, 'Usage', ['instance', 'none'], refuse('InvalidUsage', 'Usage'));
  const architecture = oneOf(
    call,
    'Architecture',
    ['i386', 'x86_64', 'arm64'],
    refuse('InvalidArchitecture', 'Architecture'),
  );
  const statuses = (textOf(call, 'Status') ?? 'Available').split(',');
  const usable = flagOf(call, 'Usable');
  const { fromMs, toMs } = creationBounds(call);
  return ({ image }) =>
    statuses.includes(image.status) &&
    usage !== 'instance' &&
    (architecture ?? 'x86_64') === 'x86_64' &&
    (osType === undefined || image.osType === osType) &&
    (usable === undefined || usable === (image.status === 'Available')) &&
    image.creationMs >= fromMs &&
    image.creationMs <= toMs &&
    hasAskedTags(image.tags, call);
}
