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
});
