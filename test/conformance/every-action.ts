import type { WindableClock } from '../../local/clock';
import type { Cloud } from '../../local/cloud/cloud';
import { products } from '../../local/cloud/products';
import type { Estate } from '../../local/estates/estate';
import { TINY } from '../../local/estates/tiny';
import { callProvider } from '../kit/openapi-client';
import { tellTheKeys, useSnapshots } from './use-of-resources';
import type { Answered, Walk } from './walk';

const SETTLED_MS = 10_000;
/** Two calls a second are below every documented rate, however often the walk comes to an action. */
const BETWEEN_CALLS_MS = 500;

/** Calls every action of the local cloud at least once with the official generic client, as a person might go through them. */
export async function everyAction(cloud: Cloud, estate: Estate, clock: WindableClock): Promise<Answered[]> {
  const walk = walkIn(cloud, estate, clock);
  await tellTheDirectory(walk);
  await tellTheResources(walk);
  await shareImages(walk);
  await shareByResourceSharing(walk);
  await walk.call(TINY.management, 'Sts', 'AssumeRole', {
    RoleArn: `acs:ram::${TINY.producer}:role/${estate.memberRoleName}`,
    RoleSessionName: 'conformance',
    DurationSeconds: 900,
  });
  await walk.call(TINY.management, 'Sts', 'GetCallerIdentity', {});
  await tellTheKeys(walk);
  await useSnapshots(walk, cloud);
  await walk.call(TINY.producer, 'Quotas', 'ListProductQuotas', {
    ProductCode: 'resourcesharing',
    MaxResults: 2,
  });
  return walk.answered;
}

function walkIn(cloud: Cloud, estate: Estate, clock: WindableClock): Walk {
  const answered: Answered[] = [];
  return {
    answered,
    async call(by, product, action, parameters) {
      const version = products.find(({ name }) => name === product)?.version ?? '';
      const isCentral =
        product.startsWith('ResourceDirectory') ||
        ['ResourceManager', 'Sts', 'Ram', 'Quotas'].includes(product);
      const credentials = estate.accessKeys[by];
      if (credentials === undefined) throw new Error(`The estate has no key of ${by}`);
      clock.wind(BETWEEN_CALLS_MS);
      const answer = await callProvider(
        action,
        { ...parameters },
        {
          endpoint: cloud.endpoints[isCentral ? 'central' : TINY.regionId] ?? '',
          credentials,
          version,
        },
      );
      answered.push({ product, action, answer });
      return answer.body;
    },
    wait: () => clock.wind(SETTLED_MS),
  };
}

async function tellTheDirectory({ call }: Walk): Promise<void> {
  for (const product of ['ResourceDirectoryMaster', 'ResourceManager']) {
    const tell = (action: string, parameters: object = {}) =>
      call(TINY.management, product, action, parameters);
    await tell('GetResourceDirectory');
    await tell('ListAccounts', { IncludeTags: true, PageNumber: 1, PageSize: 100 });
    await tell('ListAccountsForParent', { ParentFolderId: TINY.productionFolder, IncludeTags: true });
    await tell('GetAccount', { AccountId: TINY.producer, IncludeTags: true });
    await tell('ListFoldersForParent', { ParentFolderId: TINY.rootFolder, PageSize: 100 });
    await tell('GetFolder', { FolderId: TINY.productionFolder });
    await tell('ListAncestors', { ChildId: TINY.productionFolder });
    await tell('ListTrustedServiceStatus', { PageSize: 10 });
    await tell('ListDelegatedAdministrators', { PageSize: 10 });
  }
  await call(TINY.management, 'ResourceDirectoryMaster', 'ListAccounts', {
    MaxResults: 1,
    QueryKeyword: 'o',
  });
}

async function tellTheResources({ call }: Walk): Promise<void> {
  const RegionId = TINY.regionId;
  for (const by of [TINY.producer, TINY.partner]) {
    await call(by, 'Ecs', 'DescribeSnapshots', { RegionId, MaxResults: 100 });
    await call(by, 'Ecs', 'DescribeSnapshots', { RegionId, PageNumber: 1, PageSize: 5 });
    await call(by, 'Ecs', 'DescribeImages', { RegionId, PageSize: 100 });
  }
  const SnapshotIds = JSON.stringify([TINY.snapshots.plain]);
  await call(TINY.producer, 'Ecs', 'DescribeSnapshots', {
    RegionId,
    SnapshotIds,
    Tag: [{ Key: 'a', Value: 'b' }],
  });
  await call(TINY.producer, 'Ecs', 'DescribeSnapshotLinks', { RegionId, MaxResults: 3 });
  await call(TINY.producer, 'Ecs', 'DescribeSnapshotsUsage', { RegionId });
  await call(TINY.producer, 'Ecs', 'DescribeDeploymentSets', { RegionId, PageSize: 50 });
  await call(TINY.producer, 'Ecs', 'DescribeInstances', { RegionId, MaxResults: 100 });
  await call(TINY.producer, 'Ecs', 'DescribeRegions', {});
  await call(TINY.producer, 'Vpc', 'DescribeVSwitches', { RegionId, PageSize: 50 });
}

async function shareImages({ call }: Walk): Promise<void> {
  const image = { RegionId: TINY.regionId, ImageId: TINY.images.plain };
  const AddAccount = [TINY.partner, TINY.consumer];
  await call(TINY.producer, 'Ecs', 'ModifyImageSharePermission', { ...image, AddAccount });
  await call(TINY.producer, 'Ecs', 'DescribeImageSharePermission', { ...image, PageSize: 100 });
  await call(TINY.partner, 'Ecs', 'DescribeImages', { RegionId: TINY.regionId, ImageOwnerAlias: 'others' });
  await call(TINY.producer, 'Ecs', 'ModifyImageSharePermission', { ...image, RemoveAccount: AddAccount });
}

async function shareByResourceSharing(walk: Walk): Promise<void> {
  const { wait } = walk;
  const share = (by: string, action: string, parameters: object = {}) =>
    walk.call(by, 'ResourceSharing', action, parameters);
  await share(TINY.management, 'EnableSharingWithResourceDirectory');
  await share(TINY.management, 'CheckSharingWithResourceDirectoryStatus');
  await share(TINY.producer, 'DescribeRegions', { AcceptLanguage: 'en-US' });
  await share(TINY.producer, 'ListPermissions', { ResourceType: 'Snapshot' });
  await share(TINY.producer, 'GetPermission', { PermissionName: 'AliyunRSDefaultPermissionSnapshot' });

  const ResourceShareId = await madeShare(walk);
  await share(TINY.producer, 'AssociateResourceShare', { ResourceShareId, Targets: [TINY.otherPartner] });
  wait();
  await tagAndPermit(walk, ResourceShareId);
  await tellTheShare(walk, TINY.producer, 'Self', ResourceShareId);
  for (const [by, action] of [
    [TINY.partner, 'AcceptResourceShareInvitation'],
    [TINY.otherPartner, 'RejectResourceShareInvitation'],
  ] as const) {
    const { ResourceShareInvitations } = await share(by, 'ListResourceShareInvitations', { MaxResults: 100 });
    const waiting = (
      ResourceShareInvitations as { ResourceShareInvitationId: string; Status: string }[]
    ).find(({ Status }) => Status === 'Pending');
    await share(by, action, { ResourceShareInvitationId: waiting?.ResourceShareInvitationId });
  }
  wait();
  await tellTheShare(walk, TINY.producer, 'Self', ResourceShareId);
  await tellTheShare(walk, TINY.partner, 'OtherAccounts', ResourceShareId);
  await tellTheShare(walk, TINY.consumer, 'OtherAccounts', ResourceShareId);
  await walk.call(TINY.consumer, 'Ecs', 'DescribeSnapshots', { RegionId: TINY.regionId });
  await share(TINY.producer, 'UpdateResourceShare', { ResourceShareId, ResourceShareName: 'renamed' });
  await share(TINY.producer, 'DisassociateResourceShare', { ResourceShareId, Targets: [TINY.consumer] });
  wait();
  await share(TINY.producer, 'DeleteResourceShare', { ResourceShareId });
  wait();
  await share(TINY.producer, 'ListResourceShares', { ResourceOwner: 'Self' });
  await walk.call(TINY.producer, 'Ecs', 'DeleteSnapshot', { SnapshotId: TINY.snapshots.plain, Force: false });
}

async function tagAndPermit({ call, wait }: Walk, ResourceShareId: string): Promise<void> {
  const share = (action: string, parameters: object) =>
    call(TINY.producer, 'ResourceSharing', action, parameters);
  const tagged = { RegionId: TINY.regionId, ResourceType: 'ResourceShare', ResourceId: [ResourceShareId] };
  await share('TagResources', { ...tagged, Tag: [{ Key: 'made-by', Value: 'us' }, { Key: 'gone' }] });
  await share('UntagResources', { ...tagged, TagKey: ['gone'] });
  await share('ListTagResources', tagged);
  await share('ListResourceShares', { ResourceOwner: 'Self', Tag: [{ Key: 'made-by', Value: 'us' }] });
  await share('ChangeResourceGroup', {
    ResourceId: ResourceShareId,
    ResourceRegionId: TINY.regionId,
    ResourceGroupId: 'rg-backups',
  });
  const arn = (product: string, kind: string, id: string) =>
    `acs:${product}:${TINY.regionId}:${TINY.producer}:${kind}/${id}`;
  const portfolio = arn('servicecatalog', 'portfolio', TINY.portfolio);
  await share('AssociateResourceShare', {
    ResourceShareId,
    ResourceArns: [arn('vpc', 'ipampool', TINY.ipamPool), portfolio],
    ResourceProperties: [{ ResourceArn: portfolio, Property: '{"sharePrincipals":true}' }],
  });
  wait();
  const readWrite = { ResourceShareId, PermissionName: 'AliyunRSPermissionKMSInstanceReadWrite' };
  await share('ListPermissionVersions', { PermissionName: readWrite.PermissionName, MaxResults: 10 });
  await share('AssociateResourceSharePermission', { ...readWrite, Replace: true });
  await share('DisassociateResourceSharePermission', readWrite);
}

async function madeShare({ call }: Walk): Promise<string> {
  const body = await call(TINY.producer, 'ResourceSharing', 'CreateResourceShare', {
    ResourceShareName: 'conformance',
    AllowExternalTargets: true,
    Resources: [
      { ResourceId: TINY.snapshots.plain, ResourceType: 'Snapshot' },
      { ResourceId: TINY.vSwitch, ResourceType: 'VSwitch' },
    ],
    Targets: [TINY.consumer, TINY.partner],
  });
  return (body['ResourceShare'] as { ResourceShareId: string }).ResourceShareId;
}

async function tellTheShare(
  walk: Walk,
  by: string,
  ResourceOwner: string,
  ResourceShareId: string,
): Promise<void> {
  const tell = (action: string, parameters: object) => walk.call(by, 'ResourceSharing', action, parameters);
  const paging = { MaxResults: 100 };
  await tell('ListResourceShares', { ResourceOwner, ...paging });
  await tell('ListSharedResources', { ResourceOwner, ...paging, ResourceShareIds: [ResourceShareId] });
  await tell('ListSharedTargets', { ResourceOwner, ...paging, ResourceShareIds: [ResourceShareId] });
  await tell('ListResourceSharePermissions', { ResourceOwner, ...paging, ResourceShareId });
  if (ResourceOwner !== 'Self') return;
  for (const AssociationType of ['Resource', 'Target']) {
    await tell('ListResourceShareAssociations', {
      AssociationType,
      ...paging,
      ResourceShareIds: [ResourceShareId],
    });
  }
}
