import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf, textsOf } from '../read-parameters';
import { directoryAround } from '../resource-directory/directory';
import { accountsOf } from '../visibility';
import type { Association, ResourceShare } from '../world';
import { bothEmpty } from './associations';
import { leave, refuseOccupied } from './leave';
import { FIVE_TEXTS, WRITES_PER_SECOND } from './limits';
import { RESOURCE_PARAMETERS, resourcesNamed } from './resources';
import {
  checkActive,
  isUnanswered,
  isWaiting,
  latestAssociation,
  ownShare,
  shareNamed,
  shareNotFound,
} from './share-state';
import { associationView } from './views';

/** The owner takes something out of its share, or (ResourceOwner=OtherAccounts) an outside receiver leaves one. */
export const disassociateResourceShare: Action = {
  parameters: {
    ResourceShareId: { type: 'string', required: true },
    ResourceOwner: { type: 'string', enum: ['Self', 'OtherAccounts'] },
    ...RESOURCE_PARAMETERS,
    Targets: FIVE_TEXTS,
  },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const isReceiver = textOf(call, 'ResourceOwner') === 'OtherAccounts';
    const share = isReceiver ? shareNamed(call) : ownShare(call);
    checkActive(share, call.nowMs);
    const leaving = isReceiver ? [receiverLeaving(share, call)] : named(share, call);
    refuseOccupied(leaving, share, call);
    for (const one of leaving) if (one.status !== 'Disassociating') leave(one, share, call);
    share.updateMs = call.nowMs;
    return { ResourceShareAssociations: leaving.map((one) => associationView(one, share, call.world)) };
  },
};

function named(share: ResourceShare, call: Call): Association[] {
  const resources = resourcesNamed(call);
  const targets = textsOf(call, 'Targets');
  if (resources.length + targets.length === 0) throw bothEmpty();
  return [
    ...resources.map((one) => removable(latestAssociation(share, 'Resource', one.resourceId), share, call)),
    ...targets.map((id) => removable(latestAssociation(share, 'Target', id), share, call)),
  ];
}

/** @throws ProviderRefusal 400 DisassociateInvalid, 409 DisassociateConflict */
function removable(association: Association | undefined, share: ResourceShare, call: Call): Association {
  if (association === undefined) throw notAssociated();
  if (isUnanswered(association, share, call.world)) {
    const isHistory = association.status === 'Failed' && call.switchAt('re-invite') === 'associate';
    if (isHistory) throw notAssociated();
    return association;
  }
  switch (association.status) {
    case 'Associated':
      return association;
    case 'Associating': {
      const mayGo =
        isWaiting(association, share, call.world) && call.switchAt('withdraw-invitation') === 'accepted';
      if (mayGo) return association;
      throw new ProviderRefusal(
        409,
        'DisassociateConflict',
        'You cannot perform the operation while association is already in progress.',
      );
    }
    case 'Disassociating':
      if (call.switchAt('disassociate-again') === 'accepted') return association;
      throw notAssociated();
    case 'Failed':
    case 'Disassociated':
      throw notAssociated();
  }
}

/** Only an account that was invited may leave: what the directory let in, the directory takes out. */
function receiverLeaving(share: ResourceShare, call: Call): Association {
  const { accountId } = call.caller;
  const targets = textsOf(call, 'Targets');
  if (targets.length === 0 && call.switchAt('leave-without-target') === 'refused') throw bothEmpty();
  if (targets.some((id) => id !== accountId)) {
    throw new ProviderRefusal(400, 'InvalidParameter.Targets', 'The Targets is invalid.');
  }
  const association = latestAssociation(share, 'Target', accountId);
  if (association?.status === 'Associated' && association.external) return association;
  if (isReceiver(accountId, share, call)) {
    throw new ProviderRefusal(
      409,
      'LeavingFailed.Account',
      'The account was added to the resource share automatically by resoucre directory.',
    );
  }
  if (association === undefined) throw shareNotFound();
  throw notAssociated();
}

function isReceiver(accountId: string, share: ResourceShare, { world }: Call): boolean {
  const isInside = directoryAround(accountId, world) === directoryAround(share.ownerId, world);
  return share.associations.some(
    (one) =>
      one.associationType === 'Target' &&
      one.status === 'Associated' &&
      isInside &&
      accountsOf(one.entityId, world).includes(accountId),
  );
}

function notAssociated(): ProviderRefusal {
  return new ProviderRefusal(
    400,
    'DisassociateInvalid',
    'You can not disassociate unassociated resource or target.',
  );
}
