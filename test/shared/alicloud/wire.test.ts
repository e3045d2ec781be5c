import type { DescribeSnapshotsResponseBody, ModifyImageSharePermissionRequest } from '@alicloud/ecs20140526';
import { describe, expect, it } from 'vitest';
import { Fields } from '../../../shared/alicloud/fields';
import type { ProviderClient } from '../../../shared/alicloud/provider-client';
import type { Wire } from '../../../shared/alicloud/wire';

const PLACE = { accountId: '1000000000000001', regionId: 'cn-hangzhou' };

/** Never run: the compiler reads it, and fails when one of the marked lines is no error any more. */
export function misspelt(client: ProviderClient): void {
  // @ts-expect-error no such action
  void client.call('Ecs', 'DescribeSnapshot', PLACE, {});
  // @ts-expect-error an action of another product
  void client.call('Sts', 'DescribeSnapshots', PLACE, {});
  // @ts-expect-error no such field, which the official client's own types let pass
  void client.call('Ecs', 'DescribeSnapshots', PLACE, { RegionID: 'cn-hangzhou' });
  // @ts-expect-error a field of the wrong type
  void client.call('Ecs', 'DescribeSnapshots', PLACE, { MaxResults: '100' });
  // @ts-expect-error a field that has to be there
  void client.call('ResourceSharing', 'UpdateResourceShare', PLACE, { ResourceShareId: 'rs-1' });
}

describe('types of the wire', () => {
  it('spell the fields of the official models as they are sent, at every depth', () => {
    const request: Wire<ModifyImageSharePermissionRequest> = { ImageId: 'm-1', AddAccount: ['1'] };
    // @ts-expect-error the models' own spelling is not the wire's
    const misspelt: Wire<ModifyImageSharePermissionRequest> = { imageId: 'm-1' };
    const answer: Wire<DescribeSnapshotsResponseBody> = {
      Snapshots: { Snapshot: [{ SnapshotId: 's-1', Tags: { Tag: [{ TagKey: 'a' }] } }] },
    };
    expect([request, misspelt, answer]).toHaveLength(3);
  });
});

describe('reading an answer', () => {
  const answer = new Fields<{
    Size: string;
    Count: number;
    Status: string;
    Time: string;
    Items: { Id: string }[];
  }>('DescribeThings', {
    Size: '40',
    Count: 'many',
    Status: 'Frozen',
    Time: 'yesterday',
    Items: [{ Id: 'i-1' }, {}],
  });

  it('takes a number that is sent as text', () => {
    expect(answer.number('Size')).toBe(40);
  });

  it.each<[string, () => unknown, string]>([
    ['a number', () => answer.number('Count'), 'DescribeThings.Count is not a number'],
    ['a time', () => answer.timeMs('Time'), 'DescribeThings.Time is not a time'],
    [
      'a word that is known',
      () => answer.oneOf('Status', ['Active', 'Deleted']),
      'DescribeThings.Status is "Frozen", which is none of Active, Deleted',
    ],
    [
      'there',
      () => answer.list('Items').map((item) => item.text('Id')),
      'DescribeThings.Items[1].Id is missing',
    ],
    ['an object', () => answer.object('Count'), 'DescribeThings.Count is not an object'],
    ['a list', () => answer.list('Size'), 'DescribeThings.Size is not a list'],
  ])('says where a field is not %s', (_what, read, where) => {
    expect(read).toThrow(where);
  });
});
