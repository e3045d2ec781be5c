import { type Call, ProviderRefusal } from '../product';
import type { Association, ResourceShare } from '../world';
import { isActive, sharesOwnedBy } from './share-state';

/** @throws ProviderRefusal 409 QuotaExceeded.ResourceShare.Count when the account has all the shares that it may. */
export function checkShareCount(call: Call): void {
  const { accountId } = call.caller;
  const live = sharesOwnedBy(accountId, call.world).filter((share) => share.deleteMs === null);
  if (live.length < quotasOf(call).shares) return;
  throw new ProviderRefusal(
    409,
    'QuotaExceeded.ResourceShare.Count',
    'The maximum number of ResourceShare exceeds the limit.',
  );
}

/** Counts a resource once, however many shares it is in. @throws ProviderRefusal 409 QuotaExceeded.SharedResource.Count */
export function checkSharedResources(share: ResourceShare, added: readonly Association[], call: Call): void {
  const there = sharesOwnedBy(share.ownerId, call.world).flatMap((one) => one.associations.filter(isActive));
  const before = resourcesIn(there).size;
  const after = resourcesIn([...there, ...added]).size;
  if (after === before || after <= quotasOf(call).sharedResources) return;
  throw new ProviderRefusal(
    409,
    'QuotaExceeded.SharedResource.Count',
    'The maximum number of shared resources per account exceeds the limit.',
  );
}

/** @throws ProviderRefusal 409 QuotaExceeded.PendingInvitations */
export function checkPendingInvitations(added: number, call: Call): void {
  const pending = Object.values(call.world.invitations).filter(
    (one) => one.senderId === call.caller.accountId && one.status === 'Pending',
  );
  if (added === 0 || pending.length + added <= quotasOf(call).pendingInvitations) return;
  throw new ProviderRefusal(
    409,
    'QuotaExceeded.PendingInvitations',
    'The maximum number of pending invitations exceeds the limit.',
  );
}

function resourcesIn(associations: readonly Association[]): Set<string> {
  return new Set(associations.filter((one) => one.associationType === 'Resource').map((one) => one.entityId));
}

function quotasOf(call: Call) {
  const account = call.world.accounts[call.caller.accountId];
  if (account === undefined) throw new Error(`The world has no account ${call.caller.accountId}.`);
  return account.quotas;
}
