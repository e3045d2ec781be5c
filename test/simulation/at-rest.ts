import type { Sight } from '../../shared/domain/sharing/ledger';
import { sightsIn } from './always';
import { PLACE, UNSHAREABLE } from './estate';
import { Failure } from './failure';
import { oursIn, type Memory } from './memory';
import { everWanted, isByList, partsOf, wantedAt, type Pair } from './oracle';
import { granted, isOccupied, listed, pairsOfShare } from './provider-truth';
import { readStored, sorted } from './stored';
import { TINY } from '../../local/estates/tiny';
import { sharedWith } from '../../local/cloud/visibility';

const INVITATION_VALID_MS = 7 * 24 * 3_600_000;

/** What must hold once nothing goes wrong any more and the poller has nothing left to do. */
export async function mustHoldAtRest(memory: Memory): Promise<void> {
  const stored = sorted(await readStored(memory.stage.ports().rows));
  const sights = sightsIn(stored);
  const wanted = wantedAt(memory.requests, memory.stage.clock.nowMs());
  const given = new Set([...granted(oursIn(memory)), ...listed(memory.stage.cloud.world)]);
  for (const [pair, sinceMs] of wanted) wantedIsSettled(pair, sinceMs, sights.get(pair), given, memory);
  for (const [pair, { is }] of sights) {
    if (!wanted.has(pair) && is !== 'absent' && is !== 'failed' && is !== 'gone' && !isHeld(pair, memory))
      throw new Failure(`Not wanted, and still ${is}: ${pair}`);
  }
  nothingElseIsThere(new Set(wanted.keys()), sights, memory);
}

function wantedIsSettled(
  pair: Pair,
  sinceMs: number,
  sight: Sight | undefined,
  given: ReadonlySet<Pair>,
  memory: Memory,
): void {
  const wrong = (what: string) => new Failure(`Wanted, ${what}: ${pair} (${JSON.stringify(sight)})`);
  switch (sight?.is) {
    case 'granted':
      if (!given.has(pair) && !isListedByShare(pair, memory))
        throw wrong('said to be granted, and not granted');
      return;
    case 'invited':
      if (sight.deadlineMs <= memory.stage.clock.nowMs()) throw wrong('invited past the deadline');
      if (!hasInvitation(pair, memory, ['Pending', 'Rejected', 'AcceptFailed']))
        throw wrong('and nobody invited it');
      return;
    case 'failed':
      if (sight.sinceMs < sinceMs) throw wrong('failed before it was wanted, and not asked for since');
      if (!isJustified(pair, sight, memory)) throw wrong('failed without a reason in the world');
      return;
    case undefined:
    case 'absent':
    case 'arriving':
    case 'leaving':
    case 'gone':
      throw wrong(given.has(pair) ? 'granted, and not said so' : 'and not granted');
  }
}

function hasInvitation(pair: Pair, memory: Memory, statuses: readonly string[]): boolean {
  const { principalId } = partsOf(pair);
  return [...memory.invitations.values()].some(
    ({ receiverId, status }) => receiverId === principalId && statuses.includes(status),
  );
}

/** Whether the world gives a reason for a failure of that kind. */
function isJustified(pair: Pair, sight: Extract<Sight, { is: 'failed' }>, memory: Memory): boolean {
  const { resourceId, principalId } = partsOf(pair);
  const { positions } = memory.stage;
  const isBadResource =
    UNSHAREABLE.has(resourceId) ||
    (resourceId.startsWith('ds-') && positions['deployment-set-type'] !== 'DeploymentSet');
  const isUnsettled = memory.unsettled.has(principalId) || memory.deletedFolders.has(principalId);
  switch (sight.reason) {
    case 'refused':
      return (
        isBadResource || isUnsettled || principalId === TINY.international || isSharedTwoWays(pair, memory)
      );
    case 'provider-failed':
      return isBadResource || isUnsettled;
    case 'left':
      return isUnsettled;
    case 'invitation-ended':
      return isUnsettled || hasInvitation(pair, memory, ['Rejected', 'AcceptFailed']);
    case 'invitation-unanswered':
      return [...memory.invitations.values()].some(
        ({ receiverId, createMs }) =>
          receiverId === principalId && createMs + INVITATION_VALID_MS <= sight.sinceMs,
      );
  }
}

/** An account may not have an image by its own name and through a folder, the directory, or somebody else's share. */
function isSharedTwoWays(pair: Pair, { requests, handShares, stage }: Memory): boolean {
  const { resourceId } = partsOf(pair);
  const isWantedOtherWay = [...everWanted(requests, Infinity)].some(
    (other) => partsOf(other).resourceId === resourceId && isByList(other) !== isByList(pair),
  );
  const isInHandShare = [...handShares].some((id) =>
    stage.cloud.world.shares[id]?.associations.some(({ entityId }) => entityId === resourceId),
  );
  return resourceId.startsWith('m-') && (isWantedOtherWay || isInHandShare);
}

/** The provider may name an account in an image's list that has the image through a share. */
function isListedByShare(pair: Pair, { stage }: Memory): boolean {
  const { resourceId, principalId } = partsOf(pair);
  return (
    stage.positions['image-accounts-through-shares'] === 'listed' &&
    isByList(pair) &&
    sharedWith(resourceId, PLACE.regionId, stage.cloud.world).includes(principalId)
  );
}

/** Instances of a receiver hold a deployment set; an invitation that cannot be taken back holds its share. */
function isHeld(pair: Pair, memory: Memory): boolean {
  return (
    isOccupied(pair, memory.stage.cloud.world) ||
    isInvitationHeld(pair, memory) ||
    isListedByShare(pair, memory)
  );
}

function isInvitationHeld(pair: Pair, memory: Memory): boolean {
  return (
    memory.stage.positions['withdraw-invitation'] === 'refused' && hasInvitation(pair, memory, ['Pending'])
  );
}

function nothingElseIsThere(
  wanted: ReadonlySet<Pair>,
  sights: ReadonlyMap<Pair, Sight>,
  memory: Memory,
): void {
  for (const pair of listed(memory.stage.cloud.world)) {
    if (!wanted.has(pair) && !memory.handListed.has(pair))
      throw new Failure(`On an image's list, and not wanted: ${pair}`);
  }
  for (const share of oursIn(memory)) {
    if (share.deleteMs !== null) continue;
    const live = pairsOfShare(share, ({ status }) => status === 'Associated' || status === 'Associating');
    if (live.some((pair) => isHeld(pair, memory))) continue;
    if (live.length === 0 && !isHeldEmpty(share.associations, memory))
      throw new Failure(`An empty share is left: ${share.resourceShareName}`);
    const extra = live.filter((pair) => !wanted.has(pair) || isByList(pair));
    if (extra.length > 0) throw new Failure(`In a share of ours, and not wanted: ${extra.join(', ')}`);
    if (live.length > 0 && live.every((pair) => sights.get(pair)?.is === 'failed'))
      throw new Failure(`A share is left of what failed: ${share.resourceShareName}`);
  }
}

function isHeldEmpty(associations: readonly { entityId: string }[], memory: Memory): boolean {
  return associations.some(({ entityId }) => isInvitationHeld(` ${entityId}`, memory));
}
