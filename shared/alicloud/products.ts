import { endpointOf, type Configuration } from '../configuration';
import type { EcsApi } from './ecs-api';
import type { EcsUseApi } from './ecs-use-api';
import type { InvitationsApi } from './invitations-api';
import type { KmsApi } from './kms-api';
import type { RamApi } from './ram-api';
import type { ResourceDirectoryMasterApi } from './resource-directory-api';
import type { ResourceSharingApi } from './resource-sharing-api';
import type { StsApi } from './sts-api';
import type { VpcApi } from './vpc-api';

/** Every action that is called, by product. */
export interface Apis {
  ResourceSharing: ResourceSharingApi & InvitationsApi;
  Ecs: EcsApi & EcsUseApi;
  Vpc: VpcApi;
  Kms: KmsApi;
  Ram: RamApi;
  ResourceDirectoryMaster: ResourceDirectoryMasterApi;
  Sts: StsApi;
}

export type ProductName = keyof Apis;
export type ActionName<Product extends ProductName> = keyof Apis[Product] & string;
export type Asked<
  Product extends ProductName,
  Action extends ActionName<Product>,
> = Apis[Product][Action] extends (request: infer Request extends object) => unknown ? Request : never;
export type Answered<
  Product extends ProductName,
  Action extends ActionName<Product>,
> = Apis[Product][Action] extends (...args: never[]) => infer Body ? Body : never;

/** A read may be repeated at will; after a write whose answer is lost one has to look first. */
export type Effect = 'read' | 'write';

/** The version of each API and what each action does. README.md lists the same actions as a RAM policy. */
const PRODUCTS: { [Product in ProductName]: ProductDefinition<Product> } = {
  ResourceSharing: {
    version: '2020-01-10',
    effects: {
      CreateResourceShare: 'write',
      UpdateResourceShare: 'write',
      DeleteResourceShare: 'write',
      AssociateResourceShare: 'write',
      DisassociateResourceShare: 'write',
      ListResourceShares: 'read',
      ListResourceShareAssociations: 'read',
      ListSharedResources: 'read',
      ListPermissions: 'read',
      CheckSharingWithResourceDirectoryStatus: 'read',
      ListResourceShareInvitations: 'read',
      AcceptResourceShareInvitation: 'write',
      RejectResourceShareInvitation: 'write',
    },
  },
  Ecs: {
    version: '2014-05-26',
    effects: {
      DescribeImageSharePermission: 'read',
      ModifyImageSharePermission: 'write',
      DescribeSnapshots: 'read',
      DescribeSnapshotLinks: 'read',
      DescribeImages: 'read',
      DescribeDeploymentSets: 'read',
      CreateDisk: 'write',
      CopySnapshot: 'write',
      RunInstances: 'write',
      DescribeDisks: 'read',
      DescribeInstances: 'read',
    },
  },
  Vpc: { version: '2016-04-28', effects: { DescribeVSwitches: 'read' } },
  Kms: { version: '2016-01-20', effects: { DescribeKey: 'read', ListAliasesByKeyId: 'read' } },
  Ram: { version: '2015-05-01', effects: { GetRole: 'read' } },
  ResourceDirectoryMaster: {
    version: '2022-04-19',
    effects: { GetResourceDirectory: 'read', ListAccounts: 'read', ListFoldersForParent: 'read' },
  },
  Sts: { version: '2015-04-01', effects: { AssumeRole: 'read' } },
};

interface ProductDefinition<Product extends ProductName> {
  version: string;
  effects: Record<ActionName<Product>, Effect>;
}

export function versionOf(product: ProductName): string {
  return PRODUCTS[product].version;
}

export function effectOf<Product extends ProductName>(product: Product, action: ActionName<Product>): Effect {
  const { effects }: ProductDefinition<Product> = PRODUCTS[product];
  return effects[action];
}

/**
 * Where a product is reached in a region: the configured endpoint, or the public one. Only scheme, host and port of a
 * configured one count. `FC` is the invocation endpoint of an account.
 */
export function endpointUrl(
  configuration: Configuration,
  product: ProductName | 'FC',
  place: { accountId: string; regionId: string },
): URL {
  const configured = endpointOf(configuration, product, place.regionId);
  return new URL(configured ?? `https://${publicHost(product, place)}`);
}

function publicHost(
  product: ProductName | 'FC',
  { accountId, regionId }: { accountId: string; regionId: string },
): string {
  switch (product) {
    case 'ResourceSharing':
      return `resourcesharing.${regionId}.aliyuncs.com`;
    case 'Ecs':
      return `ecs.${regionId}.aliyuncs.com`;
    case 'Vpc':
      return `vpc.${regionId}.aliyuncs.com`;
    case 'Kms':
      return `kms.${regionId}.aliyuncs.com`;
    case 'Ram':
      return 'ram.aliyuncs.com';
    case 'ResourceDirectoryMaster':
      // One central endpoint; the SDK's rule would name a host that is not documented.
      return 'resourcedirectory.aliyuncs.com';
    case 'Sts':
      return `sts.${regionId}.aliyuncs.com`;
    case 'FC':
      return `${accountId}.${regionId}.fc.aliyuncs.com`;
  }
}
