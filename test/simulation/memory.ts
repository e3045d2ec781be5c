import type { Invitation, ResourceShare } from '../../local/cloud/world';
import type { ShareRequest } from '../../shared/domain/sharing/request';
import type { Pair } from './oracle';
import type { Stage } from './stage';

/** What a run remembers of what happened, to judge by: none of it is asked of the code under trial. */
export interface Memory {
  stage: Stage;
  /** Every request as it is stored after the last step. */
  requests: ShareRequest[];
  requestIds: string[];
  handShares: Set<string>;
  /** What somebody put on an image's list by hand and did not take off again. */
  handListed: Set<Pair>;
  /** What somebody took off an image's list by hand. */
  handTaken: Set<Pair>;
  /** Pairs that came about in our shares because somebody meddled with them: taking them out may take a few polls. */
  meddled: Set<Pair>;
  /** Pairs that were wanted at some time since the last poll that read the provider began. */
  recently: Set<Pair>;
  /** What was given at the last step. */
  given: Set<Pair>;
  /** Every invitation that a share of ours ever sent, as it was last seen. */
  invitations: Map<string, Invitation>;
  /** How many invitations each account may have been sent. */
  mayInvite: Map<string, number>;
  /** What was wanted of each principal, and had not failed, at the last step. */
  staying: Map<string, Set<Pair>>;
  /** Accounts that gave a share up, joined or left the directory, or were taken out of a share of ours by others. */
  unsettled: Set<string>;
  deletedFolders: Set<string>;
  /** How often each write was sent, by what it says. */
  applied: Map<string, number>;
  /** Sequence number of the last call in the cloud's log that was judged. */
  judgedCalls: number;
}

export function newMemory(stage: Stage): Memory {
  return {
    stage,
    requests: [],
    requestIds: [],
    handShares: new Set(Object.keys(stage.cloud.world.shares)),
    handListed: new Set(),
    handTaken: new Set(),
    meddled: new Set(),
    recently: new Set(),
    given: new Set(),
    invitations: new Map(),
    mayInvite: new Map(),
    staying: new Map(),
    unsettled: new Set(),
    deletedFolders: new Set(),
    applied: new Map(),
    judgedCalls: 0,
  };
}

/** Shares that we made, and that the provider still shows: those whose name is ours, and that nobody made by hand. */
export function oursIn({ stage, handShares }: Memory): ResourceShare[] {
  return Object.values(stage.cloud.world.shares).filter(
    ({ resourceShareId, resourceShareName }) =>
      stage.names.has(resourceShareName) && !handShares.has(resourceShareId),
  );
}

export function allowInvitation(memory: Memory, accountId: string): void {
  memory.mayInvite.set(accountId, (memory.mayInvite.get(accountId) ?? 0) + 1);
}

/** An account whose place changed may be asked once more, and what becomes of its grants is its own doing. */
export function unsettle(memory: Memory, principalId: string): void {
  memory.unsettled.add(principalId);
  allowInvitation(memory, principalId);
}

export function at<Item>(items: readonly Item[], number: number): Item | undefined {
  return items[number % Math.max(1, items.length)];
}

/** Some of a list, none twice. */
export function some<Item>(items: readonly Item[], numbers: readonly number[]): Item[] {
  return [...new Set(numbers.map((number) => number % items.length))].flatMap((place) =>
    items.slice(place, place + 1),
  );
}
