import type { Clock } from '../clock';
import { type Act, actSchema } from './act';
import { directoryAct } from './directory-acts';
import { fallDue } from './fall-due';
import type { Gateway } from './gateway/gateway';
import { place, usableSet } from './ecs/placement';
import { newIdIn } from './ids';
import type { Caller } from './product';
import { UnknownPlace } from './unknown-place';
import type { DeploymentSet, World } from './world';

/**
 * Does something as another account and tells what came of it.
 *
 * @throws ProviderRefusal when the provider would refuse it, UnknownPlace when it names something that is not there,
 *   ZodError when the act itself is not well formed.
 */
export type Acts = (act: Act) => Record<string, unknown>;

/** Accepting, rejecting and leaving run the same code as the signed actions. */
export function actsIn(world: World, clock: Clock, gateway: Gateway, onChange: () => void): Acts {
  const runAs = (accountId: string, action: string, regionId: string, parameters: Record<string, string>) =>
    gateway.runAs(callerOf(accountId, world), { product: 'ResourceSharing', action }, regionId, parameters);

  function answerInvitations(accountId: string, action: string, invitationId: string | undefined) {
    const waiting = Object.values(world.invitations).filter(
      (one) =>
        one.receiverId === accountId &&
        (invitationId === undefined
          ? one.status === 'Pending'
          : one.resourceShareInvitationId === invitationId),
    );
    if (invitationId !== undefined && waiting.length === 0)
      throw new UnknownPlace('invitation', invitationId);
    return waiting.map((one) =>
      runAs(accountId, action, world.shares[one.resourceShareId]?.regionId ?? '', {
        ResourceShareInvitationId: one.resourceShareInvitationId,
      }),
    );
  }

  function perform(act: ReturnType<typeof actSchema.parse>): Record<string, unknown> {
    switch (act.act) {
      case 'accept':
        return {
          invitations: answerInvitations(act.accountId, 'AcceptResourceShareInvitation', act.invitationId),
        };
      case 'reject':
        return {
          invitations: answerInvitations(act.accountId, 'RejectResourceShareInvitation', act.invitationId),
        };
      case 'leave': {
        const share = world.shares[act.shareId];
        if (share === undefined) throw new UnknownPlace('share', act.shareId);
        return runAs(act.accountId, 'DisassociateResourceShare', share.regionId, {
          ResourceShareId: act.shareId,
          ResourceOwner: 'OtherAccounts',
          'Targets.1': act.accountId,
        });
      }
      case 'place-instance':
        return placeInstance(act, world);
      case 'remove-instance':
        return removeInstance(act, world);
      case 'set-quota': {
        const account = world.accounts[act.accountId];
        if (account === undefined) throw new UnknownPlace('account', act.accountId);
        account.quotas[act.quota] = act.value;
        return { quotas: { ...account.quotas } };
      }
      case 'set-capacity': {
        const deploymentSet = deploymentSetIn(act.regionId, act.deploymentSetId, world);
        deploymentSet.capacity = act.capacity;
        return { deploymentSetId: act.deploymentSetId, capacity: act.capacity };
      }
      case 'call':
        return gateway.runAs(callerOf(act.accountId, world), act, act.regionId, act.parameters);
      case 'add-member':
      case 'move-member':
      case 'remove-member':
      case 'create-folder':
      case 'rename-folder':
      case 'move-folder':
      case 'delete-folder':
        return directoryAct(act, world, clock.nowMs());
    }
  }

  return (act) => {
    fallDue(world, clock.nowMs());
    const outcome = perform(actSchema.parse(act));
    fallDue(world, clock.nowMs());
    onChange();
    return outcome;
  };
}

type Placing = Extract<ReturnType<typeof actSchema.parse>, { act: 'place-instance' }>;
type Removing = Extract<ReturnType<typeof actSchema.parse>, { act: 'remove-instance' }>;

function placeInstance({ accountId, regionId, deploymentSetId, instanceId }: Placing, world: World) {
  const deploymentSet = deploymentSetIn(regionId, deploymentSetId, world);
  const instance = { instanceId: instanceId ?? newIdIn(world, 'i-'), ownerId: accountId };
  place([instance], usableSet(deploymentSet, accountId, regionId, world));
  return instance;
}

function removeInstance({ regionId, deploymentSetId, instanceId }: Removing, world: World) {
  const deploymentSet = deploymentSetIn(regionId, deploymentSetId, world);
  const at = deploymentSet.instances.findIndex((one) => one.instanceId === instanceId);
  if (at === -1) throw new UnknownPlace('instance', instanceId);
  deploymentSet.instances.splice(at, 1);
  delete world.regions[regionId]?.instances[instanceId];
  return { instanceId };
}

function deploymentSetIn(regionId: string, deploymentSetId: string, world: World): DeploymentSet {
  const deploymentSet = world.regions[regionId]?.deploymentSets[deploymentSetId];
  if (deploymentSet === undefined) throw new UnknownPlace('deployment set', deploymentSetId);
  return deploymentSet;
}

function callerOf(accountId: string, world: World): Caller {
  if (world.accounts[accountId] === undefined) throw new UnknownPlace('account', accountId);
  return { accountId, identityType: 'Account', arn: `acs:ram::${accountId}:root`, principalId: accountId };
}
