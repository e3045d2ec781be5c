import { type Action, type Call, ProviderRefusal } from '../product';
import { textOf, textsOf } from '../read-parameters';
import type { Association, ResourceShare } from '../world';
import { associate, wantedOf } from './associate';
import { CONTENT_PARAMETERS } from './create-share';
import { FIVE_TEXTS, PAGE_PARAMETERS, READS_PER_SECOND, WRITES_PER_SECOND } from './limits';
import { pageOf, timeKey } from './page';
import { arnOf } from './resource-types';
import { permissionsAsked } from './share-permissions';
import { checkActive, ownShare, sharesOwnedBy } from './share-state';
import { associationDetails, associationView } from './views';

/** Puts resources and principals into a share. Asynchronous: Associating, then Associated or Failed. */
export const associateResourceShare: Action = {
  parameters: { ResourceShareId: { type: 'string', required: true }, ...CONTENT_PARAMETERS },
  ratePerSecond: WRITES_PER_SECOND,
  run(call) {
    const share = ownShare(call);
    checkActive(share, call.nowMs);
    const wanted = wantedOf(call, share.allowExternalTargets);
    if (wanted.resources.length + wanted.targets.length === 0) throw bothEmpty();
    const permissions = permissionsAsked(call);
    const associations = associate(share, wanted, call, permissions);
    return { ResourceShareAssociations: associations.map((one) => associationView(one, share, call.world)) };
  },
};

export function bothEmpty(): ProviderRefusal {
  return new ProviderRefusal(
    400,
    'ResourceAndTargetBothEmpty',
    'Either a resource or a shared target must be specified.',
  );
}

/** The owner's view, with what has ended until it is purged. */
export const listResourceShareAssociations: Action = {
  parameters: {
    ...PAGE_PARAMETERS,
    AssociationType: { type: 'string', required: true, enum: ['Resource', 'Target'] },
    AssociationStatus: {
      type: 'string',
      enum: ['Associating', 'Associated', 'Failed', 'Disassociating', 'Disassociated'],
    },
    ResourceShareIds: FIVE_TEXTS,
    ResourceId: { type: 'string' },
    ResourceArn: { type: 'string' },
    Target: { type: 'string' },
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    checkFilters(call);
    const listed = sharesOwnedBy(call.caller.accountId, call.world)
      .filter((share) => share.regionId === call.regionId)
      .flatMap((share) => share.associations.map((association, place) => ({ share, association, place })))
      .filter(({ share, association }) => isAskedFor(share, association, call));
    return pageOf(
      call,
      'ResourceShareAssociations',
      listed,
      ({ share, association, place }) =>
        timeKey(association.createMs, share.resourceShareId, String(place).padStart(6, '0')),
      ({ share, association }) => associationDetails(association, share, call.world),
    );
  },
};

function checkFilters(call: Call): void {
  const type = textOf(call, 'AssociationType');
  const other = type === 'Resource' ? ['Target'] : ['ResourceId', 'ResourceArn'];
  if (other.every((name) => textOf(call, name) === undefined)) return;
  throw new ProviderRefusal(
    400,
    'ConflictedAssociationType',
    'The specified ResourceId or Target conflicts with AssociationType.',
  );
}

function isAskedFor(share: ResourceShare, association: Association, call: Call): boolean {
  const ids = textsOf(call, 'ResourceShareIds');
  const { associationType, entityId, entityType, status } = association;
  const entity = textOf(call, 'ResourceId') ?? textOf(call, 'Target') ?? entityId;
  const arn = textOf(call, 'ResourceArn');
  return (
    associationType === textOf(call, 'AssociationType') &&
    (textOf(call, 'AssociationStatus') ?? status) === status &&
    (ids.length === 0 || ids.includes(share.resourceShareId)) &&
    entity === entityId &&
    (arn === undefined || arn === arnOf(entityType, entityId, share.regionId, share.ownerId, call.world))
  );
}
