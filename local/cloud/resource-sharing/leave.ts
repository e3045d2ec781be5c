import { type Call, ProviderRefusal } from '../product';
import type { Association, ResourceShare } from '../world';
import { ASSOCIATION_TAKES_MS } from './limits';
import { heldByInstances } from './occupied';
import { isWaiting, latestInvitation } from './share-state';

/** Starts to take a principal or resource out of a share; an invitation that still waits is cancelled. */
export function leave(association: Association, share: ResourceShare, call: Call): void {
  const { nowMs, world } = call;
  if (isWaiting(association, share, world)) {
    const invitation = latestInvitation(share, association.entityId, world);
    if (invitation !== undefined) Object.assign(invitation, { status: 'Cancelled', endedMs: nowMs });
  }
  if (association.status !== 'Associated') association.withdrawn = true;
  Object.assign(association, {
    status: 'Disassociating',
    failureReason: '',
    updateMs: nowMs,
    settleMs: nowMs + ASSOCIATION_TAKES_MS,
  });
}

/**
 * How a deployment set with a receiver's instances refuses to be unshared is not documented: by the call, or later by
 * its association. @throws ProviderRefusal 409 OperationNotPermitted
 */
export function refuseOccupied(leaving: readonly Association[], share: ResourceShare, call: Call): void {
  if (call.switchAt('occupied-deployment-set') !== 'refused') return;
  if (heldByInstances(leaving, share, call.world).length === 0) return;
  throw new ProviderRefusal(409, 'OperationNotPermitted', 'You do not have permission to do this operation.');
}
