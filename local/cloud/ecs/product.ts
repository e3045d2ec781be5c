import type { Action, Product } from '../product';
import { idempotent } from './client-token';
import { copySnapshot } from './copy-snapshot';
import { createDisk } from './create-disk';
import { createSnapshot } from './create-snapshot';
import { deleteSnapshot } from './delete-snapshot';
import { describeDeploymentSets } from './describe-deployment-sets';
import { describeDisks } from './describe-disks';
import { describeImageSharePermission } from './describe-image-share-permission';
import { describeImages } from './describe-images';
import { describeInstances } from './describe-instances';
import { describeRegions } from './describe-regions';
import { describeSnapshotLinks } from './describe-snapshot-links';
import { describeSnapshots } from './describe-snapshots';
import { describeSnapshotsUsage } from './describe-snapshots-usage';
import { modifyImageSharePermission } from './modify-image-share-permission';
import { modifySnapshotAttribute, modifySnapshotCategory } from './modify-snapshot';
import { passTime } from './pass-time';
import { refuseParameter } from './refuse-parameter';
import { runInstances } from './run-instances';

export const ecs: Product = {
  name: 'Ecs',
  version: '2014-05-26',
  isRegional: true,
  refuseParameter,
  actions: {
    CopySnapshot: idempotent('CopySnapshot', upToDate(copySnapshot)),
    CreateDisk: idempotent('CreateDisk', upToDate(createDisk)),
    CreateSnapshot: idempotent('CreateSnapshot', upToDate(createSnapshot)),
    DeleteSnapshot: upToDate(deleteSnapshot),
    DescribeDeploymentSets: describeDeploymentSets,
    DescribeDisks: describeDisks,
    DescribeImageSharePermission: describeImageSharePermission,
    DescribeImages: upToDate(describeImages),
    DescribeInstances: describeInstances,
    DescribeRegions: describeRegions,
    DescribeSnapshotLinks: upToDate(describeSnapshotLinks),
    DescribeSnapshots: upToDate(describeSnapshots),
    DescribeSnapshotsUsage: upToDate(describeSnapshotsUsage),
    ModifyImageSharePermission: modifyImageSharePermission,
    ModifySnapshotAttribute: upToDate(modifySnapshotAttribute),
    ModifySnapshotCategory: upToDate(modifySnapshotCategory),
    RunInstances: idempotent('RunInstances', runInstances),
  },
};

/** Snapshots get ready and expire by themselves; here it is done just before anyone looks. */
function upToDate(action: Action): Action {
  return {
    ...action,
    run(call) {
      passTime(call.world, call.nowMs);
      return action.run(call);
    },
  };
}
