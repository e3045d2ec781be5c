import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import {
  SECOND_MS,
  type TestCloud,
  part,
  rows,
  startTestCloud,
  stopTestCloud,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { accountIdOf, addDeploymentSet, addMember } from '../../kit/world';
import {
  MEMBER,
  OTHER_PARTNER,
  OWNER,
  PARTNER,
  TEAM,
  invitationId,
  makeShare,
  received,
  resources,
  shareWorld,
  snapshot,
  targets,
} from './share-stage';

let world: World;
let stage: TestCloud;
beforeEach(async () => {
  world = shareWorld();
  stage = await startTestCloud(world);
});
afterEach(() => stopTestCloud(stage));

describe('quotas of an account', () => {
  it('shares: a deleted one makes room', async () => {
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'shares', value: 1 });
    const ResourceShareId = await makeShare(stage, { Resources: [] });
    expect(await codeOf(makeShare(stage, { Resources: [] }))).toBe('QuotaExceeded.ResourceShare.Count');
    await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId });
    expect(await codeOf(makeShare(stage, { Resources: [] }))).toBe('OK');
  });

  it('shared resources: one in two shares counts once, and a lowered quota takes nothing away', async () => {
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'sharedResources', value: 1 });
    await makeShare(stage);
    await makeShare(stage);
    expect(await codeOf(makeShare(stage, { Resources: snapshot('s-2') }))).toBe(
      'QuotaExceeded.SharedResource.Count',
    );
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'sharedResources', value: 0 });
    expect(await codeOf(makeShare(stage))).toBe('OK');
  });

  it('pending invitations: an answer makes room', async () => {
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'pendingInvitations', value: 1 });
    await makeShare(stage, { Targets: [PARTNER] });
    const another = () => codeOf(makeShare(stage, { Targets: [OTHER_PARTNER] }));
    expect(await another()).toBe('QuotaExceeded.PendingInvitations');
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'pendingInvitations', value: 0 });
    expect(await codeOf(makeShare(stage, { Targets: [MEMBER] }))).toBe('OK');
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'pendingInvitations', value: 1 });
    stage.cloud.act({ act: 'reject', accountId: PARTNER });
    expect(await another()).toBe('OK');
  });

  it('shared snapshots: one too many fails', async () => {
    stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota: 'sharedSnapshots', value: 1 });
    await makeShare(stage);
    wind(3 * SECOND_MS);
    await makeShare(stage, { Resources: snapshot('s-2') });
    wind(3 * SECOND_MS);
    expect(await resources(stage)).toEqual(['s-1 Associated', 's-2 Failed']);
  });
});

describe('64 accounts for a snapshot', () => {
  beforeEach(() => {
    const directory = world.directories[0];
    if (directory === undefined) throw new Error('the stage has a directory');
    for (let number = 100; number < 163; number += 1) addMember(world, directory, accountIdOf(number), TEAM);
  });

  it('count over all shares and through folders: the 65th fails with LimitExceeded', async () => {
    const extra = accountIdOf(200);
    const directory = world.directories[0];
    if (directory !== undefined) addMember(world, directory, extra);
    await makeShare(stage, { Targets: [TEAM] });
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${TEAM} Associated`]);
    await makeShare(stage, { Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${TEAM} Associated`, `${MEMBER} Associated`]);
    await makeShare(stage, { Targets: [extra] });
    wind(3 * SECOND_MS);
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', {
      AssociationType: 'Target',
      Target: extra,
    });
    expect(rows(listed, 'ResourceShareAssociations')).toMatchObject([
      { AssociationStatus: 'Failed', AssociationFailedDetails: [{ FailureReason: 'LimitExceeded' }] },
    ]);
  });

  it('hold for a snapshot that comes to principals who are there already', async () => {
    const directory = world.directories[0];
    if (directory !== undefined) addMember(world, directory, accountIdOf(200));
    const ResourceShareId = await makeShare(stage, { Targets: [TEAM, accountIdOf(200)], Resources: [] });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Resources: snapshot('s-1') });
    wind(3 * SECOND_MS);
    expect(await resources(stage)).toEqual(['s-1 Failed']);
  });

  it('an invitation to the 65th ends in AcceptFailed, with status 200 and the snapshot that is full', async () => {
    await makeShare(stage, { Targets: [TEAM, PARTNER] });
    wind(3 * SECOND_MS);
    const accepted = await stage.call(PARTNER, 'AcceptResourceShareInvitation', {
      ResourceShareInvitationId: await invitationId(stage, PARTNER),
    });
    expect(part(accepted, 'ResourceShareInvitation')).toMatchObject({
      Status: 'AcceptFailed',
      AcceptInvitationFailedDetails: [
        { ResourceId: 's-1', ResourceType: 'Snapshot', FailureReason: 'LimitExceeded' },
      ],
    });
    expect(await received(stage, PARTNER)).toEqual([]);
  });

  it('an invitation that failed gives way to a newer one', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [TEAM, PARTNER] });
    wind(3 * SECOND_MS);
    const accept = async (ResourceShareInvitationId: string) =>
      codeOf(stage.call(PARTNER, 'AcceptResourceShareInvitation', { ResourceShareInvitationId }));
    const failed = await invitationId(stage, PARTNER);
    await accept(failed);
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Targets: [PARTNER] });
    expect(await accept(failed)).toBe('EntityNotExists.ResourceShareInvitation');
    await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, Targets: [TEAM] });
    wind(3 * SECOND_MS);
    expect(await accept(await invitationId(stage, PARTNER))).toBe('OK');
    wind(3 * SECOND_MS);
    expect(await received(stage, PARTNER)).toEqual(['s-1']);
  });
});

describe('a deployment set with a receiver’s instances', () => {
  let ResourceShareId: string;
  const Resources = [{ ResourceId: 'ds-1', ResourceType: 'DeploymentSet' }];
  beforeEach(async () => {
    addDeploymentSet(world, 'cn-hangzhou', OWNER, 'ds-1');
    ResourceShareId = await makeShare(stage, { Resources, Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    placeInstance(MEMBER, 'i-1');
  });

  it('cannot be taken away, from whichever side', async () => {
    for (const removal of [{ Resources }, { Targets: [MEMBER] }, { Resources, Targets: [MEMBER] }]) {
      await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, ...removal });
      wind(3 * SECOND_MS);
      expect(await received(stage, MEMBER)).toEqual(['ds-1']);
    }
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', { AssociationType: 'Resource' });
    expect(rows(listed, 'ResourceShareAssociations')).toMatchObject([
      {
        AssociationStatus: 'Associated',
        AssociationFailedDetails: [{ FailureReason: 'UnsupportedOperation', OperationType: 'Disassociate' }],
      },
    ]);
  });

  it('keeps its share from being deleted, with all that it gave; only who had not accepted is out', async () => {
    const more = { Resources: snapshot('s-1'), Targets: [PARTNER] };
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, ...more });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId });
    wind(6 * SECOND_MS);
    expect((await received(stage, MEMBER)).toSorted()).toEqual(['ds-1', 's-1']);
    const shares = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' });
    expect(rows(shares, 'ResourceShares')).toMatchObject([{ ResourceShareStatus: 'Active' }]);
    expect(await received(stage, PARTNER)).toEqual([]);
  });

  it('goes once the instances are gone', async () => {
    stage.cloud.act({
      act: 'remove-instance',
      regionId: 'cn-hangzhou',
      deploymentSetId: 'ds-1',
      instanceId: 'i-1',
    });
    await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    expect(await received(stage, MEMBER)).toEqual([]);
  });

  it('is not held by instances of its owner', async () => {
    addDeploymentSet(world, 'cn-hangzhou', OWNER, 'ds-2', {
      instances: [{ instanceId: 'i-own', ownerId: OWNER }],
    });
    const own = [{ ResourceId: 'ds-2', ResourceType: 'DeploymentSet' }];
    const id = await makeShare(stage, { Resources: own, Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId: id, Resources: own });
    wind(3 * SECOND_MS);
    expect(await received(stage, MEMBER)).toEqual(['ds-1']);
  });

  it('may leave one share while another still gives it', async () => {
    await makeShare(stage, { Resources, Targets: [TEAM] });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${MEMBER} Disassociated`, `${TEAM} Associated`]);
  });

  it('is full at its capacity, and closed to accounts that do not have it', () => {
    const set = world.regions['cn-hangzhou']?.deploymentSets['ds-1'];
    if (set !== undefined) set.capacity = 1;
    expect(() => placeInstance(OWNER, 'i-2')).toThrow('The instance quota in one deployment set exceeded.');
    expect(() => placeInstance(PARTNER, 'i-3')).toThrow('The specified deployment set does not exist.');
  });

  function placeInstance(accountId: string, instanceId: string) {
    return stage.cloud.act({
      act: 'place-instance',
      accountId,
      regionId: 'cn-hangzhou',
      deploymentSetId: 'ds-1',
      instanceId,
    });
  }
});
