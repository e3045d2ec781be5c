import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, textOf } from '../read-parameters';
import type { ResourceShare } from '../world';
import { associate, wantedOf } from './associate';
import { FIVE_TEXTS, ITEMS_PER_REQUEST, NAME_MAX_CHARACTERS, TAGS_MAX, WRITES_PER_SECOND } from './limits';
import { checkShareCount } from './quotas';
import { RESOURCE_PARAMETERS } from './resources';
import { permissionsAsked } from './share-permissions';
import { tagsOf } from './tags';
import { shareView } from './views';

/** What Create and Associate take alike. */
export const CONTENT_PARAMETERS = {
  ...RESOURCE_PARAMETERS,
  Targets: FIVE_TEXTS,
  PermissionNames: { type: 'list', maxItems: 20, unique: true },
  ResourceProperties: {
    type: 'list',
    maxItems: ITEMS_PER_REQUEST,
    fields: { ResourceArn: { type: 'string' }, Property: { type: 'string' } },
  },
  TargetProperties: {
    type: 'list',
    maxItems: ITEMS_PER_REQUEST,
    fields: { TargetId: { type: 'string' }, Property: { type: 'string' } },
  },
} as const;

export const NAME_PARAMETER = {
  ResourceShareName: { type: 'string', required: true, maxLength: NAME_MAX_CHARACTERS },
} as const;

/** Makes a share. Its associations are not in the answer: ListResourceShareAssociations tells them. */
export const createResourceShare: Action = {
  parameters: {
    ...NAME_PARAMETER,
    ...CONTENT_PARAMETERS,
    AllowExternalTargets: { type: 'boolean' },
    ResourceGroupId: { type: 'string' },
    Tag: {
      type: 'list',
      maxItems: TAGS_MAX,
      fields: { Key: { type: 'string', required: true }, Value: { type: 'string' } },
    },
  },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const allowExternalTargets = flagOf(call, 'AllowExternalTargets') ?? false;
    const resourceShareName = nameOf(call);
    const wanted = wantedOf(call, allowExternalTargets);
    checkShareCount(call);
    const share: ResourceShare = {
      resourceShareId: call.newId('rs-'),
      resourceShareName,
      ownerId: call.caller.accountId,
      regionId: call.regionId,
      allowExternalTargets,
      createMs: call.nowMs,
      updateMs: call.nowMs,
      deleteMs: null,
      resourceGroupId: textOf(call, 'ResourceGroupId') ?? 'rg-default',
      tags: tagsOf(call),
      permissionNames: permissionsAsked(call).map(({ permissionName }) => permissionName),
      associations: [],
    };
    associate(share, wanted, call);
    call.world.shares[share.resourceShareId] = share;
    return { ResourceShare: shareView(share, call, 'Active') };
  },
};

/** 1 to 50 letters (Chinese ones too), digits, periods, underscores and hyphens. */
export function nameOf(call: Call): string {
  const name = textOf(call, 'ResourceShareName') ?? '';
  if (/^[A-Za-z0-9._\-\u4e00-\u9fff]+$/.test(name)) return name;
  throw new ProviderRefusal(400, 'InvalidParameter.ResourceShareName', 'The ResourceShareName is invalid.');
}
