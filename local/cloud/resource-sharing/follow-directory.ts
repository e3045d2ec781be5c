import { directoryAround } from '../resource-directory/directory';
import { positionOf } from '../switches';
import type { Association, ResourceShare, World } from '../world';
import { ASSOCIATION_TAKES_MS } from './limits';
import { isActive, isWaiting, latestInvitation } from './share-state';

/**
 * Keeps a share in step with its owner's directory. Folders and the directory follow membership by themselves; here
 * are the principals listed by account id that joined or left, and groups that are gone.
 *
 * @returns whether anything changed.
 */
export function followDirectory(share: ResourceShare, world: World, nowMs: number): boolean {
  let hasChanged = false;
  for (const one of share.associations) {
    if (one.associationType !== 'Target' || !isActive(one) || one.status === 'Disassociating') continue;
    const isInside = isInOwnersDirectory(one.entityId, share, world);
    if (isInside === !one.external) continue;
    hasChanged = (isInside ? join(one, share, world, nowMs) : leave(one, share, world, nowMs)) || hasChanged;
  }
  return hasChanged;
}

function isInOwnersDirectory(principal: string, share: ResourceShare, world: World): boolean {
  const directory = directoryAround(share.ownerId, world);
  if (directory === undefined) return false;
  return (
    principal === directory.resourceDirectoryId ||
    directory.folders[principal] !== undefined ||
    directoryAround(principal, world) === directory
  );
}

function join(association: Association, share: ResourceShare, world: World, nowMs: number): boolean {
  if (association.status === 'Associated') {
    association.external = false;
    return true;
  }
  const isAccepted = positionOf('invited-account-joins', world) === 'accepted';
  if (!isAccepted || !isWaiting(association, share, world)) return false;
  const invitation = latestInvitation(share, association.entityId, world);
  if (invitation !== undefined) Object.assign(invitation, { status: 'Accepted', endedMs: nowMs });
  Object.assign(association, { external: false, updateMs: nowMs, settleMs: nowMs + ASSOCIATION_TAKES_MS });
  return true;
}

function leave(association: Association, share: ResourceShare, world: World, nowMs: number): boolean {
  const isAccount = association.entityType === 'Account';
  const isKept = share.allowExternalTargets || positionOf('listed-member-leaves', world) === 'kept';
  if (isAccount && isKept) {
    association.external = true;
    return true;
  }
  Object.assign(association, {
    status: 'Disassociating',
    updateMs: nowMs,
    settleMs: nowMs + ASSOCIATION_TAKES_MS,
  });
  return true;
}
