import {
  ENTITIES_PER_CALL_MAX,
  IMAGE_ACCOUNTS_PER_CALL_MAX,
  type CallOutcome,
  type ProviderCall,
  type TypedResource,
} from '../domain/sharing/provider-call';
import type { Place } from '../domain/sharing/resource';
import { ProviderError } from '../flow/ports';
import { outcomeOf } from './outcome';
import type { ProviderClient } from './provider-client';
import { ResourceSharingClient } from './resource-sharing';
import { resourcesInCall } from './resource-names';
import type { SharedResourceId } from './resource-sharing-api';

/**
 * Makes one write, once, and answers what came of it: it throws only for a call that must never be made.
 * @throws RangeError for more entities than the provider takes: Resource Sharing would refuse them, and
 *   ModifyImageSharePermission would drop the rest without a word.
 */
export async function applyCall(
  client: ProviderClient,
  place: Place,
  call: ProviderCall,
): Promise<CallOutcome> {
  refuseTooMany(call);
  try {
    return { is: 'done', ...(await make(client, place, call)) };
  } catch (error) {
    if (error instanceof ProviderError) return outcomeOf(error);
    throw error;
  }
}

/** What is worth keeping of an answer. */
type Made = { requestId: string; resourceShareId?: string };

async function make(client: ProviderClient, place: Place, call: ProviderCall): Promise<Made> {
  const sharing = new ResourceSharingClient(client, place);
  const entities = ({ resources, targets }: Entities): WireEntities => ({
    ...resourcesInCall(resources, place, client.typeOverrides),
    Targets: [...targets],
  });
  switch (call.call) {
    case 'CreateResourceShare': {
      const { RequestId, ResourceShare } = await sharing.createResourceShare({
        ResourceShareName: call.resourceShareName,
        AllowExternalTargets: call.allowExternalTargets,
        ...entities(call),
      });
      return { requestId: RequestId, resourceShareId: ResourceShare.ResourceShareId };
    }
    case 'AssociateResourceShare':
      return madeBy(
        await sharing.associateResourceShare({ ResourceShareId: call.resourceShareId, ...entities(call) }),
      );
    case 'DisassociateResourceShare':
      return madeBy(
        await sharing.disassociateResourceShare({ ResourceShareId: call.resourceShareId, ...entities(call) }),
      );
    case 'UpdateResourceShare':
      return madeBy(
        await sharing.updateResourceShare({
          ResourceShareId: call.resourceShareId,
          ResourceShareName: call.resourceShareName,
          AllowExternalTargets: call.allowExternalTargets,
        }),
      );
    case 'DeleteResourceShare':
      return madeBy(await sharing.deleteResourceShare({ ResourceShareId: call.resourceShareId }));
    case 'ModifyImageSharePermission':
      return modifyImage(client, place, call);
  }
}

async function modifyImage(
  client: ProviderClient,
  { ownerAccountId: accountId, regionId }: Place,
  call: Extract<ProviderCall, { call: 'ModifyImageSharePermission' }>,
): Promise<Made> {
  const answer = await client.call(
    'Ecs',
    'ModifyImageSharePermission',
    { accountId, regionId },
    {
      RegionId: regionId,
      ImageId: call.imageId,
      AddAccount: call.addAccounts,
      RemoveAccount: call.removeAccounts,
    },
  );
  return { requestId: answer.text('RequestId') };
}

function madeBy({ RequestId }: { RequestId: string }): Made {
  return { requestId: RequestId };
}

interface Entities {
  resources: readonly TypedResource[];
  targets: readonly string[];
}

interface WireEntities {
  Resources?: SharedResourceId[];
  ResourceArns?: string[];
  Targets: string[];
}

function refuseTooMany(call: ProviderCall): void {
  switch (call.call) {
    case 'CreateResourceShare':
    case 'AssociateResourceShare':
    case 'DisassociateResourceShare':
      refuseAbove(ENTITIES_PER_CALL_MAX, call.resources, `${call.call} resources`);
      refuseAbove(ENTITIES_PER_CALL_MAX, call.targets, `${call.call} principals`);
      return;
    case 'ModifyImageSharePermission':
      refuseAbove(IMAGE_ACCOUNTS_PER_CALL_MAX, call.addAccounts, 'accounts to add');
      refuseAbove(IMAGE_ACCOUNTS_PER_CALL_MAX, call.removeAccounts, 'accounts to remove');
      return;
    case 'UpdateResourceShare':
    case 'DeleteResourceShare':
      return;
  }
}

function refuseAbove(max: number, list: readonly unknown[], what: string): void {
  if (list.length > max) throw new RangeError(`${what}: ${list.length}, but one call takes at most ${max}`);
}
