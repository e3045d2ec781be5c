import type { Action, Call } from '../product';
import { textOf, textsOf } from '../read-parameters';
import { directoryAround } from '../resource-directory/directory';
import { toMilliseconds } from '../times';
import { accountsOf, receivedBy } from '../visibility';
import type { Association, ResourceShare } from '../world';
import { FIVE_TEXTS, OWNER_PARAMETER, PAGE_PARAMETERS, READS_PER_SECOND } from './limits';
import { pageOf, timeKey } from './page';
import { arnOf, resourceTypeAsked } from './resource-types';
import { sharesOwnedBy } from './share-state';

interface InShare {
  share: ResourceShare;
  association: Association;
}

/** What I share, or what others share with me; one entry for each share that a resource is in. */
export const listSharedResources: Action = {
  parameters: {
    ...OWNER_PARAMETER,
    ...PAGE_PARAMETERS,
    ResourceIds: FIVE_TEXTS,
    ResourceArns: FIVE_TEXTS,
    ResourceShareIds: FIVE_TEXTS,
    ResourceType: { type: 'string' },
    Target: { type: 'string' },
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const isOwn = textOf(call, 'ResourceOwner') === 'Self';
    const type = resourceTypeAsked(call);
    const found = (isOwn ? ownResources(call) : receivedResources(call)).filter(
      ({ share, association }) =>
        isOneOf(association.entityId, textsOf(call, 'ResourceIds')) &&
        isOneOf(share.resourceShareId, textsOf(call, 'ResourceShareIds')) &&
        isOneOf(arnIn({ share, association }, call), textsOf(call, 'ResourceArns')) &&
        (type ?? association.entityType) === association.entityType,
    );
    return pageOf(call, 'SharedResources', found, keyOf, ({ share, association }) => ({
      ResourceId: association.entityId,
      ResourceType: association.entityType,
      ResourceShareId: share.resourceShareId,
      ResourceArn: arnIn({ share, association }, call),
      ...(isOwn ? {} : { ResourceStatus: 'Available' }),
      CreateTime: toMilliseconds(association.createMs),
      UpdateTime: toMilliseconds(association.updateMs),
    }));
  },
};

/** The principals of my shares, or the owners of the shares that I received. */
export const listSharedTargets: Action = {
  parameters: {
    ...OWNER_PARAMETER,
    ...PAGE_PARAMETERS,
    ResourceId: { type: 'string' },
    ResourceArn: { type: 'string' },
    ResourceShareIds: FIVE_TEXTS,
    ResourceType: { type: 'string' },
    Targets: FIVE_TEXTS,
  },
  ratePerSecond: READS_PER_SECOND,
  run(call) {
    const isOwn = textOf(call, 'ResourceOwner') === 'Self';
    const found = (isOwn ? ownTargets(call) : owners(call)).filter(
      ({ share, targetId }) =>
        isOneOf(share.resourceShareId, textsOf(call, 'ResourceShareIds')) &&
        isOneOf(targetId, textsOf(call, 'Targets')) &&
        holdsAsked(share, call),
    );
    return pageOf(call, 'SharedTargets', found, keyOf, ({ share, association, targetId, external }) => ({
      ResourceShareId: share.resourceShareId,
      TargetId: targetId,
      External: external,
      CreateTime: toMilliseconds(association.createMs),
      UpdateTime: toMilliseconds(association.updateMs),
    }));
  },
};

/** Being there: associated, or not yet quite gone. */
function isThere({ status }: Association): boolean {
  return status === 'Associated' || status === 'Disassociating';
}

function ownResources(call: Call): InShare[] {
  const target = textOf(call, 'Target');
  const areAllListed = call.switchAt('shared-resource-without-target') === 'listed';
  return sharesHere(call).flatMap((share) => {
    const principals = targetsIn(share).map((one) => one.entityId);
    const isListed =
      target === undefined ? areAllListed || principals.length > 0 : principals.includes(target);
    if (!isListed) return [];
    return share.associations
      .filter((one) => one.associationType === 'Resource' && isThere(one))
      .map((association) => ({ share, association }));
  });
}

function receivedResources(call: Call): InShare[] {
  const owner = textOf(call, 'Target');
  return receivedBy(call.caller.accountId, call.regionId, call.world)
    .filter(({ share }) => (owner ?? share.ownerId) === share.ownerId)
    .map(({ share, resource }) => ({ share, association: resource }));
}

interface Principal extends InShare {
  targetId: string;
  external: boolean;
}

function ownTargets(call: Call): Principal[] {
  return sharesHere(call).flatMap((share) =>
    targetsIn(share).map((association) => ({
      share,
      association,
      targetId: association.entityId,
      external: association.external,
    })),
  );
}

function owners({ caller, regionId, world }: Call): Principal[] {
  const own = directoryAround(caller.accountId, world);
  return Object.values(world.shares).flatMap((share) => {
    if (share.regionId !== regionId || share.ownerId === caller.accountId) return [];
    const association = targetsIn(share).find((one) =>
      accountsOf(one.entityId, world).includes(caller.accountId),
    );
    if (association === undefined) return [];
    const external = own === undefined || directoryAround(share.ownerId, world) !== own;
    return [{ share, association, targetId: share.ownerId, external }];
  });
}

function targetsIn(share: ResourceShare): Association[] {
  return share.associations.filter(
    (one) => one.associationType === 'Target' && isThere(one) && one.withdrawn !== true,
  );
}

function holdsAsked(share: ResourceShare, call: Call): boolean {
  const id = textOf(call, 'ResourceId');
  const arn = textOf(call, 'ResourceArn');
  const type = resourceTypeAsked(call);
  if (id === undefined && arn === undefined && type === undefined) return true;
  return share.associations.some(
    (one) =>
      one.associationType === 'Resource' &&
      isThere(one) &&
      (id ?? one.entityId) === one.entityId &&
      (type ?? one.entityType) === one.entityType &&
      (arn === undefined || arn === arnIn({ share, association: one }, call)),
  );
}

function sharesHere({ caller, regionId, world }: Call): ResourceShare[] {
  return sharesOwnedBy(caller.accountId, world).filter((share) => share.regionId === regionId);
}

function arnIn({ share, association }: InShare, { world }: Call): string {
  return arnOf(association.entityType, association.entityId, share.regionId, share.ownerId, world);
}

function keyOf({ share, association }: InShare): string {
  return timeKey(association.createMs, share.resourceShareId, association.entityId);
}

function isOneOf(value: string, asked: readonly string[]): boolean {
  return asked.length === 0 || asked.includes(value);
}
