import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Body,
  part,
  rows,
  startTestCloud,
  stopTestCloud,
  type TestCloud,
  text,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { makeShare, OWNER, PARTNER, shareWorld } from './share-stage';

let stage: TestCloud;

beforeEach(async () => {
  stage = await startTestCloud(shareWorld());
});

afterEach(() => stopTestCloud(stage));

const tags = (action: string, parameters: object, by = OWNER): Promise<Body> =>
  stage.call(by, action, { RegionId: 'cn-hangzhou', ResourceType: 'ResourceShare', ...parameters });

async function tagged(parameters: object = {}): Promise<string[]> {
  const listed = part(await tags('ListTagResources', parameters), 'TagResources');
  return rows(listed, 'TagResource').map(
    (row) => `${text(row, 'ResourceId')} ${text(row, 'TagKey')}=${text(row, 'TagValue')}`,
  );
}

async function sharesWith(Tag: object[]): Promise<string[]> {
  const listed = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self', Tag });
  return rows(listed, 'ResourceShares').map((row) => text(row, 'ResourceShareId'));
}

test('tags given when a share is made find it, by key and value or by key alone', async () => {
  const ours = await makeShare(stage, { Tag: [{ Key: 'made-by', Value: 'us' }] });
  const theirs = await makeShare(stage, { Tag: [{ Key: 'made-by', Value: 'them' }] });
  await makeShare(stage);
  expect(await sharesWith([{ Key: 'made-by', Value: 'us' }])).toEqual([ours]);
  expect((await sharesWith([{ Key: 'made-by' }])).toSorted()).toEqual([ours, theirs].toSorted());
  expect(await sharesWith([{ Key: 'made-by', Value: 'us' }, { Key: 'other' }])).toEqual([]);
});

test('tags are put on, changed and taken off later', async () => {
  const id = await makeShare(stage);
  const ResourceId = [id];
  await tags('TagResources', {
    ResourceId,
    Tag: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await tags('TagResources', { ResourceId, Tag: [{ Key: 'a', Value: '3' }] });
  expect(await tagged()).toEqual([`${id} a=3`, `${id} b=2`]);
  expect(await tagged({ Tag: [{ Key: 'a', Value: '1' }] })).toEqual([]);
  await tags('UntagResources', { ResourceId, TagKey: ['a'] });
  expect(await tagged()).toEqual([`${id} b=2`]);
  await tags('UntagResources', { ResourceId, All: true });
  expect(await tagged({ ResourceId })).toEqual([]);
});

test('tags come twenty to a page', async () => {
  const many = (from: number) => Array.from({ length: 15 }, (_, at) => ({ Key: `k${from + at}`, Value: '' }));
  await makeShare(stage, { Tag: many(10) });
  await makeShare(stage, { Tag: many(30) });
  const first = await tags('ListTagResources', {});
  const second = await tags('ListTagResources', { NextToken: text(first, 'NextToken') });
  const counts = [first, second].map((page) => rows(part(page, 'TagResources'), 'TagResource').length);
  expect(counts).toEqual([20, 10]);
  expect(second['NextToken']).toBeUndefined();
});

test('a tag of the provider’s own, a twenty-first tag and a share of another account or region are refused', async () => {
  const ResourceId = [await makeShare(stage)];
  const put = (Tag: object[], by = OWNER) => codeOf(tags('TagResources', { ResourceId, Tag }, by));
  expect(await put([{ Key: 'acs:mine', Value: '' }])).toBe('InvalidParameter.Tag');
  expect(await put([{ Key: 'aliyun-mine', Value: '' }])).toBe('InvalidParameter.Tag');
  const twenty = Array.from({ length: 20 }, (_, at) => ({ Key: `k${at}`, Value: '' }));
  expect(await put(twenty)).toBe('OK');
  expect(await put([{ Key: 'one-more', Value: '' }])).toBe('InvalidParameter.Tag');
  expect(await put([{ Key: 'a', Value: '' }], PARTNER)).toBe('EntityNotExists.ResourceShare');
  const elsewhere = stage.call(
    OWNER,
    'TagResources',
    { RegionId: 'cn-shanghai', ResourceType: 'ResourceShare', ResourceId, Tag: [{ Key: 'a' }] },
    { regionId: 'cn-shanghai' },
  );
  expect(await codeOf(elsewhere)).toBe('EntityNotExists.ResourceShare');
});

test('a share moves to another resource group, and is found there', async () => {
  const ResourceId = await makeShare(stage);
  const move = (ResourceGroupId: string, by = OWNER) =>
    codeOf(
      stage.call(by, 'ChangeResourceGroup', { ResourceId, ResourceRegionId: 'cn-hangzhou', ResourceGroupId }),
    );
  expect([await move('rg-team'), await move('team'), await move('rg-team', PARTNER)]).toEqual([
    'OK',
    'InvalidResourceGroup',
    'ResourceNotFound',
  ]);
  const inGroup = await stage.call(OWNER, 'ListResourceShares', {
    ResourceOwner: 'Self',
    ResourceGroupId: 'rg-team',
  });
  expect(rows(inGroup, 'ResourceShares')).toHaveLength(1);
});
