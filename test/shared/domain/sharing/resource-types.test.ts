import { describe, expect, it } from 'vitest';
import { arnOf, idInArn } from '../../../../shared/domain/sharing/arn';
import { factsOf, RESOURCE_TYPES, wireTypeOf } from '../../../../shared/domain/sharing/resource-types';

describe('the types that can be shared', () => {
  it('are the twelve that Resource Sharing is known to take', () => {
    expect(RESOURCE_TYPES).toEqual([
      'Snapshot',
      'Image',
      'DeploymentSet',
      'VSwitch',
      'PrefixList',
      'PublicIpAddressPool',
      'ROSTemplate',
      'ServiceCatalogPortfolio',
      'CapacityReservation',
      'ElasticityAssurance',
      'KMSInstance',
      'IpamPool',
    ]);
  });

  it('have the permission that the permission library lists for them', () => {
    expect(factsOf('PublicIpAddressPool').permissionName).toBe(
      'AliyunRSDefaultPermissionPublicIpAddressPool',
    );
    expect(factsOf('Snapshot').permissionName).toBe('AliyunRSDefaultPermissionSnapshot');
  });

  it.each(RESOURCE_TYPES)('%s has an example id that fits its own pattern', (type) => {
    const { idPattern, idExample } = factsOf(type);
    expect(idPattern.test(idExample)).toBe(true);
  });

  it('say which names no source confirms', () => {
    expect(RESOURCE_TYPES.filter((type) => !factsOf(type).nameConfirmed)).toEqual([
      'DeploymentSet',
      'ElasticityAssurance',
      'IpamPool',
    ]);
  });
});

describe('a type on the wire', () => {
  it('has its own name unless the installation knows better', () => {
    expect(wireTypeOf('DeploymentSet', {})).toEqual({
      resourceType: 'DeploymentSet',
      permissionName: 'AliyunRSDefaultPermissionDeploymentSet',
      namedBy: 'id',
    });
  });

  it('takes its permission along when it is called otherwise', () => {
    expect(wireTypeOf('DeploymentSet', { DeploymentSet: { resourceType: 'EcsDeploymentSet' } })).toEqual({
      resourceType: 'EcsDeploymentSet',
      permissionName: 'AliyunRSDefaultPermissionEcsDeploymentSet',
      namedBy: 'id',
    });
  });

  it('may have a permission that follows no pattern', () => {
    expect(
      wireTypeOf('DeploymentSet', { DeploymentSet: { permissionName: 'Special', namedBy: 'arn' } }),
    ).toEqual({ resourceType: 'DeploymentSet', permissionName: 'Special', namedBy: 'arn' });
  });

  it('is named by an ARN as the provider writes it, and known again by it', () => {
    const arn = arnOf({
      ownerAccountId: '1234567890123456',
      regionId: 'cn-shanghai',
      resourceType: 'VSwitch',
      resourceId: 'vsw-1',
    });
    expect(arn).toBe('acs:vpc:cn-shanghai:1234567890123456:vswitch/vsw-1');
    expect(idInArn(arn)).toBe('vsw-1');
    expect(idInArn('vsw-1')).toBe(null);
  });
});
