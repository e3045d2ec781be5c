import { describe, expect, it } from 'vitest';
import { endpointUrl } from '../../../shared/alicloud/products';
import { configurationAt } from './outside';

const PLACE = { accountId: '1000000000000001', regionId: 'eu-central-1' };

describe('where a product is reached', () => {
  it.each([
    ['ResourceSharing', 'https://resourcesharing.eu-central-1.aliyuncs.com'],
    ['Ecs', 'https://ecs.eu-central-1.aliyuncs.com'],
    ['ResourceDirectoryMaster', 'https://resourcedirectory.aliyuncs.com'],
    ['Vpc', 'https://vpc.eu-central-1.aliyuncs.com'],
    ['Kms', 'https://kms.eu-central-1.aliyuncs.com'],
    ['Ram', 'https://ram.aliyuncs.com'],
    ['Sts', 'https://sts.eu-central-1.aliyuncs.com'],
    ['FC', 'https://1000000000000001.eu-central-1.fc.aliyuncs.com'],
  ] as const)('is the public endpoint of %s unless one is configured', (product, origin) => {
    expect(endpointUrl(configurationAt({}), product, PLACE).origin).toBe(origin);
  });

  it('is the configured endpoint, by product and region, with its scheme and port', () => {
    const configuration = configurationAt({
      'Ecs/eu-central-1': 'http://127.0.0.1:7201',
      'Ecs/*': 'https://ecs-vpc.example:8443',
    });
    expect(endpointUrl(configuration, 'Ecs', PLACE).origin).toBe('http://127.0.0.1:7201');
    const elsewhere = { ...PLACE, regionId: 'cn-hangzhou' };
    expect(endpointUrl(configuration, 'Ecs', elsewhere).origin).toBe('https://ecs-vpc.example:8443');
  });
});
