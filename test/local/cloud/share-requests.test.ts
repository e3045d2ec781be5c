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
import {
  accountIdOf,
  addAccount,
  addDeploymentSet,
  addKeyRole,
  addDirectory,
  addImage,
  addSnapshot,
  addVSwitch,
} from '../../kit/world';
import {
  DIRECTORY,
  MANAGER,
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

function create(parameters: Record<string, unknown>, accountId = OWNER): Promise<string> {
  return codeOf(stage.call(accountId, 'CreateResourceShare', { ResourceShareName: 'x', ...parameters }));
}

describe('the name of a share', () => {
  it.each([
    ['', 'MissingParameter.ResourceShareName'],
    ['a'.repeat(51), 'InvalidParameter.ResourceShareName.Length'],
    ['with space', 'InvalidParameter.ResourceShareName'],
    ['slash/', 'InvalidParameter.ResourceShareName'],
    ['a'.repeat(50), 'OK'],
    ['备份-1.2_3', 'OK'],
  ])('%j is answered with %s', async (ResourceShareName, code) => {
    expect(await create({ ResourceShareName })).toBe(code);
  });

  it('need not be its own', async () => {
    expect(await create({})).toBe('OK');
    expect(await create({})).toBe('OK');
  });
});

describe('one request', () => {
  it('takes five resources and five principals', async () => {
    const ids = ['s-a', 's-b', 's-c', 's-d', 's-e', 's-f'];
    for (const id of ids) addSnapshot(world, 'cn-hangzhou', OWNER, id);
    const accounts = [11, 12, 13, 14, 15, 16].map(accountIdOf);
    for (const id of accounts) addAccount(world, id);
    expect(await create({ Resources: snapshot(...ids) })).toBe('InvalidParameter.Resources.Length');
    expect(await create({ Resources: snapshot(...ids.slice(1)) })).toBe('OK');
    const AllowExternalTargets = true;
    expect(await create({ Targets: accounts, AllowExternalTargets })).toBe('InvalidParameter.Targets.Length');
    expect(await create({ Targets: accounts.slice(1), AllowExternalTargets })).toBe('OK');
  });

  it('names nothing twice', async () => {
    expect(await create({ Resources: snapshot('s-1', 's-1') })).toBe('InvalidParameter.Resources.Duplicate');
    expect(await create({ Targets: [MEMBER, MEMBER] })).toBe('InvalidParameter.Targets.Duplicate');
    const twice = { ResourceOwner: 'Self', ResourceShareIds: ['rs-1', 'rs-1'] };
    expect(await codeOf(stage.call(OWNER, 'ListResourceShares', twice))).toBe(
      'InvalidParameter.ResourceShareIds.Duplicate',
    );
  });

  it('names resources in pairs or by ARN, not both, and of a known type', async () => {
    const arn = `acs:ecs:cn-hangzhou:${OWNER}:snapshot/s-1`;
    expect(await create({ Resources: [{ ResourceId: 's-1' }] })).toBe('InvalidParameter.Resources');
    expect(await create({ Resources: [{ ResourceId: 's-1', ResourceType: 'Bucket' }] })).toBe(
      'InvalidParameter.ResourceType',
    );
    expect(await create({ Resources: snapshot('s-1'), ResourceArns: [arn] })).toBe(
      'InvalidParameter.ResourceConflict',
    );
    expect(await create({ ResourceArns: [arn.replace('cn-hangzhou', 'cn-shanghai')] })).toBe(
      'InvalidParameter.ResourceArns',
    );
    expect(await create({ ResourceArns: [arn] })).toBe('OK');
    expect(await resources(stage)).toEqual(['s-1 Associating']);
  });

  it('to Associate or Disassociate names something', async () => {
    const ResourceShareId = await makeShare(stage);
    for (const action of ['AssociateResourceShare', 'DisassociateResourceShare']) {
      expect(await codeOf(stage.call(OWNER, action, { ResourceShareId }))).toBe('ResourceAndTargetBothEmpty');
    }
  });

  it('changes nothing when any of it is refused', async () => {
    expect(await create({ Resources: snapshot('s-1'), Targets: [MEMBER, 'nonsense'] })).toBe(
      'InvalidParameter.Targets',
    );
    expect(Object.keys(stage.cloud.world.shares)).toEqual([]);
    const ResourceShareId = await makeShare(stage);
    const half = stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Targets: [MEMBER, OWNER] });
    expect(await codeOf(half)).toBe('ShareWithYourself');
    expect(await targets(stage)).toEqual([]);
  });

  it('about a share of somebody else finds none', async () => {
    const ResourceShareId = await makeShare(stage);
    const [Targets, ResourceShareName] = [[MEMBER], 'y'];
    for (const [action, parameters] of [
      ['UpdateResourceShare', { ResourceShareName }],
      ['DeleteResourceShare', {}],
      ['AssociateResourceShare', { Targets }],
      ['DisassociateResourceShare', { Targets }],
    ] as const) {
      expect(await codeOf(stage.call(PARTNER, action, { ResourceShareId, ...parameters }))).toBe(
        'EntityNotExists.ResourceShare',
      );
    }
    expect(await codeOf(stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId: 'x' }))).toBe(
      'InvalidParameter.ResourceShareId',
    );
  });
});

describe('a principal', () => {
  const outside = { AllowExternalTargets: true };

  it('is another account', async () => {
    expect(await create({ Targets: [OWNER] })).toBe('ShareWithYourself');
    expect(await create({ Targets: ['123'] })).toBe('InvalidParameter.Targets');
    expect(await create({ Targets: [accountIdOf(77)], ...outside })).toBe('InvalidTarget');
  });

  it('is inside the directory unless the share allows others', async () => {
    for (const target of [MEMBER, MANAGER, TEAM, DIRECTORY])
      expect(await create({ Targets: [target] })).toBe('OK');
    expect(await create({ Targets: [PARTNER] })).toBe('InvalidTarget');
    expect(await create({ Targets: ['fd-nowhere'] })).toBe('InvalidTarget');
    expect(await create({ Targets: [PARTNER], ...outside })).toBe('OK');
  });

  it('inside needs a directory, in which sharing is enabled', async () => {
    expect(await create({ Targets: [DIRECTORY] }, PARTNER)).toBe('AccountNotInResourceDirectory');
    expect(await create({ Targets: [MEMBER] }, PARTNER)).toBe('AccountNotInResourceDirectory');
    world.sharingEnabledBy = [];
    expect(await create({ Targets: [MEMBER] })).toBe('NotEnableSharingWithResourceDirectory');
    expect(await codeOf(stage.call(MEMBER, 'EnableSharingWithResourceDirectory'))).toBe('ActionNotPermitted');
    expect(await codeOf(stage.call(MANAGER, 'EnableSharingWithResourceDirectory'))).toBe('OK');
    expect(await codeOf(stage.call(MANAGER, 'EnableSharingWithResourceDirectory'))).toBe('AlreadyEnabled');
    const checked = await stage.call(MEMBER, 'CheckSharingWithResourceDirectoryStatus');
    expect(checked['EnableSharingWithRd']).toBe(true);
    expect(await create({ Targets: [MEMBER] })).toBe('OK');
  });

  it('is not in another directory, nor of the other site', async () => {
    const [stranger, foreigner] = [accountIdOf(21), accountIdOf(22)];
    addDirectory(world, accountIdOf(20), [stranger], 'rd-bbbbbb');
    addAccount(world, foreigner, { site: 'international' });
    expect(await create({ Targets: [stranger], ...outside })).toBe('InvalidTarget');
    expect(await create({ Targets: ['rd-bbbbbb'], ...outside })).toBe('InvalidTarget');
    expect(await create({ Targets: [foreigner], ...outside })).toBe('InvalidTarget.SiteMismatch');
  });
});

describe('a resource', () => {
  it('that may be shared is one of the four kinds in its own region', async () => {
    addImage(world, 'cn-hangzhou', OWNER, 'm-1');
    addDeploymentSet(world, 'cn-hangzhou', OWNER, 'ds-1');
    addVSwitch(world, 'cn-hangzhou', OWNER, 'vsw-1');
    const Resources = [
      ...snapshot('s-1'),
      { ResourceId: 'm-1', ResourceType: 'Image' },
      { ResourceId: 'ds-1', ResourceType: 'DeploymentSet' },
      { ResourceId: 'vsw-1', ResourceType: 'VSwitch' },
    ];
    expect(await create({ Resources, Targets: [MEMBER] })).toBe('OK');
    wind(3 * SECOND_MS);
    expect((await received(stage, MEMBER)).toSorted()).toEqual(['ds-1', 'm-1', 's-1', 'vsw-1']);
    const shanghai = stage.call(
      OWNER,
      'CreateResourceShare',
      { ResourceShareName: 'x', Resources: snapshot('s-1') },
      { regionId: 'cn-shanghai' },
    );
    expect(await codeOf(shanghai)).toBe('InvalidParameter.Resources');
  });

  it.each([
    ['under a service key', { encrypted: true, kmsKeyId: 'service-1' }],
    ['of an imported image', { ofImportedImage: true }],
    ['from the Marketplace', { productCode: 'cmjj001' }],
    ['in the archive', { category: 'archive' as const }],
  ])('that is a snapshot %s fails as an unsupported operation', async (_, facts) => {
    addSnapshot(world, 'cn-hangzhou', OWNER, 's-bad', facts);
    await makeShare(stage, { Resources: snapshot('s-bad'), Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', { AssociationType: 'Resource' });
    expect(rows(listed, 'ResourceShareAssociations')[0]).toMatchObject({
      AssociationStatus: 'Failed',
      AssociationFailedDetails: [
        { FailureReason: 'UnsupportedOperation', OperationType: 'Associate', EntityId: 's-bad' },
      ],
    });
    expect(await received(stage, MEMBER)).toEqual([]);
  });

  it.each([
    ['with the role that opens it to receivers', true, 'unshareable', 's-cmk Associated'],
    ['without the role that opens it', false, 'unshareable', 's-cmk Failed'],
    ['without that role, where it is not needed', false, 'accepted', 's-cmk Associated'],
  ])('under a customer key, %s: switch share-without-key-role', async (_, hasRole, position, seen) => {
    addSnapshot(world, 'cn-hangzhou', OWNER, 's-cmk', { encrypted: true, kmsKeyId: 'key-1' });
    if (hasRole) addKeyRole(world, OWNER, [MEMBER]);
    world.switches['share-without-key-role'] = position;
    await makeShare(stage, { Resources: snapshot('s-cmk') });
    wind(3 * SECOND_MS);
    expect(await resources(stage)).toEqual([seen]);
  });
});

describe('pages', () => {
  beforeEach(async () => {
    for (const count of [1, 2, 3, 4, 5]) {
      await makeShare(stage, { ResourceShareName: `share-${count}`, Resources: [] });
      wind(SECOND_MS);
    }
  });

  const list = (parameters: Record<string, unknown>, accountId = OWNER) =>
    stage.call(accountId, 'ListResourceShares', { ResourceOwner: 'Self', MaxResults: 2, ...parameters });

  it('tell everything once, in order', async () => {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await list({ NextToken });
      names.push(...rows(page, 'ResourceShares').map((row) => text(row, 'ResourceShareName')));
      NextToken = page['NextToken'] as string | undefined;
    } while (NextToken);
    expect(names).toEqual(['share-1', 'share-2', 'share-3', 'share-4', 'share-5']);
  });

  it('go on only for the question that they began with', async () => {
    const { NextToken } = await list({});
    expect(await codeOf(list({ NextToken }))).toBe('OK');
    expect(await codeOf(list({ NextToken, ResourceShareName: 'share-1' }))).toBe(
      'InvalidParameter.NextToken',
    );
    expect(await codeOf(list({ NextToken }, MEMBER))).toBe('InvalidParameter.NextToken');
    expect(await codeOf(list({ NextToken: 'guess' }))).toBe('InvalidParameter.NextToken');
    expect(await codeOf(list({ NextToken: 'x'.repeat(257) }))).toBe('InvalidParameter.NextToken.Length');
  });

  it.each([0, 101, 'two'])('of %s entries are not given', async (MaxResults) => {
    expect(await codeOf(list({ MaxResults }))).toBe('InvalidParameter.MaxResults');
  });
});

it('a share tells its permissions: the default one of each type that it holds', async () => {
  const ResourceShareId = await makeShare(stage, { Targets: [MEMBER] });
  wind(3 * SECOND_MS);
  for (const [accountId, ResourceOwner] of [
    [OWNER, 'Self'],
    [MEMBER, 'OtherAccounts'],
  ] as const) {
    const listed = await stage.call(accountId, 'ListResourceSharePermissions', {
      ResourceShareId,
      ResourceOwner,
    });
    expect(rows(listed, 'Permissions').map((row) => row['PermissionName'])).toEqual([
      'AliyunRSDefaultPermissionSnapshot',
    ]);
  }
  expect(await create({ PermissionNames: ['Everything'] })).toBe('EntityNotExists.Permission');
});
