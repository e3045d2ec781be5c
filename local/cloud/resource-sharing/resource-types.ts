import { type Call, ProviderRefusal } from '../product';
import { positionOf } from '../switches';
import type { World } from '../world';

/** A type that Resource Sharing knows, how its ARN names it, and what its default permission allows. */
interface ResourceType {
  resourceType: string;
  arn: `${string}:${string}`;
  allows: string[];
  /** The one region where shares of a global resource are made. */
  homeRegionId?: string;
  /** It came late, and may be one of those that only ARNs name. */
  isNewer?: true;
}

/**
 * Types by their documented names, with the default permission `AliyunRSDefaultPermission<Type>`.
 * Sources: the permission library; "Create a resource share" (templates are shared in cn-shanghai). The deployment set's
 * name is not documented and is a switch.
 */
export function resourceTypes(world: World): ResourceType[] {
  return [
    {
      resourceType: 'VSwitch',
      arn: 'vpc:vswitch',
      allows: ['vpc:DescribeVSwitches', 'vpc:DescribeVSwitchAttributes'],
    },
    { resourceType: 'PrefixList', arn: 'vpc:prefixlist', allows: ['vpc:ListPrefixLists'] },
    {
      resourceType: 'PublicIpAddressPool',
      arn: 'vpc:publicipaddresspool',
      allows: ['vpc:ListPublicIpAddressPools'],
    },
    { resourceType: 'IpamPool', arn: 'vpc:ipampool', allows: ['vpc:ListIpamPools'], isNewer: true },
    {
      resourceType: 'ROSTemplate',
      arn: 'ros:template',
      allows: ['ros:GetTemplate'],
      homeRegionId: 'cn-shanghai',
    },
    {
      resourceType: 'ServiceCatalogPortfolio',
      arn: 'servicecatalog:portfolio',
      allows: ['servicecatalog:GetPortfolio'],
    },
    { resourceType: 'Image', arn: 'ecs:image', allows: ['ecs:DescribeImages', 'ecs:RunInstances'] },
    {
      resourceType: 'Snapshot',
      arn: 'ecs:snapshot',
      allows: ['ecs:DescribeSnapshots', 'ecs:CreateDisk', 'ecs:CopySnapshot'],
    },
    {
      resourceType: 'CapacityReservation',
      arn: 'ecs:capacityreservation',
      allows: ['ecs:DescribeCapacityReservations'],
    },
    {
      resourceType: 'ElasticityAssurance',
      arn: 'ecs:elasticityassurance',
      allows: ['ecs:DescribeElasticityAssurances'],
      isNewer: true,
    },
    { resourceType: 'KMSInstance', arn: 'kms:instance', allows: ['kms:ListKmsInstances'] },
    {
      resourceType: positionOf('deployment-set-type', world),
      arn: 'ecs:deploymentset',
      allows: ['ecs:DescribeDeploymentSets', 'ecs:RunInstances'],
    },
  ];
}

/** @throws ProviderRefusal 400 InvalidParameter.ResourceType */
export function checkResourceType(resourceType: string, world: World): void {
  if (typeNamed(resourceType, world) !== undefined) return;
  throw new ProviderRefusal(400, 'InvalidParameter.ResourceType', 'The ResourceType is invalid.');
}

/** @throws ProviderRefusal 400 InvalidParameter.ResourceType when the call filters by a type that does not exist. */
export function resourceTypeAsked(call: Call): string | undefined {
  const asked = call.parameters['ResourceType'];
  if (typeof asked !== 'string') return undefined;
  checkResourceType(asked, call.world);
  return asked;
}

export function isDeploymentSetType(resourceType: string): boolean {
  return resourceType === 'DeploymentSet' || resourceType === 'EcsDeploymentSet';
}

/** Whether a type may be shared in a region: global resources only in one. */
export function isSharedIn(resourceType: string, regionId: string, world: World): boolean {
  return (typeNamed(resourceType, world)?.homeRegionId ?? regionId) === regionId;
}

/** Whether a type may go to accounts outside the directory: told for some, for others a switch. */
export function mayGoOutside(resourceType: string, world: World): boolean {
  if (['Snapshot', 'VSwitch'].includes(resourceType) || isDeploymentSetType(resourceType)) return true;
  const name = resourceType === 'Image' ? 'image-outside-directory' : 'other-types-outside-directory';
  return positionOf(name, world) === 'accepted';
}

/** @throws ProviderRefusal 400 NotSupport.ResourceType.ResourcesParameter for a type that only ARNs name. */
export function checkNamedById(resourceType: string, world: World): void {
  if (positionOf('arn-only-types', world) === 'none' || !typeNamed(resourceType, world)?.isNewer) return;
  throw new ProviderRefusal(
    400,
    'NotSupport.ResourceType.ResourcesParameter',
    'The Resources parameter does not support this resource type. Please use ResourceArns instead.',
  );
}

/** `acs:vpc:cn-shanghai:<owner>:vswitch/vsw-…` */
export function arnOf(
  resourceType: string,
  resourceId: string,
  regionId: string,
  ownerId: string,
  world: World,
): string {
  const other = world.regions[regionId]?.otherResources[resourceId];
  if (other?.resourceType === resourceType && other.ownerId === ownerId) return other.arn;
  const [service, kind] = (typeNamed(resourceType, world)?.arn ?? ':').split(':');
  return `acs:${service}:${regionId}:${ownerId}:${kind}/${resourceId}`;
}

function typeNamed(resourceType: string, world: World): ResourceType | undefined {
  return resourceTypes(world).find((type) => type.resourceType === resourceType);
}
