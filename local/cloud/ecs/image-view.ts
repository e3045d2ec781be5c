import type { Call } from '../product';
import { toSeconds } from '../times';
import { receivedBy, sharedWith } from '../visibility';
import type { Image, Region } from '../world';

/** How an image comes into the caller's list: its own, shared with it in either way, or published by another account. */
export type ImageStanding = 'self' | 'shared' | 'community';

export interface SeenImage {
  image: Image;
  standing: ImageStanding;
}

/** Every image that the caller sees in a region. */
export function imagesSeenBy(call: Call, regionId: string, region: Region): SeenImage[] {
  const { accountId } = call.caller;
  const receivedIds = new Set(
    receivedBy(accountId, regionId, call.world).map(({ resource }) => resource.entityId),
  );
  return Object.values(region.images).flatMap((image): SeenImage[] => {
    if (image.ownerId === accountId) return [{ image, standing: 'self' }];
    if (image.sharedWith[accountId] !== undefined || receivedIds.has(image.imageId)) {
      return [{ image, standing: 'shared' }];
    }
    return image.isPublic ? [{ image, standing: 'community' }] : [];
  });
}

/** One item of DescribeImages. IsSelfShared is text at the provider. */
export function describeImage(seen: SeenImage, call: Call, regionId: string): Record<string, unknown> {
  const { image, standing } = seen;
  const isOwn = standing === 'self';
  return {
    ImageId: image.imageId,
    ImageName: image.imageName,
    ImageVersion: '',
    ImageFamily: '',
    Description: '',
    ImageOwnerAlias: isOwn ? 'self' : 'others',
    ImageOwnerId: Number(image.ownerId),
    IsSelfShared: String(isOwn && isSharedOut(image, regionId, call)),
    IsPublic: image.isPublic,
    IsCopied: false,
    IsSubscribed: image.productCode !== '',
    ProductCode: image.productCode,
    CreationTime: toSeconds(image.creationMs),
    Status: image.status,
    Progress: image.status === 'Creating' ? '42%' : '100%',
    Usable: image.status === 'Available',
    Usage: 'none',
    Size: image.sizeGiB,
    OSType: image.osType,
    OSName: image.osType === 'linux' ? 'Alibaba Cloud Linux  3.2104 64位' : 'Windows Server  2022 64位',
    OSNameEn: image.osType === 'linux' ? 'Alibaba Cloud Linux  3.2104 64 bit' : 'Windows Server  2022 64 bit',
    Platform: image.osType === 'linux' ? 'Aliyun' : 'Windows Server 2022',
    Architecture: 'x86_64',
    BootMode: 'BIOS',
    IsSupportCloudinit: true,
    IsSupportIoOptimized: true,
    LoginAsNonRootSupported: false,
    ResourceGroupId: '',
    DiskDeviceMappings: { DiskDeviceMapping: disksOf(image) },
    Tags: { Tag: Object.entries(image.tags).map(([key, value]) => ({ TagKey: key, TagValue: value })) },
  };
}

function isSharedOut(image: Image, regionId: string, call: Call): boolean {
  return (
    Object.keys(image.sharedWith).length > 0 || sharedWith(image.imageId, regionId, call.world).length > 0
  );
}

/** An imported image names the object that it came from; its first disk is the system disk. */
function disksOf(image: Image): Record<string, unknown>[] {
  const origin = image.imported
    ? { ImportOSSBucket: 'imported-images', ImportOSSObject: `${image.imageName}.vhd`, Format: 'VHD' }
    : { ImportOSSBucket: '', ImportOSSObject: '', Format: '' };
  const snapshotIds = image.snapshotIds.length > 0 ? image.snapshotIds : [''];
  return snapshotIds.map((snapshotId, index) => ({
    Device: `/dev/xvd${String.fromCharCode('a'.charCodeAt(0) + index)}`,
    Type: index === 0 ? 'system' : 'data',
    Size: String(image.sizeGiB),
    SnapshotId: snapshotId,
    Encrypted: image.encrypted,
    Progress: '',
    RemainTime: 0,
    ...origin,
  }));
}
