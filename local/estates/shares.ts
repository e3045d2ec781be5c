import { accountsOf } from '../cloud/visibility';
import type { Association, Invitation, ResourceShare, World } from '../cloud/world';

/** What someone did by hand in the console: a share that is there, settled, with every invitation accepted. */
export interface HandMadeShare {
  resourceShareId: string;
  resourceShareName: string;
  ownerId: string;
  regionId: string;
  createMs: number;
  resources: { type: string; id: string }[];
  principals: string[];
}

/** Puts a hand-made share into the world, with the accepted invitations of the accounts outside the owner's directory. */
export function addHandMadeShare(world: World, made: HandMadeShare): void {
  const { resourceShareId, ownerId, regionId, createMs } = made;
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
    resourceGroupId: '',
    tags: {},
    permissionNames: [...new Set(made.resources.map(({ type }) => `AliyunRSDefaultPermission${type}`))],
    associations: [
      ...made.resources.map(({ type, id }) => associated('Resource', id, type, false, createMs)),
      ...made.principals.map((principal) =>
        associated('Target', principal, kindOf(principal), outside.includes(principal), createMs),
      ),
    ],
  };
  world.shares[resourceShareId] = share;
  for (const receiverId of outside) {
    const invitation = accepted(share, receiverId);
    world.invitations[invitation.resourceShareInvitationId] = invitation;
  }
}

function associated(
  associationType: Association['associationType'],
  entityId: string,
  entityType: string,
  external: boolean,
  createMs: number,
): Association {
  return {
    associationType,
    entityId,
    entityType,
    external,
    createMs,
    updateMs: createMs,
    status: 'Associated',
    settleMs: null,
    failureReason: '',
  };
}

function accepted(share: ResourceShare, receiverId: string): Invitation {
  return {
    resourceShareInvitationId: `i-${share.resourceShareId.slice(3)}${receiverId.slice(-4)}`,
    resourceShareId: share.resourceShareId,
    senderId: share.ownerId,
    receiverId,
    createMs: share.createMs,
    status: 'Accepted',
    endedMs: share.createMs,
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
