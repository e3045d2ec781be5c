import {
  type Body,
  part,
  rows,
  SECOND_MS,
  startTestCloud,
  type TestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { addKey, addKeyRole, addSnapshot } from '../../kit/world';
import { makeShare, MEMBER, OWNER, shareWorld, snapshot } from './share-stage';

export const RegionId = 'cn-hangzhou';
export const ZoneId = 'cn-hangzhou-b';
export const ESSD = { DiskCategory: 'cloud_essd' };

/** An owner with plain snapshots and one under its key, and a member of its directory that has keys of its own. */
export interface Receiving {
  stage: TestCloud;
  /** Calls ECS in the region. */
  ecs(by: string, action: string, parameters?: object): Promise<Body>;
  /** Shares a snapshot of the owner with the member, and tells the id that the member has it by. */
  receive(snapshotId: string): Promise<{ shareId: string; receivedId: string }>;
  unshare(shareId: string): Promise<void>;
  /** Copies a snapshot to cn-shanghai, unless told otherwise. */
  copy(by: string, SnapshotId: string, parameters?: object): Promise<Body>;
  snapshotsOf(accountId: string, regionId?: string): Promise<Body[]>;
  disksOf(accountId: string): Promise<Body[]>;
}

export async function startReceiving(): Promise<Receiving> {
  const world = shareWorld();
  addKey(world, RegionId, OWNER, 'key-owner');
  addKey(world, RegionId, MEMBER, 'key-member');
  addKey(world, 'cn-shanghai', MEMBER, 'key-shanghai');
  addKeyRole(world, OWNER, [MEMBER]);
  addSnapshot(world, RegionId, OWNER, 's-cmk', { encrypted: true, kmsKeyId: 'key-owner' });
  const stage = await startTestCloud(world);

  const ecs: Receiving['ecs'] = (by, action, parameters = {}) =>
    stage.call(by, action, { RegionId, ...parameters }, { version: '2014-05-26' });
  const snapshotsOf: Receiving['snapshotsOf'] = async (accountId, regionId = RegionId) => {
    const at = { version: '2014-05-26', regionId };
    const listed = await stage.call(accountId, 'DescribeSnapshots', { RegionId: regionId }, at);
    return rows(part(listed, 'Snapshots'), 'Snapshot');
  };

  return {
    stage,
    ecs,
    snapshotsOf,
    async receive(snapshotId) {
      const shareId = await makeShare(stage, { Resources: snapshot(snapshotId), Targets: [MEMBER] });
      wind(3 * SECOND_MS);
      const [received] = await snapshotsOf(MEMBER);
      return { shareId, receivedId: text(received ?? {}, 'SnapshotId') };
    },
    async unshare(shareId) {
      await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId: shareId });
      wind(5 * SECOND_MS);
    },
    copy: (by, SnapshotId, parameters = {}) =>
      ecs(by, 'CopySnapshot', {
        SnapshotId,
        DestinationRegionId: 'cn-shanghai',
        DestinationSnapshotName: 'copied',
        DestinationSnapshotDescription: 'for keeps',
        ...parameters,
      }),
    disksOf: async (accountId) => rows(part(await ecs(accountId, 'DescribeDisks'), 'Disks'), 'Disk'),
  };
}
