import { type Call, ProviderRefusal } from '../product';
import { positionOf } from '../switches';
import type { World } from '../world';

/** A type that Resource Sharing knows, how its ARN names it, and what its default permission allows. */
interface ResourceType {
  resourceType: string;
  arn: `${string}:${string}`;
  allows: string[];
}

/**
 * Types by their documented names, with the default permission `AliyunRSDefaultPermission<Type>`.
 * Source: the permission library; the deployment set's name is not documented and is a switch.
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
    { resourceType: 'IpamPool', arn: 'vpc:ipampool', allows: ['vpc:ListIpamPools'] },
    { resourceType: 'ROSTemplate', arn: 'ros:template', allows: ['ros:GetTemplate'] },
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
  if (resourceTypes(world).some((type) => type.resourceType === resourceType)) return;
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

/** `acs:vpc:cn-shanghai:<owner>:vswitch/vsw-…` */
export function arnOf(
  resourceType: string,
  resourceId: string,
  regionId: string,
  ownerId: string,
  world: World,
): string {
  const [service, kind] = (
    resourceTypes(world).find((type) => type.resourceType === resourceType)?.arn ?? ':'
  ).split(':');
  return `acs:${service}:${regionId}:${ownerId}:${kind}/${resourceId}`;
}
