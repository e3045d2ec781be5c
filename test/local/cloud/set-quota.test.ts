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
import { callProvider, codeOf } from '../../kit/openapi-client';
import { addDeploymentSet, addImage, keyOf } from '../../kit/world';
import { makeShare, MEMBER, OTHER_PARTNER, OWNER, PARTNER, shareWorld, targets, TEAM } from './share-stage';

const regionId = 'cn-hangzhou';
let stage: TestCloud;

beforeEach(async () => {
  const world = shareWorld();
  addImage(world, regionId, OWNER, 'm-1');
  addDeploymentSet(world, regionId, OWNER, 'ds-1');
  stage = await startTestCloud(world);
});

afterEach(() => stopTestCloud(stage));

type Quota = Extract<Parameters<TestCloud['cloud']['act']>[0], { act: 'set-quota' }>['quota'];

function setQuota(quota: Quota, value: number): void {
  stage.cloud.act({ act: 'set-quota', accountId: OWNER, quota, value });
}

describe('a quota takes effect on the next call, down and up again', () => {
  test('shares', async () => {
    setQuota('shares', 0);
    expect(await codeOf(makeShare(stage))).toBe('QuotaExceeded.ResourceShare.Count');
    setQuota('shares', 1);
    expect(await codeOf(makeShare(stage))).toBe('OK');
  });

  test('shared resources', async () => {
    setQuota('sharedResources', 0);
    expect(await codeOf(makeShare(stage))).toBe('QuotaExceeded.SharedResource.Count');
    setQuota('sharedResources', 1);
    expect(await codeOf(makeShare(stage))).toBe('OK');
  });

  test('pending invitations', async () => {
    setQuota('pendingInvitations', 0);
    const invite = () => codeOf(makeShare(stage, { Targets: [PARTNER] }));
    expect(await invite()).toBe('QuotaExceeded.PendingInvitations');
    setQuota('pendingInvitations', 1);
    expect(await invite()).toBe('OK');
  });

  test('shared snapshots and accounts of a snapshot, for what is still associating too', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [MEMBER] });
    setQuota('accountsPerSnapshot', 0);
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${MEMBER} Failed`]);
    setQuota('accountsPerSnapshot', 1);
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Targets: [TEAM] });
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${MEMBER} Failed`, `${TEAM} Associated`]);
  });

  test('accounts of an image', async () => {
    const share = (AddAccount: string[]) =>
      codeOf(
        stage.call(
          OWNER,
          'ModifyImageSharePermission',
          { RegionId: regionId, ImageId: 'm-1', AddAccount },
          { version: '2014-05-26' },
        ),
      );
    setQuota('accountsPerImage', 1);
    expect(await share([PARTNER, OTHER_PARTNER])).toBe('QuotaExceed.ShareImageUser');
    setQuota('accountsPerImage', 2);
    expect(await share([PARTNER, OTHER_PARTNER])).toBe('OK');
  });

  test('instances of a deployment set', () => {
    const place = () =>
      stage.cloud.act({ act: 'place-instance', accountId: OWNER, regionId, deploymentSetId: 'ds-1' });
    stage.cloud.act({ act: 'set-capacity', regionId, deploymentSetId: 'ds-1', capacity: 0 });
    expect(place).toThrow('The instance quota in one deployment set exceeded.');
    stage.cloud.act({ act: 'set-capacity', regionId, deploymentSetId: 'ds-1', capacity: 1 });
    expect(place).not.toThrow();
  });
});

test('Quota Center tells the quotas as they are now, page by page', async () => {
  setQuota('shares', 7);
  const ask = async (parameters: object) =>
    (
      await callProvider(
        'ListProductQuotas',
        { ProductCode: 'resourcesharing', ...parameters },
        {
          endpoint: stage.cloud.endpoints['central'] ?? '',
          credentials: keyOf(OWNER),
          version: '2020-05-10',
        },
      )
    ).body;
  const first = await ask({ MaxResults: 2 });
  const second = await ask({ MaxResults: 2, NextToken: first['NextToken'] });
  const seen = [...rows(first, 'Quotas'), ...rows(second, 'Quotas')].map((row) => [
    text(row, 'QuotaName'),
    row['TotalQuota'],
  ]);
  expect(Object.fromEntries(seen)).toEqual({
    'Pending invitations': 100,
    'Resource shares': 7,
    'Shared resources': 1_000,
  });
  expect(second['NextToken']).toBeUndefined();
  expect(await codeOf(ask({ ProductCode: 'mail' }))).toBe('PRODUCT.NOT.FOUND');
  expect(await codeOf(ask({ MaxResults: 101 }))).toBe('INVALID.MAX.RESULTS');
  expect(first['TotalCount']).toBe(3);
});
