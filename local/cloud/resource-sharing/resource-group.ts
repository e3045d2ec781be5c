import { type Action, ProviderRefusal } from '../product';
import { textOf } from '../read-parameters';
import { WRITES_PER_SECOND } from './limits';
import { sharesOwnedBy } from './share-state';

/**
 * Moves a share to another resource group. Every group of a well-formed id exists.
 *
 * @throws ProviderRefusal 400 ResourceNotFound, InvalidResourceGroup
 */
export const changeResourceGroup: Action = {
  parameters: {
    ResourceId: { type: 'string', required: true },
    ResourceRegionId: { type: 'string', required: true },
    ResourceGroupId: { type: 'string', required: true },
  },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const share = sharesOwnedBy(call.caller.accountId, call.world).find(
      (one) => one.resourceShareId === textOf(call, 'ResourceId') && one.regionId === call.regionId,
    );
    if (share === undefined || share.regionId !== textOf(call, 'ResourceRegionId')) {
      throw new ProviderRefusal(400, 'ResourceNotFound', 'The specified resource is not found');
    }
    const resourceGroupId = textOf(call, 'ResourceGroupId') ?? '';
    if (!/^rg-[\w-]+$/.test(resourceGroupId)) {
      throw new ProviderRefusal(400, 'InvalidResourceGroup', 'The specified ResourceGroupId is invalid');
    }
    share.resourceGroupId = resourceGroupId;
    return {};
  },
};
