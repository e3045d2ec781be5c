import { accountsOf } from '../cloud/visibility';
import type { Association, ResourceShare, World } from '../cloud/world';

/** What someone did by hand in the console: a share that is there and settled. */
export interface HandMadeShare {
  resourceShareId: string;
  resourceShareName: string;
  ownerId: string;
  regionId: string;
  createMs: number;
  resources: { type: string; id: string }[];
  principals: string[];
  /** Whether those outside accepted their invitation (the default), or have it still before them. */
  invitations?: 'accepted' | 'pending';
}

/** Puts a hand-made share into the world, with the invitations of the accounts outside the owner's directory. */
export function addHandMadeShare(world: World, made: HandMadeShare): void {
  const { resourceShareId, ownerId, regionId, createMs, invitations = 'accepted' } = made;
  const outside = made.principals.filter((principal) => isOutside(principal, ownerId, world));
  const share: ResourceShare = {
    resourceShareId,
    resourceShareName: made.resourceShareName,
    ownerId,
    regionId,
    allowExternalTargets: outside.length > 0,
    createMs,
    updateMs: createMs,
    deleteMs: null,
    resourceGroupId: 'rg-default',
    tags: {},
    permissionNames: [...new Set(made.resources.map(({ type }) => `AliyunRSDefaultPermission${type}`))],
    associations: [
      ...made.resources.map(({ type, id }) => ({
        ...settled(id, type, createMs),
        associationType: 'Resource' as const,
      })),
      ...made.principals.map((principal) =>
        targetOf(principal, outside.includes(principal), invitations, createMs),
      ),
    ],
  };
  world.shares[resourceShareId] = share;
  for (const receiverId of outside) {
    const resourceShareInvitationId = `i-${resourceShareId.slice(3)}${receiverId.slice(-4)}`;
    world.invitations[resourceShareInvitationId] = {
      resourceShareInvitationId,
      resourceShareId,
      senderId: ownerId,
      receiverId,
      createMs,
      ...(invitations === 'accepted'
        ? { status: 'Accepted', endedMs: createMs }
        : { status: 'Pending', endedMs: null }),
    };
  }
}

function settled(
  entityId: string,
  entityType: string,
  createMs: number,
): Omit<Association, 'associationType'> {
  return {
    entityId,
    entityType,
    external: false,
    createMs,
    updateMs: createMs,
    status: 'Associated',
    settleMs: null,
    failureReason: '',
  };
}

function targetOf(
  principal: string,
  external: boolean,
  invitations: 'accepted' | 'pending',
  createMs: number,
): Association {
  return {
    ...settled(principal, kindOf(principal), createMs),
    associationType: 'Target',
    external,
    status: external && invitations === 'pending' ? 'Associating' : 'Associated',
  };
}

function kindOf(principal: string): string {
  if (principal.startsWith('rd-')) return 'ResourceDirectory';
  return principal.startsWith('fd-') || principal.startsWith('r-') ? 'Folder' : 'Account';
}

function isOutside(principal: string, ownerId: string, world: World): boolean {
  const own = world.directories.find(({ members }) => members[ownerId] !== undefined);
  if (own === undefined) return kindOf(principal) === 'Account';
  return accountsOf(principal, world).some((accountId) => own.members[accountId] === undefined);
}
