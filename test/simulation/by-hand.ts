import type { ResourceShare } from '../../local/cloud/world';
import { ACCOUNTS, IMAGES, PLACE } from './estate';
import { at, oursIn, some, unsettle, type Memory } from './memory';
import { acts } from './acts';
import { pairOf } from './oracle';
import { pairsOfShare } from './provider-truth';
import type { HandChange, Step } from './steps';

type HandStep = Extract<Step, { do: 'hand-make' | 'hand-change' | 'hand-list' | 'meddle' }>;

/** What somebody does in the owner's console, past us: to shares of their own, to images' lists, and to our shares. */
export function handWork(step: HandStep, memory: Memory): string {
  switch (step.do) {
    case 'hand-make':
      return makes(step, memory);
    case 'hand-list':
      return lists(step, memory);
    case 'hand-change': {
      const { shares } = memory.stage.cloud.world;
      const share = at(
        [...memory.handShares].flatMap((id) => shares[id] ?? []),
        step.which,
      );
      return share === undefined ? 'nothing' : changes(step, share, memory);
    }
    case 'meddle': {
      const share = at(oursIn(memory), step.which);
      return share === undefined ? 'nothing' : meddles(step, share, memory);
    }
  }
}

function makes(step: Extract<HandStep, { do: 'hand-make' }>, memory: Memory): string {
  const { cloud } = memory.stage;
  const before = new Set(Object.keys(cloud.world.shares));
  const ourName = at(oursIn(memory), step.what[0] ?? 0)?.resourceShareName;
  const resourceShareName = step.namedLikeOurs && ourName !== undefined ? ourName : 'made-by-hand-too';
  const ended = calls(memory, 'CreateResourceShare', {
    ResourceShareName: resourceShareName,
    AllowExternalTargets: 'true',
    ...numbered('Resources', some(memory.stage.cast.resources, step.what).map(asFields)),
    ...numbered('Targets', some(memory.stage.cast.principals, step.whom)),
  });
  for (const id of Object.keys(cloud.world.shares)) if (!before.has(id)) memory.handShares.add(id);
  return ended;
}

function changes(
  { change, what, whom }: { change: HandChange; what: number; whom: number },
  share: ResourceShare,
  memory: Memory,
): string {
  const ResourceShareId = share.resourceShareId;
  const active = (type: string) =>
    share.associations.filter((one) => one.associationType === type && one.status === 'Associated');
  switch (change) {
    case 'add-resource':
      return calls(memory, 'AssociateResourceShare', {
        ResourceShareId,
        ...numbered('Resources', some(memory.stage.cast.resources, [what]).map(asFields)),
      });
    case 'add-target':
      return calls(memory, 'AssociateResourceShare', {
        ResourceShareId,
        ...numbered('Targets', some(memory.stage.cast.principals, [whom])),
      });
    case 'take-resource':
      return calls(memory, 'DisassociateResourceShare', {
        ResourceShareId,
        ...numbered(
          'Resources',
          some(active('Resource'), [what]).map(({ entityType, entityId }) =>
            asFields([entityType, entityId]),
          ),
        ),
      });
    case 'take-target':
      return calls(memory, 'DisassociateResourceShare', {
        ResourceShareId,
        ...numbered(
          'Targets',
          some(active('Target'), [whom]).map(({ entityId }) => entityId),
        ),
      });
    case 'delete':
      return calls(memory, 'DeleteResourceShare', { ResourceShareId });
  }
}

/** What comes about so is nobody's plan, and what is lost so may be given again. */
function meddles(step: Extract<HandStep, { do: 'meddle' }>, share: ResourceShare, memory: Memory): string {
  const ended = changes(step, share, memory);
  if (ended !== 'done') return ended;
  for (const pair of pairsOfShare(
    share,
    ({ status }) => status === 'Associated' || status === 'Associating',
  )) {
    memory.meddled.add(pair);
  }
  for (const { associationType, entityId } of share.associations) {
    if (associationType === 'Target') unsettle(memory, entityId);
  }
  return ended;
}

function lists(step: Extract<HandStep, { do: 'hand-list' }>, memory: Memory): string {
  const imageId = at(IMAGES, step.image) ?? '';
  const accountId = at(ACCOUNTS, step.whom) ?? '';
  const ended = acts(memory, {
    act: 'call',
    accountId: PLACE.ownerAccountId,
    product: 'Ecs',
    action: 'ModifyImageSharePermission',
    regionId: PLACE.regionId,
    parameters: {
      RegionId: PLACE.regionId,
      ImageId: imageId,
      [step.add ? 'AddAccount.1' : 'RemoveAccount.1']: accountId,
    },
  });
  if (ended !== 'done') return ended;
  if (step.add) memory.handListed.add(pairOf(imageId, accountId));
  else {
    memory.handListed.delete(pairOf(imageId, accountId));
    memory.handTaken.add(pairOf(imageId, accountId));
  }
  return ended;
}

function calls(memory: Memory, action: string, parameters: Record<string, string>): string {
  const { ownerAccountId: accountId, regionId } = PLACE;
  return acts(memory, { act: 'call', accountId, product: 'ResourceSharing', action, regionId, parameters });
}

function asFields([ResourceType, ResourceId]: readonly [string, string]): Record<string, string> {
  return { ResourceType, ResourceId };
}

/** A list as the provider wants it in a query: `Targets.1`, `Resources.1.ResourceId` … */
function numbered(name: string, items: readonly (string | Record<string, string>)[]): Record<string, string> {
  return Object.fromEntries(
    items.flatMap((item, index) =>
      typeof item === 'string'
        ? [[`${name}.${index + 1}`, item]]
        : Object.entries(item).map(([field, value]) => [`${name}.${index + 1}.${field}`, value]),
    ),
  );
}
