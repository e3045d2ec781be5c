import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toSeconds } from '../times';
import type { Image } from '../world';
import { listedByNumber } from './listing';

/**
 * The accounts that ModifyImageSharePermission let use one of the caller's images. Those that use it through a resource
 * share are not in it: whether the provider lists them is not documented.
 *
 * @throws ProviderRefusal 404 InvalidImageId.NotFound
 */
export const describeImageSharePermission: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    ImageId: { type: 'string', required: true },
    PageNumber: { type: 'integer', minimum: 1 },
    PageSize: { type: 'integer', minimum: 1, maximum: 100 },
  },
  ratePerSecond: 16,
  run(call) {
    const { regionId } = regionOf(call);
    const image = ownImage(call);
    const accounts = Object.entries(image.sharedWith).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const { page, fields } = listedByNumber(accounts, call);
    return {
      ...fields,
      RegionId: regionId,
      ImageId: image.imageId,
      Accounts: {
        Account: page.map(([accountId, { sharedMs }]) => ({
          AliyunId: accountId,
          SharedTime: toSeconds(sharedMs),
        })),
      },
      ShareGroups: { ShareGroup: image.isPublic ? [{ Group: 'all' }] : [] },
    };
  },
};

/**
 * The caller's own image that ImageId names.
 *
 * @throws ProviderRefusal 404 InvalidImageId.NotFound, also for an image that is someone else's.
 */
export function ownImage(call: Call): Image {
  const image = regionOf(call).region.images[textOf(call, 'ImageId') ?? ''];
  if (image?.ownerId !== call.caller.accountId) {
    throw new ProviderRefusal(404, 'InvalidImageId.NotFound', 'The specified ImageId does not exist.');
  }
  return image;
}
