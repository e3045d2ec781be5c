import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import {
  SECOND_MS,
  type TestCloud,
  rows,
  startTestCloud,
  stopTestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { addVSwitch } from '../../kit/world';
import { MEMBER, OTHER_PARTNER, OWNER, PARTNER, TEAM, makeShare, shareWorld, snapshot } from './share-stage';

let world: World;
let stage: TestCloud;
let team: string;
let partner: string;
let gone: string;

/** `team` gives a snapshot and a vSwitch to a folder, `partner` a snapshot to two outsiders, `gone` is deleted. */
beforeEach(async () => {
  world = shareWorld();
  addVSwitch(world, 'cn-hangzhou', OWNER, 'vsw-1');
  stage = await startTestCloud(world);
  team = await makeShare(stage, {
    ResourceShareName: 'team',
    Resources: [...snapshot('s-1'), { ResourceId: 'vsw-1', ResourceType: 'VSwitch' }],
    Targets: [TEAM],
    ResourceGroupId: 'rg-team',
    Tag: [{ Key: 'cost', Value: 'team' }],
  });
  partner = await makeShare(stage, {
    ResourceShareName: 'partner',
    Resources: snapshot('s-2'),
    Targets: [PARTNER, OTHER_PARTNER],
  });
  stage.cloud.act({ act: 'accept', accountId: PARTNER });
  gone = await makeShare(stage, { ResourceShareName: 'gone', Resources: [] });
  await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId: gone });
  wind(10 * SECOND_MS);
});
afterEach(() => stopTestCloud(stage));

async function listed(action: string, field: string, key: string, filter: object, accountId = OWNER) {
  const parameters = { ResourceOwner: accountId === OWNER ? 'Self' : 'OtherAccounts', ...filter };
  const found = rows(await stage.call(accountId, action, parameters), field);
  return found.map((row) => text(row, key)).toSorted();
}

describe('ListResourceShares', () => {
  const names = (filter: object, accountId = OWNER) =>
    listed('ListResourceShares', 'ResourceShares', 'ResourceShareName', filter, accountId);

  it.each([
    [{}, ['gone', 'partner', 'team']],
    [{ ResourceShareStatus: 'Deleted' }, ['gone']],
    [{ ResourceShareStatus: 'Active' }, ['partner', 'team']],
    [{ ResourceShareName: 'team' }, ['team']],
    [{ ResourceGroupId: 'rg-team' }, ['team']],
    [{ Tag: [{ Key: 'cost' }] }, ['team']],
    [{ Tag: [{ Key: 'cost', Value: 'other' }] }, []],
    [{ PermissionName: 'AliyunRSDefaultPermissionVSwitch' }, ['team']],
  ])('%j', async (filter, found) => {
    expect(await names(filter)).toEqual(found);
  });

  it('by id', async () => {
    expect(await names({ ResourceShareIds: [partner, gone] })).toEqual(['gone', 'partner']);
  });

  it('tells receivers what they have, or are offered, and no more', async () => {
    expect(await names({}, MEMBER)).toEqual(['team']);
    expect(await names({}, PARTNER)).toEqual(['partner']);
    expect(await names({ ResourceShareStatus: 'Pending' }, OTHER_PARTNER)).toEqual(['partner']);
    expect(await names({ ResourceShareStatus: 'Active' }, OTHER_PARTNER)).toEqual([]);
  });
});

describe('ListResourceShareAssociations', () => {
  const entities = (filter: object) =>
    listed('ListResourceShareAssociations', 'ResourceShareAssociations', 'EntityId', filter);

  it.each([
    [{ AssociationType: 'Resource' }, ['s-1', 's-2', 'vsw-1']],
    [{ AssociationType: 'Resource', ResourceId: 's-2' }, ['s-2']],
    [{ AssociationType: 'Resource', ResourceArn: `acs:vpc:cn-hangzhou:${OWNER}:vswitch/vsw-1` }, ['vsw-1']],
    [{ AssociationType: 'Target' }, [PARTNER, OTHER_PARTNER, TEAM]],
    [{ AssociationType: 'Target', Target: TEAM }, [TEAM]],
    [{ AssociationType: 'Target', AssociationStatus: 'Associating' }, [OTHER_PARTNER]],
  ])('%j', async (filter, found) => {
    expect(await entities(filter)).toEqual(found);
  });

  it('by share', async () => {
    expect(await entities({ AssociationType: 'Target', ResourceShareIds: [team] })).toEqual([TEAM]);
  });

  it.each([
    { AssociationType: 'Target', ResourceId: 's-1' },
    { AssociationType: 'Resource', Target: TEAM },
  ])('refuses what does not go together: %j', async (filter) => {
    expect(await codeOf(entities(filter))).toBe('ConflictedAssociationType');
  });

  it('is told to the owner only', async () => {
    const theirs = await stage.call(MEMBER, 'ListResourceShareAssociations', { AssociationType: 'Resource' });
    expect(rows(theirs, 'ResourceShareAssociations')).toEqual([]);
  });
});

describe('ListSharedResources', () => {
  const resources = (filter: object, accountId = OWNER) =>
    listed('ListSharedResources', 'SharedResources', 'ResourceId', filter, accountId);

  it.each([
    [{}, ['s-1', 's-2', 'vsw-1']],
    [{ ResourceType: 'Snapshot' }, ['s-1', 's-2']],
    [{ ResourceIds: ['s-1', 'vsw-1'] }, ['s-1', 'vsw-1']],
    [{ ResourceArns: [`acs:ecs:cn-hangzhou:${OWNER}:snapshot/s-1`] }, ['s-1']],
    [{ Target: PARTNER }, ['s-2']],
    [{ Target: OTHER_PARTNER }, []],
  ])('%j of my own', async (filter, found) => {
    expect(await resources(filter)).toEqual(found);
  });

  it('of others by owner and share', async () => {
    expect(await resources({ Target: OWNER }, MEMBER)).toEqual(['s-1', 'vsw-1']);
    expect(await resources({ Target: PARTNER }, MEMBER)).toEqual([]);
    expect(await resources({ ResourceShareIds: [partner] }, MEMBER)).toEqual([]);
    expect(await resources({}, OTHER_PARTNER)).toEqual([]);
  });
});

describe('ListSharedTargets', () => {
  const targetIds = (filter: object, accountId = OWNER) =>
    listed('ListSharedTargets', 'SharedTargets', 'TargetId', filter, accountId);

  it.each([
    [{}, [PARTNER, TEAM]],
    [{ Targets: [TEAM] }, [TEAM]],
    [{ ResourceId: 's-2' }, [PARTNER]],
    [{ ResourceType: 'VSwitch' }, [TEAM]],
    [{ ResourceArn: `acs:ecs:cn-hangzhou:${OWNER}:snapshot/s-1` }, [TEAM]],
  ])('%j of my own', async (filter, found) => {
    expect(await targetIds(filter)).toEqual(found);
  });

  it('tells a receiver the owners, and who is outside the directory', async () => {
    expect(await targetIds({}, MEMBER)).toEqual([OWNER]);
    const external = async (accountId: string) => {
      const ResourceOwner = accountId === OWNER ? 'Self' : 'OtherAccounts';
      const found = await stage.call(accountId, 'ListSharedTargets', { ResourceOwner });
      return rows(found, 'SharedTargets').map((row) => row['External']);
    };
    expect(await external(MEMBER)).toEqual([false]);
    expect(await external(PARTNER)).toEqual([true]);
    expect(await external(OWNER)).toHaveLength(2);
    expect(await external(OWNER)).toEqual(expect.arrayContaining([true, false]));
  });
});

it('ListResourceShareInvitations finds by share and by id, among the receiver’s own', async () => {
  const statuses = async (filter: object, accountId: string) => {
    const found = await stage.call(accountId, 'ListResourceShareInvitations', { ...filter });
    return rows(found, 'ResourceShareInvitations').map((row) => text(row, 'Status'));
  };
  expect(await statuses({ ResourceShareIds: [partner] }, PARTNER)).toEqual(['Accepted']);
  expect(await statuses({ ResourceShareIds: [team] }, PARTNER)).toEqual([]);
  const [theirs] = Object.values(world.invitations).filter((one) => one.receiverId === OTHER_PARTNER);
  const ResourceShareInvitationIds = [theirs?.resourceShareInvitationId];
  expect(await statuses({ ResourceShareInvitationIds }, OTHER_PARTNER)).toEqual(['Pending']);
  expect(await statuses({ ResourceShareInvitationIds }, PARTNER)).toEqual([]);
});

it('a deleted share takes no more changes', async () => {
  const change = (action: string, parameters: object) =>
    codeOf(stage.call(OWNER, action, { ResourceShareId: gone, ...parameters }));
  const mismatch = 'ResourceShareStatusMismatchAction';
  expect(await change('UpdateResourceShare', { ResourceShareName: 'back' })).toBe(mismatch);
  expect(await change('AssociateResourceShare', { Targets: [MEMBER] })).toBe(mismatch);
  expect(await change('DisassociateResourceShare', { Targets: [MEMBER] })).toBe(mismatch);
});

it('who leaves a share names nobody but itself', async () => {
  const leave = stage.call(PARTNER, 'DisassociateResourceShare', {
    ResourceShareId: partner,
    ResourceOwner: 'OtherAccounts',
    Targets: [OTHER_PARTNER],
  });
  expect(await codeOf(leave)).toBe('InvalidParameter.Targets');
});
