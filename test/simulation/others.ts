import { sharedWith } from '../../local/cloud/visibility';
import { DEPLOYMENT_SETS, FOLDERS, PLACE, ROAMERS } from './estate';
import { acts } from './acts';
import { handWork } from './by-hand';
import { allowInvitation, at, oursIn, unsettle, type Memory } from './memory';
import { partsOf, wantedAt } from './oracle';
import { outsiders } from './provider-truth';
import type { Step } from './steps';

/** What everybody else does: partners, members, whoever starts instances, and whoever works in the console. */
export function others(
  step: Exclude<
    Step,
    {
      do:
        | 'ask'
        | 'decide'
        | 'decide-at-once'
        | 'decide-and-revoke'
        | 'withdraw'
        | 'revoke'
        | 'wind'
        | 'read-directory'
        | 'poll';
    }
  >,
  memory: Memory,
): string {
  switch (step.do) {
    case 'accept':
    case 'reject':
      return answers(step, memory);
    case 'leave':
      return leaves(step, memory);
    case 'join':
    case 'move':
    case 'part':
      return roams(step, memory);
    case 'delete-folder': {
      const folderId = at(FOLDERS, step.which) ?? '';
      const ended = acts(memory, { act: 'delete-folder', folderId });
      if (ended === 'done') memory.deletedFolders.add(folderId);
      return ended;
    }
    case 'place':
    case 'take-out':
      return placesOrTakesOut(step, memory);
    case 'hand-make':
    case 'hand-change':
    case 'hand-list':
    case 'meddle':
      return handWork(step, memory);
  }
}

function answers(step: Extract<Step, { do: 'accept' | 'reject' }>, memory: Memory): string {
  const waiting = Object.values(memory.stage.cloud.world.invitations).filter(
    ({ status }) => status === 'Pending' || status === 'AcceptFailed',
  );
  const invitation = at(waiting, step.which);
  if (invitation === undefined) return 'nothing';
  const { receiverId: accountId, resourceShareInvitationId: invitationId } = invitation;
  const ended = acts(memory, { act: step.do, accountId, invitationId });
  if (ended === 'done' && step.do === 'reject') renewStay(memory, accountId);
  return ended;
}

function leaves(step: Extract<Step, { do: 'leave' }>, memory: Memory): string {
  const inside = oursIn(memory).flatMap((share) =>
    outsiders(share).map((accountId) => ({ accountId, shareId: share.resourceShareId })),
  );
  const one = at(inside, step.which);
  if (one === undefined) return 'nothing';
  const ended = acts(memory, { act: 'leave', ...one });
  if (ended === 'done') unsettle(memory, one.accountId);
  return ended;
}

function roams(step: Extract<Step, { do: 'join' | 'move' | 'part' }>, memory: Memory): string {
  const accountId = at(ROAMERS, step.who) ?? '';
  const folderId = at(FOLDERS, step.where) ?? '';
  if (step.do === 'move') return acts(memory, { act: 'move-member', accountId, folderId });
  const ended =
    step.do === 'join'
      ? acts(memory, { act: 'add-member', accountId, folderId })
      : acts(memory, { act: 'remove-member', accountId });
  if (ended === 'done') unsettle(memory, accountId);
  return ended;
}

function placesOrTakesOut(step: Extract<Step, { do: 'place' | 'take-out' }>, memory: Memory): string {
  const deploymentSetId = at(DEPLOYMENT_SETS, step.which) ?? '';
  const { regionId } = PLACE;
  if (step.do === 'place') {
    const accountId = at(sharedWith(deploymentSetId, regionId, memory.stage.cloud.world), step.who);
    if (accountId === undefined) return 'nothing';
    return acts(memory, { act: 'place-instance', accountId, regionId, deploymentSetId });
  }
  const set = memory.stage.cloud.world.regions[regionId]?.deploymentSets[deploymentSetId];
  const instance = at(set?.instances ?? [], step.who);
  if (instance === undefined) return 'nothing';
  return acts(memory, { act: 'remove-instance', regionId, deploymentSetId, instanceId: instance.instanceId });
}

/** Whoever said no may be invited for something that was approved but not asked for yet. */
function renewStay(memory: Memory, accountId: string): void {
  const { requests, stage } = memory;
  const wanted = [...wantedAt(requests, stage.clock.nowMs()).keys()];
  if (wanted.some((pair) => partsOf(pair).principalId === accountId)) allowInvitation(memory, accountId);
}
