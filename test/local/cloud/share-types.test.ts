import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  rows,
  SECOND_MS,
  startTestCloud,
  stopTestCloud,
  type TestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { addDeploymentSet, addImage, addOtherResource, addVSwitch } from '../../kit/world';
import { makeShare, MEMBER, OWNER, PARTNER, resources, shareWorld, targets } from './share-stage';

const RegionId = 'cn-hangzhou';
const SHANGHAI = { regionId: 'cn-shanghai' };
const OTHERS = {
  PrefixList: 'pl-1',
  PublicIpAddressPool: 'pippool-1',
  IpamPool: 'ipam-pool-1',
  ServiceCatalogPortfolio: 'port-1',
  CapacityReservation: 'crp-1',
  ElasticityAssurance: 'eap-1',
  KMSInstance: 'kst-1',
} as const;
const KMS_READ_WRITE = 'AliyunRSPermissionKMSInstanceReadWrite';

let stage: TestCloud;

beforeEach(async () => {
  const world = shareWorld();
  addImage(world, RegionId, OWNER, 'm-1');
  addDeploymentSet(world, RegionId, OWNER, 'ds-1');
  addVSwitch(world, RegionId, OWNER, 'vsw-1');
  for (const [type, id] of Object.entries(OTHERS)) addOtherResource(world, RegionId, OWNER, type, id);
  addOtherResource(world, RegionId, OWNER, 'ROSTemplate', 'template-here');
  addOtherResource(world, 'cn-shanghai', OWNER, 'ROSTemplate', 'template-1');
  stage = await startTestCloud(world);
});

afterEach(() => stopTestCloud(stage));

async function permissionsOf(ResourceShareId: string, at = {}): Promise<string[]> {
  const listed = await stage.call(
    OWNER,
    'ListResourceSharePermissions',
    { ResourceOwner: 'Self', ResourceShareId },
    at,
  );
  return rows(listed, 'Permissions').map((row) => text(row, 'PermissionName'));
}

describe('each of the twelve types', () => {
  test.each([
    ['Snapshot', 's-1'],
    ['Image', 'm-1'],
    ['DeploymentSet', 'ds-1'],
    ['VSwitch', 'vsw-1'],
    ...Object.entries(OTHERS),
  ])('%s arrives at a member under its default permission', async (ResourceType, ResourceId) => {
    const shareId = await makeShare(stage, { Resources: [{ ResourceType, ResourceId }], Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    expect(await permissionsOf(shareId)).toEqual([`AliyunRSDefaultPermission${ResourceType}`]);
    const received = await stage.call(MEMBER, 'ListSharedResources', { ResourceOwner: 'OtherAccounts' });
    expect(rows(received, 'SharedResources')).toMatchObject([{ ResourceType, ResourceId }]);
  });

  test('a template is shared in cn-shanghai and nowhere else', async () => {
    const share = (ResourceId: string, at: object) =>
      codeOf(
        stage.call(
          OWNER,
          'CreateResourceShare',
          {
            ResourceShareName: 'templates',
            Resources: [{ ResourceType: 'ROSTemplate', ResourceId }],
            Targets: [MEMBER],
          },
          at,
        ),
      );
    expect(await share('template-here', {})).toBe('InvalidParameter.Resources');
    expect(await share('template-1', SHANGHAI)).toBe('OK');
  });

  test('is refused under another type’s name, and to who does not own it', async () => {
    const share = (by: string, ResourceType: string, ResourceId: string) =>
      codeOf(
        stage.call(by, 'CreateResourceShare', {
          ResourceShareName: 'wrong',
          Resources: [{ ResourceType, ResourceId }],
        }),
      );
    expect(await share(OWNER, 'PrefixList', OTHERS.KMSInstance)).toBe('InvalidParameter.Resources');
    expect(await share(MEMBER, 'PrefixList', OTHERS.PrefixList)).toBe('InvalidParameter.Resources');
    expect(await share(OWNER, 'Mailbox', OTHERS.PrefixList)).toBe('InvalidParameter.ResourceType');
  });
});

describe('resources by ARN', () => {
  const arnOf = (kind: string, id: string) => `acs:${kind.replace('/', `:${RegionId}:${OWNER}:`)}/${id}`;

  test('are the same resources', async () => {
    const ResourceArns = [arnOf('vpc/ipampool', 'ipam-pool-1'), arnOf('ecs/snapshot', 's-2')];
    await makeShare(stage, { Resources: undefined, ResourceArns });
    wind(3 * SECOND_MS);
    expect((await resources(stage)).toSorted()).toEqual(['ipam-pool-1 Associated', 's-2 Associated']);
  });

  test('are the only way for newer types, where the provider has it so: switch arn-only-types', async () => {
    const byId = () =>
      makeShare(stage, { Resources: [{ ResourceType: 'IpamPool', ResourceId: 'ipam-pool-1' }] });
    expect(await codeOf(byId())).toBe('OK');
    stage.cloud.world.switches['arn-only-types'] = 'newer';
    expect(await codeOf(byId())).toBe('NotSupport.ResourceType.ResourcesParameter');
    const ResourceArns = [arnOf('vpc/ipampool', 'ipam-pool-1')];
    expect(await codeOf(makeShare(stage, { Resources: undefined, ResourceArns }))).toBe('OK');
  });

  test('an unusual ARN is known by what the world says', async () => {
    const arn = `acs:vpcipam:*:${OWNER}:pool/ipam-pool-2`;
    addOtherResource(stage.cloud.world, RegionId, OWNER, 'IpamPool', 'ipam-pool-2', arn);
    await makeShare(stage, { Resources: undefined, ResourceArns: [arn] });
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', {
      AssociationType: 'Resource',
      ResourceArn: arn,
    });
    expect(rows(listed, 'ResourceShareAssociations')).toMatchObject([
      { EntityId: 'ipam-pool-2', ResourceArn: arn },
    ]);
  });

  test('of a portfolio take a property, and those of other types do not', async () => {
    const portfolio = arnOf('servicecatalog/portfolio', 'port-1');
    const snapshotArn = arnOf('ecs/snapshot', 's-1');
    const share = (ResourceArn: string, Property: string) =>
      makeShare(stage, {
        Resources: undefined,
        ResourceArns: [portfolio, snapshotArn],
        ResourceProperties: [{ ResourceArn, Property }],
      });
    expect(await codeOf(share(snapshotArn, '{}'))).toBe('NotSupport.ResourceProperty');
    expect(await codeOf(share(portfolio, 'no json'))).toBe('InvalidParameter.ResourceProperties');
    expect(await codeOf(share('acs:elsewhere', '{}'))).toBe('InvalidParameter.ResourceProperties');
    await share(portfolio, '{"sharePrincipals":true}');
    const listed = await stage.call(OWNER, 'ListResourceShareAssociations', {
      AssociationType: 'Resource',
      ResourceId: 'port-1',
    });
    expect(rows(listed, 'ResourceShareAssociations')).toMatchObject([
      { ResourceProperty: '{"sharePrincipals":true}' },
    ]);
  });
});

test.each([
  ['accepted', 'OK'],
  ['refused', 'ExternalTargetsNotAllowed.ResourceType'],
])('whether the other types leave the directory is not documented: %s', async (position, code) => {
  stage.cloud.world.switches['other-types-outside-directory'] = position;
  const share = (ResourceType: string, ResourceId: string) =>
    codeOf(makeShare(stage, { Resources: [{ ResourceType, ResourceId }], Targets: [PARTNER] }));
  expect(await share('PrefixList', 'pl-1')).toBe(code);
  expect(await share('VSwitch', 'vsw-1')).toBe('OK');
  expect((await targets(stage)).every((one) => one === `${PARTNER} Associating`)).toBe(true);
});

describe('permissions of a share', () => {
  const kms = [{ ResourceType: 'KMSInstance', ResourceId: 'kst-1' }];
  const change = (action: string, parameters: object) => codeOf(stage.call(OWNER, action, { ...parameters }));

  test('a type has one: a second needs Replace', async () => {
    const ResourceShareId = await makeShare(stage, { Resources: kms });
    const second = { ResourceShareId, PermissionName: KMS_READ_WRITE };
    expect(await change('AssociateResourceSharePermission', second)).toBe(
      'EntityAlreadyExists.ResourceSharePermission',
    );
    expect(await change('AssociateResourceSharePermission', { ...second, Replace: true })).toBe('OK');
    expect(await permissionsOf(ResourceShareId)).toEqual([KMS_READ_WRITE]);
  });

  test('one that a resource needs stays, one that none needs goes, one that is not there is not found', async () => {
    const ResourceShareId = await makeShare(stage, { Resources: kms });
    const remove = (PermissionName: string) =>
      change('DisassociateResourceSharePermission', { ResourceShareId, PermissionName });
    expect(await remove('AliyunRSDefaultPermissionKMSInstance')).toBe('DisassociateConflict.Permission');
    expect(await remove('AliyunRSDefaultPermissionImage')).toBe('EntityNotExists.Permission');
    const image = { ResourceShareId, PermissionName: 'AliyunRSDefaultPermissionImage' };
    expect(await change('AssociateResourceSharePermission', image)).toBe('OK');
    expect(await remove('AliyunRSDefaultPermissionImage')).toBe('OK');
  });

  test('named when resources are added, they take the place of the default one', async () => {
    const ResourceShareId = await makeShare(stage);
    await stage.call(OWNER, 'AssociateResourceShare', {
      ResourceShareId,
      Resources: kms,
      PermissionNames: [KMS_READ_WRITE],
    });
    expect(await permissionsOf(ResourceShareId)).toEqual([
      'AliyunRSDefaultPermissionSnapshot',
      KMS_READ_WRITE,
    ]);
    const both = makeShare(stage, {
      Resources: kms,
      PermissionNames: [KMS_READ_WRITE, 'AliyunRSDefaultPermissionKMSInstance'],
    });
    expect(await codeOf(both)).toBe('InvalidParameter.PermissionNames.Duplicate');
  });

  test('each has one version', async () => {
    const listed = await stage.call(OWNER, 'ListPermissionVersions', { PermissionName: KMS_READ_WRITE });
    expect(rows(listed, 'Permissions')).toMatchObject([{ PermissionVersion: 'v1', DefaultVersion: true }]);
    const unknown = stage.call(OWNER, 'ListPermissionVersions', { PermissionName: 'AliyunRSNothing' });
    expect(await codeOf(unknown)).toBe('EntityNotExists.Permission');
  });
});
