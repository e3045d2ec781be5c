import type { Action, Product } from '../product';
import { deleteSnapshot } from './delete-snapshot';
import { describeDeploymentSets } from './describe-deployment-sets';
import { describeImageSharePermission } from './describe-image-share-permission';
import { describeImages } from './describe-images';
import { describeInstances } from './describe-instances';
import { describeRegions } from './describe-regions';
import { describeSnapshotLinks } from './describe-snapshot-links';
import { describeSnapshots } from './describe-snapshots';
import { describeSnapshotsUsage } from './describe-snapshots-usage';
import { modifyImageSharePermission } from './modify-image-share-permission';
import { refuseParameter } from './refuse-parameter';
import { release } from './release';

export const ecs: Product = {
  name: 'Ecs',
  version: '2014-05-26',
  isRegional: true,
  refuseParameter,
  actions: {
    DeleteSnapshot: afterRelease(deleteSnapshot),
    DescribeDeploymentSets: describeDeploymentSets,
    DescribeImageSharePermission: describeImageSharePermission,
    DescribeImages: afterRelease(describeImages),
    DescribeInstances: describeInstances,
    DescribeRegions: describeRegions,
    DescribeSnapshotLinks: afterRelease(describeSnapshotLinks),
    DescribeSnapshots: afterRelease(describeSnapshots),
    DescribeSnapshotsUsage: afterRelease(describeSnapshotsUsage),
    ModifyImageSharePermission: modifyImageSharePermission,
  },
};

/** The provider releases expired snapshots by itself; here it is done just before anyone looks. */
function afterRelease(action: Action): Action {
  return {
    ...action,
    run(call) {
      release(call.world, call.nowMs);
      return action.run(call);
    },
  };
}
