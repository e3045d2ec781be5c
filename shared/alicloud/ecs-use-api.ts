import type {
  CopySnapshotRequest,
  CopySnapshotResponseBody,
  CreateDiskRequest,
  CreateDiskResponseBody,
  DescribeDisksRequest,
  DescribeDisksResponseBody,
  DescribeInstancesRequest,
  DescribeInstancesResponseBody,
  RunInstancesRequest,
  RunInstancesResponseBody,
} from '@alicloud/ecs20140526';
import type { Wire } from './wire';

/** What a receiver makes of what was shared with it (ECS 2014-05-26). Types only. */
export interface EcsUseApi {
  CreateDisk(request: Wire<CreateDiskRequest>): Wire<CreateDiskResponseBody>;
  CopySnapshot(request: Wire<CopySnapshotRequest>): Wire<CopySnapshotResponseBody>;
  RunInstances(request: Wire<RunInstancesRequest>): Wire<RunInstancesResponseBody>;
  DescribeDisks(request: Wire<DescribeDisksRequest>): Wire<DescribeDisksResponseBody>;
  DescribeInstances(request: Wire<DescribeInstancesRequest>): Wire<DescribeInstancesResponseBody>;
}
