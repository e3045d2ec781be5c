import { describe, expect, it } from 'vitest';
import { ConfigurationError, endpointOf, readConfiguration } from '../../shared/configuration';

const RIGHT = {
  SHAREKEEPER_TABLESTORE_ENDPOINT: 'https://sharekeeper.cn-hangzhou.vpc.tablestore.aliyuncs.com',
  SHAREKEEPER_TABLESTORE_INSTANCE: 'sharekeeper',
  SHAREKEEPER_REGIONS: 'cn-hangzhou, cn-shanghai',
  SHAREKEEPER_ACCOUNTS: 'own,1600000000000009',
  SHAREKEEPER_MEMBER_ROLE: 'sharekeeper-member',
  SHAREKEEPER_OIDC_ISSUER: 'https://oauth.aliyun.com',
  SHAREKEEPER_OIDC_AUDIENCE: 'sharekeeper',
  SHAREKEEPER_ENDPOINTS: '{}',
  SHAREKEEPER_CURRENCY: 'CNY',
};

function reasonsFor(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfiguration({ ...RIGHT, ...environment });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.reasons;
  }
}

describe('the environment', () => {
  it('is read once, lists trimmed, our own account taken for granted', () => {
    const configuration = readConfiguration(RIGHT);
    expect(configuration.regionIds).toEqual(['cn-hangzhou', 'cn-shanghai']);
    expect(configuration.accountIds).toEqual(['1600000000000009']);
    expect(configuration.webhookLoopback).toBe('refuse');
    expect(configuration.acceptFrom).toEqual([]);
  });

  it('names the owners whose invitations are accepted unasked', () => {
    const SHAREKEEPER_ACCEPT_FROM = '1600000000000007, 1600000000000008';
    expect(readConfiguration({ ...RIGHT, SHAREKEEPER_ACCEPT_FROM }).acceptFrom).toEqual([
      '1600000000000007',
      '1600000000000008',
    ]);
    expect(readConfiguration({ ...RIGHT, SHAREKEEPER_ACCEPT_FROM: 'none' }).acceptFrom).toEqual([]);
    expect(reasonsFor({ SHAREKEEPER_ACCEPT_FROM: '*' })).toEqual([
      'SHAREKEEPER_ACCEPT_FROM holds "*", which is not an account id of 16 digits (or "none")',
    ]);
  });

  it('is refused with every reason at once', () => {
    expect(
      reasonsFor({
        SHAREKEEPER_TABLESTORE_ENDPOINT: 'not a url',
        SHAREKEEPER_REGIONS: 'Hangzhou',
        SHAREKEEPER_ACCOUNTS: '12',
        SHAREKEEPER_OIDC_AUDIENCE: ' ',
        SHAREKEEPER_CURRENCY: 'EUR',
        SHAREKEEPER_ENDPOINTS: '{"Ecs": "http://127.0.0.1:1", "Ecs/*": 7}',
      }),
    ).toEqual([
      'SHAREKEEPER_TABLESTORE_ENDPOINT is not a URL: not a url',
      'SHAREKEEPER_REGIONS holds "Hangzhou", which is not a region id',
      'SHAREKEEPER_ACCOUNTS holds "12", which is not an account id of 16 digits (or "own")',
      'SHAREKEEPER_OIDC_AUDIENCE is not set',
      'SHAREKEEPER_ENDPOINTS has the key "Ecs", which is not <Product>/<region>',
      'SHAREKEEPER_ENDPOINTS has no URL at "Ecs/*"',
      'SHAREKEEPER_CURRENCY is EUR, and not one of USD, CNY',
    ]);
  });

  it('names other endpoints, the most specific one first', () => {
    const configuration = readConfiguration({
      ...RIGHT,
      SHAREKEEPER_ENDPOINTS: JSON.stringify({
        '*/*': 'http://127.0.0.1:1',
        '*/cn-hangzhou': 'http://127.0.0.1:2',
        'Ecs/*': 'http://127.0.0.1:3',
        'Ecs/cn-hangzhou': 'http://127.0.0.1:4',
      }),
    });
    const asked = [
      ['Ecs', 'cn-hangzhou'],
      ['Ecs', 'cn-shanghai'],
      ['Sts', 'cn-hangzhou'],
      ['Sts', 'cn-shanghai'],
    ] as const;
    expect(asked.map(([product, regionId]) => endpointOf(configuration, product, regionId))).toEqual([
      'http://127.0.0.1:4',
      'http://127.0.0.1:3',
      'http://127.0.0.1:2',
      'http://127.0.0.1:1',
    ]);
  });

  it('names types of resources as the provider does, and quotas that were raised', () => {
    const { resourceTypes, preflight } = readConfiguration({
      ...RIGHT,
      SHAREKEEPER_RESOURCE_TYPES: '{"DeploymentSet": {"resourceType": "EcsDeploymentSet", "namedBy": "arn"}}',
      SHAREKEEPER_PREFLIGHT: '{"externalSharing": false, "sharesPerAccountMax": 5000}',
    });
    expect(resourceTypes).toEqual({ DeploymentSet: { resourceType: 'EcsDeploymentSet', namedBy: 'arn' } });
    expect(preflight).toEqual({
      externalSharing: false,
      sharesPerAccountMax: 5_000,
      sharedResourcesPerAccountMax: 1_000,
    });
  });

  it('is refused where it names types or quotas that there are not', () => {
    expect(
      reasonsFor({
        SHAREKEEPER_RESOURCE_TYPES: '{"Disk": {}, "Image": {"name": "x"}, "Snapshot": {"namedBy": "urn"}}',
        SHAREKEEPER_PREFLIGHT: '{"unknownBlocks": true, "sharesPerAccountMax": 0}',
      }),
    ).toEqual([
      'SHAREKEEPER_RESOURCE_TYPES has the type "Disk", which is none of Snapshot, Image, DeploymentSet, VSwitch, PrefixList, PublicIpAddressPool, ROSTemplate, ServiceCatalogPortfolio, CapacityReservation, ElasticityAssurance, KMSInstance, IpamPool',
      'SHAREKEEPER_RESOURCE_TYPES says of Image something else than resourceType, permissionName and namedBy (id or arn)',
      'SHAREKEEPER_RESOURCE_TYPES says of Snapshot something else than resourceType, permissionName and namedBy (id or arn)',
      'SHAREKEEPER_PREFLIGHT has no setting "unknownBlocks" that may be true',
      'SHAREKEEPER_PREFLIGHT has no setting "sharesPerAccountMax" that may be 0',
    ]);
    expect(reasonsFor({ SHAREKEEPER_PREFLIGHT: '[]' })).toEqual([
      'SHAREKEEPER_PREFLIGHT is not a JSON object',
    ]);
  });
});
