import type { Association, Directory, ResourceShare, World } from './world';

/** A resource that a share lets someone use. */
export interface Received {
  share: ResourceShare;
  resource: Association;
}

/**
 * The accounts that a principal stands for now: an account itself, the members at or below a folder, or every member
 * of a directory. A service principal stands for no account.
 */
export function accountsOf(principal: string, world: World): string[] {
  for (const directory of world.directories) {
    if (principal === directory.resourceDirectoryId) return Object.keys(directory.members);
    if (directory.folders[principal] !== undefined) return membersBelow(principal, directory);
  }
  return world.accounts[principal] === undefined ? [] : [principal];
}

/** The accounts, other than the owner, that use a resource through Resource Sharing now. */
export function sharedWith(resourceId: string, regionId: string, world: World): string[] {
  return accountsWith(resourceId, regionId, world, ['Associated']);
}

/** Whether any other account uses the resource, or is just losing it: the provider keeps such a resource. */
export function isShared(resourceId: string, regionId: string, world: World): boolean {
  return accountsWith(resourceId, regionId, world, ['Associated', 'Disassociating']).length > 0;
}

/** What an account may use of other owners in a region, one entry for each share and resource. */
export function receivedBy(accountId: string, regionId: string, world: World): Received[] {
  return sharesIn(regionId, world)
    .filter(
      (share) => share.ownerId !== accountId && receiversOf(share, world, ['Associated']).has(accountId),
    )
    .flatMap((share) => resourcesOf(share, ['Associated']).map((resource) => ({ share, resource })));
}

type Status = Association['status'];

function accountsWith(
  resourceId: string,
  regionId: string,
  world: World,
  statuses: readonly Status[],
): string[] {
  const accounts = new Set<string>();
  for (const share of sharesIn(regionId, world)) {
    if (!resourcesOf(share, statuses).some((resource) => resource.entityId === resourceId)) continue;
    for (const accountId of receiversOf(share, world, statuses)) accounts.add(accountId);
  }
  return [...accounts].toSorted();
}

function receiversOf(share: ResourceShare, world: World, statuses: readonly Status[]): Set<string> {
  const receivers = new Set(
    share.associations
      .filter((one) => one.associationType === 'Target' && statuses.includes(one.status))
      .flatMap((one) => accountsOf(one.entityId, world)),
  );
  receivers.delete(share.ownerId);
  return receivers;
}

function resourcesOf(share: ResourceShare, statuses: readonly Status[]): Association[] {
  return share.associations.filter(
    (one) => one.associationType === 'Resource' && statuses.includes(one.status),
  );
}

function sharesIn(regionId: string, world: World): ResourceShare[] {
  return Object.values(world.shares).filter((share) => share.regionId === regionId);
}

function membersBelow(folderId: string, directory: Directory): string[] {
  return Object.values(directory.members)
    .filter((member) => isAtOrBelow(member.folderId, folderId, directory))
    .map((member) => member.accountId);
}

function isAtOrBelow(folderId: string, ancestorId: string, directory: Directory): boolean {
  for (let at: string | null = folderId; at !== null; at = directory.folders[at]?.parentFolderId ?? null) {
    if (at === ancestorId) return true;
  }
  return false;
}
