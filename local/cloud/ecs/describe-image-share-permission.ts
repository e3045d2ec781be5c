import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { regionOf } from '../region';
import { toSeconds } from '../times';
import { sharedWith } from '../visibility';
import type { Image } from '../world';
import { listedByNumber } from './listing';

/**
 * The accounts that ModifyImageSharePermission let use one of the caller's images. Whether those that use it through a
 * resource share are told too is not documented: a switch says.
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
    const accounts = [...accountsOf(image, regionId, call)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const { page, fields } = listedByNumber(accounts, call);
    return {
      ...fields,
      RegionId: regionId,
      ImageId: image.imageId,
      Accounts: {
        Account: page.map(([accountId, sharedMs]) => ({
          AliyunId: accountId,
          SharedTime: toSeconds(sharedMs),
        })),
      },
      ShareGroups: { ShareGroup: image.isPublic ? [{ Group: 'all' }] : [] },
    };
  },
};

/** When each account got the image, by account id. */
function accountsOf(image: Image, regionId: string, call: Call): Map<string, number> {
  const accounts = new Map(Object.entries(image.sharedWith).map(([id, { sharedMs }]) => [id, sharedMs]));
  if (call.switchAt('image-accounts-through-shares') === 'left-out') return accounts;
  for (const accountId of sharedWith(image.imageId, regionId, call.world)) {
    if (!accounts.has(accountId)) accounts.set(accountId, image.creationMs);
  }
  return accounts;
}

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
