import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, textOf, textsOf } from '../read-parameters';
import type { ResourceShare } from '../world';
import { NAME_PARAMETER, nameOf } from './create-share';
import { leave, refuseOccupied } from './leave';
import {
  FIVE_TEXTS,
  OWNER_PARAMETER,
  PAGE_PARAMETERS,
  READS_PER_SECOND,
  TAGS_MAX,
  WRITES_PER_SECOND,
} from './limits';
import { pageOf, timeKey } from './page';
import {
  type ShareStatus,
  checkActive,
  isActive,
  isReceivedBy,
  isWaiting,
  latestAssociation,
  ownShare,
  sharesOwnedBy,
  statusForOwner,
  statusOf,
} from './share-state';
import { hasTags } from './tags';
import { shareView } from './views';

const ID_PARAMETER = { ResourceShareId: { type: 'string', required: true } } as const;

/** Changes name and scope; the name is required even when only the scope changes. */
export const updateResourceShare: Action = {
  parameters: { ...ID_PARAMETER, ...NAME_PARAMETER, AllowExternalTargets: { type: 'boolean' } },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const share = ownShare(call);
    const resourceShareName = nameOf(call);
    checkActive(share, call.nowMs);
    const allowExternalTargets = flagOf(call, 'AllowExternalTargets') ?? share.allowExternalTargets;
    if (share.allowExternalTargets && !allowExternalTargets) closeScope(share, call);
    Object.assign(share, { resourceShareName, allowExternalTargets, updateMs: call.nowMs });
    return { ResourceShare: shareView(share, call) };
  },
};

/** Takes access from all principals; resources stay. Asynchronous: Deleting, then Deleted. */
export const deleteResourceShare: Action = {
  parameters: ID_PARAMETER,
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const share = ownShare(call);
    checkActive(share, call.nowMs);
    const active = share.associations.filter(isActive);
    const isUnfinished = active.some(
      (one) =>
        one.settleMs !== null ||
        (isWaiting(one, share, call.world) && call.switchAt('withdraw-invitation') === 'refused'),
    );
    if (isUnfinished) {
      throw new ProviderRefusal(
        409,
        'DeleteResourceShareConflict',
        'You cannot delete a resource share while there are unfinished tasks.',
      );
    }
    refuseOccupied(active, share, call);
    for (const one of active) leave(one, share, call);
    share.deleteMs = call.nowMs;
    share.updateMs = call.nowMs;
    return {};
  },
};

export const listResourceShares: Action = {
  parameters: {
    ...OWNER_PARAMETER,
    ...PAGE_PARAMETERS,
    ResourceShareIds: FIVE_TEXTS,
    ResourceShareName: { type: 'string', maxLength: 50 },
    ResourceShareStatus: { type: 'string', enum: ['Active', 'Pending', 'Deleting', 'Deleted'] },
    PermissionName: { type: 'string' },
    ResourceGroupId: { type: 'string' },
    Tag: { type: 'list', maxItems: TAGS_MAX, fields: { Key: { type: 'string' }, Value: { type: 'string' } } },
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const isOwn = textOf(call, 'ResourceOwner') === 'Self';
    const seen = isOwn ? ownShares(call) : receivedShares(call);
    const asked = seen.filter(({ share, status }) => isAskedFor(share, status, call));
    return pageOf(
      call,
      'ResourceShares',
      asked,
      ({ share }) => timeKey(share.createMs, share.resourceShareId),
      ({ share, status }) => ({
        ...shareView(share, call, status),
        ResourceGroupId: share.resourceGroupId,
        Tags: Object.entries(share.tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
  },
};

interface Seen {
  share: ResourceShare;
  status: ShareStatus;
}

function ownShares({ caller, regionId, world, nowMs }: Call): Seen[] {
  return sharesOwnedBy(caller.accountId, world)
    .filter((share) => share.regionId === regionId)
    .map((share) => ({ share, status: statusForOwner(share, world, nowMs) }));
}

/** A receiver sees a share as Pending until it accepts, then as Active, and no more once it is out. */
function receivedShares({ caller, regionId, world, nowMs }: Call): Seen[] {
  return Object.values(world.shares).flatMap((share): Seen[] => {
    if (share.regionId !== regionId || share.ownerId === caller.accountId) return [];
    if (isReceivedBy(caller.accountId, share, world)) return [{ share, status: statusOf(share, nowMs) }];
    const mine = latestAssociation(share, 'Target', caller.accountId);
    const isComing = mine?.status === 'Associating' && mine.external;
    return isComing && (isWaiting(mine, share, world) || mine.settleMs !== null)
      ? [{ share, status: 'Pending' }]
      : [];
  });
}

function isAskedFor(share: ResourceShare, status: ShareStatus, call: Call): boolean {
  const ids = textsOf(call, 'ResourceShareIds');
  const permission = textOf(call, 'PermissionName');
  return (
    (ids.length === 0 || ids.includes(share.resourceShareId)) &&
    (textOf(call, 'ResourceShareName') ?? share.resourceShareName) === share.resourceShareName &&
    (textOf(call, 'ResourceShareStatus') ?? status) === status &&
    (textOf(call, 'ResourceGroupId') ?? share.resourceGroupId) === share.resourceGroupId &&
    (permission === undefined || share.permissionNames.includes(permission)) &&
    hasTags(share, call)
  );
}

/** What happens to outside principals when the scope is closed is not documented. */
function closeScope(share: ResourceShare, call: Call): void {
  const outside = share.associations.filter(
    (one) => one.external && isActive(one) && one.status !== 'Disassociating',
  );
  if (outside.length === 0) return;
  switch (call.switchAt('close-scope-with-external')) {
    case 'refused':
      throw new ProviderRefusal(
        409,
        'OperationNotPermitted',
        'You do not have permission to do this operation.',
      );
    case 'accepted-removed':
      for (const one of outside) leave(one, share, call);
  }
}
