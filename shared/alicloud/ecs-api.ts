import type {
  DescribeDeploymentSetsRequest,
  DescribeDeploymentSetsResponseBody,
  DescribeImageSharePermissionRequest,
  DescribeImageSharePermissionResponseBody,
  DescribeImagesRequest,
  DescribeImagesResponseBody,
  DescribeSnapshotLinksRequest,
  DescribeSnapshotLinksResponseBody,
  DescribeSnapshotsRequest,
  DescribeSnapshotsResponseBody,
  ModifyImageSharePermissionRequest,
  ModifyImageSharePermissionResponseBody,
} from '@alicloud/ecs20140526';
import type { Wire } from './wire';

/** ECS 2014-05-26 as far as it is called here. Types only: loading the official client takes 0.3 s and 50 MB. */
export interface EcsApi {
  DescribeImageSharePermission(
    request: Wire<DescribeImageSharePermissionRequest>,
  ): Wire<DescribeImageSharePermissionResponseBody>;
  ModifyImageSharePermission(
    request: Wire<ModifyImageSharePermissionRequest>,
  ): Wire<ModifyImageSharePermissionResponseBody>;
  DescribeSnapshots(request: Wire<DescribeSnapshotsRequest>): Wire<DescribeSnapshotsResponseBody>;
  DescribeImages(request: Wire<DescribeImagesRequest>): Wire<DescribeImagesResponseBody>;
  DescribeDeploymentSets(
    request: Wire<DescribeDeploymentSetsRequest>,
  ): Wire<DescribeDeploymentSetsResponseBody>;
  DescribeSnapshotLinks(request: Wire<DescribeSnapshotLinksRequest>): Wire<DescribeSnapshotLinksResponseBody>;
}
