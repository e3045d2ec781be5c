import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putSwitch } from '../../../local/cloud/switches';
import type { World } from '../../../local/cloud/world';
import {
  part,
  SECOND_MS,
  type TestCloud,
  rows,
  startTestCloud,
  stopTestCloud,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { accountIdOf, addDeploymentSet, addImage, addMember, addSnapshot } from '../../kit/world';
import {
  MEMBER,
  OWNER,
  PARTNER,
  TEAM,
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

const settle = () => wind(3 * SECOND_MS);
const associate = (ResourceShareId: string, parameters: Record<string, unknown>) =>
  codeOf(stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, ...parameters }));
const disassociate = (ResourceShareId: string, parameters: Record<string, unknown>) =>
  codeOf(stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, ...parameters }));

describe('group-entity-type', () => {
  it.each([
    ['Account', 'Account'],
    ['own', 'Folder'],
  ])('%s', async (position, type) => {
    putSwitch('group-entity-type', position, world);
    await makeShare(stage, { Targets: [TEAM] });
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', { AssociationType: 'Target' });
    expect(rows(listed, 'ResourceShareAssociations')[0]?.['EntityType']).toBe(type);
  });
});

describe('deployment-set-type', () => {
  it.each([
    ['DeploymentSet', 'EcsDeploymentSet'],
    ['EcsDeploymentSet', 'DeploymentSet'],
  ])('%s', async (ResourceType, other) => {
    putSwitch('deployment-set-type', ResourceType, world);
    addDeploymentSet(world, 'cn-hangzhou', OWNER, 'ds-1');
    const make = (type: string) =>
      codeOf(makeShare(stage, { Resources: [{ ResourceId: 'ds-1', ResourceType: type }] }));
    expect(await make(other)).toBe('InvalidParameter.ResourceType');
    expect(await make(ResourceType)).toBe('OK');
    const listed = await stage.call(OWNER, 'ListPermissions', { ResourceType });
    expect(rows(listed, 'Permissions')[0]?.['PermissionName']).toBe(
      `AliyunRSDefaultPermission${ResourceType}`,
    );
  });
});

describe('occupied-deployment-set', () => {
  it('refused: the call says so, for removal and deletion alike', async () => {
    putSwitch('occupied-deployment-set', 'refused', world);
    addDeploymentSet(world, 'cn-hangzhou', OWNER, 'ds-1', {
      instances: [{ instanceId: 'i-1', ownerId: MEMBER }],
    });
    const Resources = [{ ResourceId: 'ds-1', ResourceType: 'DeploymentSet' }];
    const id = await makeShare(stage, { Resources, Targets: [MEMBER] });
    settle();
    expect(await disassociate(id, { Resources })).toBe('OperationNotPermitted');
    expect(await disassociate(id, { Targets: [MEMBER] })).toBe('OperationNotPermitted');
    expect(await codeOf(stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId: id }))).toBe(
      'OperationNotPermitted',
    );
    expect(await received(stage, MEMBER)).toEqual(['ds-1']);
  });
});

describe('last-page-token', () => {
  it.each([
    ['absent', undefined],
    ['empty', ''],
  ])('%s', async (position, token) => {
    putSwitch('last-page-token', position, world);
    const listed = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' });
    expect(listed['NextToken']).toBe(token);
  });
});

describe('close-scope-with-external', () => {
  it.each([
    ['refused', 'OperationNotPermitted', `${PARTNER} Associated`],
    ['accepted-kept', 'OK', `${PARTNER} Associated`],
    ['accepted-removed', 'OK', `${PARTNER} Disassociated`],
  ])('%s', async (position, code, afterwards) => {
    putSwitch('close-scope-with-external', position, world);
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    settle();
    const closing = stage.call(OWNER, 'UpdateResourceShare', {
      ResourceShareId,
      ResourceShareName: 'closed',
      AllowExternalTargets: false,
    });
    expect(await codeOf(closing)).toBe(code);
    settle();
    expect(await targets(stage)).toEqual([afterwards]);
  });
});

describe('listed-member-leaves', () => {
  it.each([
    ['removed', []],
    ['kept', ['s-1']],
  ])('%s', async (position, afterwards) => {
    putSwitch('listed-member-leaves', position, world);
    await makeShare(stage, { Targets: [MEMBER], AllowExternalTargets: false });
    settle();
    stage.cloud.act({ act: 'remove-member', accountId: MEMBER });
    settle();
    expect(await received(stage, MEMBER)).toEqual(afterwards);
  });
});

describe('unshareable-resource', () => {
  it.each([
    ['association-fails', 'OK'],
    ['refused', 'InvalidParameter.Resources'],
  ])('%s', async (position, code) => {
    putSwitch('unshareable-resource', position, world);
    addSnapshot(world, 'cn-hangzhou', OWNER, 's-bad', { ofImportedImage: true });
    expect(await codeOf(makeShare(stage, { Resources: snapshot('s-bad') }))).toBe(code);
  });
});

describe('resource-not-owned', () => {
  it.each([
    ['refused', 'InvalidParameter.Resources', []],
    ['association-fails', 'OK', ['s-theirs Failed']],
  ])('%s', async (position, code, listed) => {
    putSwitch('resource-not-owned', position, world);
    addSnapshot(world, 'cn-hangzhou', MEMBER, 's-theirs');
    expect(await codeOf(makeShare(stage, { Resources: snapshot('s-theirs') }))).toBe(code);
    settle();
    expect(await resources(stage)).toEqual(listed);
  });
});

describe('image-outside-directory', () => {
  it.each([
    ['refused', 'ExternalTargetsNotAllowed.ResourceType'],
    ['accepted', 'OK'],
  ])('%s, whichever of the two comes first', async (position, code) => {
    putSwitch('image-outside-directory', position, world);
    addImage(world, 'cn-hangzhou', OWNER, 'm-1');
    const Resources = [{ ResourceId: 'm-1', ResourceType: 'Image' }];
    expect(await codeOf(makeShare(stage, { Resources, Targets: [PARTNER] }))).toBe(code);
    const withImage = await makeShare(stage, { Resources, Targets: [MEMBER] });
    expect(await associate(withImage, { Targets: [PARTNER] })).toBe(code);
    const withPartner = await makeShare(stage, { Targets: [PARTNER] });
    expect(await associate(withPartner, { Resources })).toBe(code);
  });
});

describe('group-counts-as', () => {
  it.each([
    ['members', `${TEAM} Failed`],
    ['one', `${TEAM} Associated`],
  ])('%s', async (position, listed) => {
    putSwitch('group-counts-as', position, world);
    const directory = world.directories[0];
    if (directory === undefined) throw new Error('the stage has a directory');
    for (let number = 100; number < 164; number += 1) addMember(world, directory, accountIdOf(number), TEAM);
    await makeShare(stage, { Targets: [TEAM] });
    settle();
    expect(await targets(stage)).toEqual([listed]);
  });
});

describe('standalone-to-member', () => {
  it.each([
    ['accepted', 'OK'],
    ['refused', 'InvalidTarget'],
  ])('%s', async (position, code) => {
    putSwitch('standalone-to-member', position, world);
    const made = stage.call(PARTNER, 'CreateResourceShare', {
      ResourceShareName: 'x',
      AllowExternalTargets: true,
      Targets: [MEMBER],
    });
    expect(await codeOf(made)).toBe(code);
  });
});

describe('shared-resource-without-target', () => {
  it.each([
    ['listed', 1],
    ['absent', 0],
  ])('%s', async (position, count) => {
    putSwitch('shared-resource-without-target', position, world);
    await makeShare(stage);
    settle();
    const listed = await stage.call(OWNER, 'ListSharedResources', { ResourceOwner: 'Self' });
    expect(rows(listed, 'SharedResources')).toHaveLength(count);
  });
});

it('a switch or position that does not exist is refused', () => {
  expect(() => putSwitch('re-invite', 'sideways', world)).toThrow(RangeError);
  expect(() => putSwitch('turbo', 'on', world)).toThrow(RangeError);
});

describe('image-accounts-through-shares', () => {
  it.each([
    ['left-out', []],
    ['listed', [MEMBER]],
  ])('%s', async (position, accounts) => {
    putSwitch('image-accounts-through-shares', position, world);
    addImage(world, 'cn-hangzhou', OWNER, 'm-1');
    await makeShare(stage, { Resources: [{ ResourceId: 'm-1', ResourceType: 'Image' }], Targets: [TEAM] });
    settle();
    const told = await stage.call(
      OWNER,
      'DescribeImageSharePermission',
      { RegionId: 'cn-hangzhou', ImageId: 'm-1' },
      { version: '2014-05-26' },
    );
    const listed = rows(part(told, 'Accounts'), 'Account').map((row) => row['AliyunId']);
    expect(listed).toEqual(accounts);
  });
});
