import type { Place } from '../domain/sharing/resource';
import { ProviderError } from '../flow/ports';
import { allByNumber, PAGE_SIZE } from './paging';
import type { ProviderClient } from './provider-client';

/**
 * The accounts that ModifyImageSharePermission has let use an image. An image that is not there (any more) lets in
 * nobody: the provider keeps images that are shared.
 */
export async function accountsLetIn(
  client: ProviderClient,
  place: Place,
  imageId: string,
): Promise<string[]> {
  const { ownerAccountId: accountId, regionId } = place;
  try {
    return await allByNumber('DescribeImageSharePermission', async (pageNumber) => {
      const answer = await client.call(
        'Ecs',
        'DescribeImageSharePermission',
        { accountId, regionId },
        { RegionId: regionId, ImageId: imageId, PageNumber: pageNumber, PageSize: PAGE_SIZE },
      );
      const accounts = answer.object('Accounts').list('Account');
      return {
        items: accounts.map((account) => account.text('AliyunId')),
        totalCount: answer.number('TotalCount'),
      };
    });
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'InvalidImageId.NotFound') return [];
    throw error;
  }
}
