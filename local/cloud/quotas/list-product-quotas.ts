import { pageByToken } from '../paging';
import { type Action, ProviderRefusal } from '../product';
import { numberOf, textOf } from '../read-parameters';
import type { AccountQuotas, World } from '../world';

const PAGE_DEFAULT = 30;

/** What Quota Center calls a quota. Neither product code nor quota id is documented, so both follow the pattern. */
interface Quota {
  productCode: 'resourcesharing' | 'ecs';
  name: keyof AccountQuotas;
  description: string;
}

const QUOTAS: readonly Quota[] = [
  { productCode: 'resourcesharing', name: 'shares', description: 'Resource shares' },
  { productCode: 'resourcesharing', name: 'sharedResources', description: 'Shared resources' },
  { productCode: 'resourcesharing', name: 'pendingInvitations', description: 'Pending invitations' },
  { productCode: 'ecs', name: 'sharedSnapshots', description: 'Shared snapshots' },
  { productCode: 'ecs', name: 'accountsPerSnapshot', description: 'Users per shared snapshot' },
  { productCode: 'ecs', name: 'accountsPerImage', description: 'Users per custom image' },
];

/**
 * The caller's quotas with a product, as they are now. Usage is not told, nor are there quotas of a region.
 *
 * @throws ProviderRefusal 404 PRODUCT.NOT.FOUND (the documents list no refusals)
 */
export const listProductQuotas: Action = {
  parameters: {
    ProductCode: { type: 'string', required: true },
    QuotaActionCode: { type: 'string' },
    QuotaCategory: { type: 'string', enum: ['CommonQuota', 'FlowControl', 'WhiteListLabel'] },
    MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
    NextToken: { type: 'string' },
  },
  ratePerSecond: 10,
  run(call) {
    const productCode = textOf(call, 'ProductCode') ?? '';
    const ofProduct = QUOTAS.filter((quota) => quota.productCode === productCode);
    if (ofProduct.length === 0) {
      throw new ProviderRefusal(404, 'PRODUCT.NOT.FOUND', 'The product does not exist.');
    }
    const asked = ofProduct.filter(
      (quota) =>
        (textOf(call, 'QuotaCategory') ?? 'CommonQuota') === 'CommonQuota' &&
        (textOf(call, 'QuotaActionCode') ?? actionCodeOf(quota)) === actionCodeOf(quota),
    );
    const maxResults = numberOf(call, 'MaxResults') ?? PAGE_DEFAULT;
    const { page, nextToken } = pageByToken(
      asked,
      actionCodeOf,
      textOf(call, 'NextToken'),
      maxResults,
      productCode,
    );
    return {
      MaxResults: maxResults,
      TotalCount: asked.length,
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      Quotas: page.map((quota) => describe(quota, call.caller.accountId, call.world)),
    };
  },
};

function actionCodeOf({ name }: Quota): string {
  return `q_${name}`;
}

function describe(quota: Quota, accountId: string, world: World): Record<string, unknown> {
  return {
    ProductCode: quota.productCode,
    QuotaActionCode: actionCodeOf(quota),
    QuotaName: quota.description,
    QuotaDescription: quota.description,
    QuotaCategory: 'CommonQuota',
    QuotaType: 'normal',
    QuotaUnit: 'AMOUNT',
    TotalQuota: world.accounts[accountId]?.quotas[quota.name] ?? 0,
    Adjustable: true,
    Consumable: false,
    GlobalQuota: true,
    Dimensions: {},
  };
}
