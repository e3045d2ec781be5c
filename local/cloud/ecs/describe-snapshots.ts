import { type Action, type Call, type ParameterSpec, ProviderRefusal } from '../product';
import { flagOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import type { Region } from '../world';
import { creationBounds, hasAskedTags, idsOf, oneOf, refuseDryRun } from './filters';
import { BOTH_PAGINGS, listed, newestFirst } from './listing';
import { describeSnapshot, type SeenSnapshot, snapshotsSeenBy, tagsSeen, usageOf } from './snapshot-view';

const MAX_IDS = 100;
const PAIR: Record<string, ParameterSpec> = { Key: { type: 'string' }, Value: { type: 'string' } };

/**
 * The caller's snapshots and those that others share with it. There is no filter for either kind.
 * Source: the documented parameters, fields and errors of ECS DescribeSnapshots (2014-05-26).
 *
 * @throws ProviderRefusal 403 InvalidSnapshotIds.Malformed above 100 ids, and the documented code of each filter.
 */
export const describeSnapshots: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    SnapshotIds: { type: 'json-list' },
    InstanceId: { type: 'string' },
    DiskId: { type: 'string' },
    SnapshotLinkId: { type: 'string' },
    SnapshotName: { type: 'string' },
    Status: { type: 'string' },
    SnapshotType: { type: 'string' },
    SourceDiskType: { type: 'string' },
    Usage: { type: 'string' },
    Category: { type: 'string' },
    Encrypted: { type: 'boolean' },
    KMSKeyId: { type: 'string' },
    ResourceGroupId: { type: 'string' },
    DryRun: { type: 'boolean' },
    Filter: { type: 'list', fields: PAIR },
    Tag: { type: 'list', fields: PAIR },
    ...BOTH_PAGINGS,
  },
  ratePerSecond: 16,
  run(call) {
    refuseDryRun(call);
    const { regionId, region } = regionOf(call);
    const isAskedFor = askedFor(call, regionId, region);
    const found = snapshotsSeenBy(call, regionId, region)
      .filter(isAskedFor)
      .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { page, fields } = listed(found, keyOf, call);
    return {
      ...fields,
      Snapshots: { Snapshot: page.map((seen) => describeSnapshot(seen, call, regionId, region)) },
    };
  },
};

function keyOf(seen: SeenSnapshot): string {
  return newestFirst(seen.snapshot.creationMs, seen.snapshotId);
}

/** The filters of one call as one test. Each is checked even when nothing is there to be filtered. */
function askedFor(call: Call, regionId: string, region: Region): (seen: SeenSnapshot) => boolean {
  const tests = [byIdentity(call), byState(call), byContent(call, regionId, region)];
  return (seen) => tests.every((test) => test(seen));
}

function byIdentity(call: Call): (seen: SeenSnapshot) => boolean {
  const tooMany = new ProviderRefusal(
    403,
    'InvalidSnapshotIds.Malformed',
    'The amount of specified specified snapshot Ids exceeds the limit.',
  );
  const ids = idsOf(call, 'SnapshotIds', MAX_IDS, tooMany);
  const diskId = textOf(call, 'DiskId');
  const linkId = textOf(call, 'SnapshotLinkId');
  const name = textOf(call, 'SnapshotName');
  // The local cloud attaches no disk to an instance and puts nothing into a resource group.
  const asksForNothing = (textOf(call, 'InstanceId') ?? textOf(call, 'ResourceGroupId')) !== undefined;
  return ({ snapshotId, snapshot, received }) =>
    !asksForNothing &&
    (ids === undefined || ids.includes(snapshotId)) &&
    (diskId === undefined || snapshot.sourceDiskId === diskId) &&
    (linkId === undefined || (!received && snapshot.snapshotLinkId === linkId)) &&
    (name === undefined || snapshot.snapshotName === name);
}

function byState(call: Call): (seen: SeenSnapshot) => boolean {
  const refuse = (status: number, code: string, what: string) =>
    new ProviderRefusal(status, code, `The specified ${what} is not valid.`);
  const status = oneOf(
    call,
    'Status',
    ['progressing', 'accomplished', 'failed', 'all'],
    new ProviderRefusal(404, 'InvalidStatus.NotFound', 'The specified Status is not found.'),
  );
  const type = oneOf(
    call,
    'SnapshotType',
    ['auto', 'user', 'all'],
    new ProviderRefusal(404, 'InvalidSnapshotType.NotFound', 'The specfied SnapshotType is not found.'),
  );
  const diskType = oneOf(
    call,
    'SourceDiskType',
    ['system', 'data'],
    refuse(404, 'InvalidSourceDiskType', 'SourceDiskType'),
  );
  const category = oneOf(
    call,
    'Category',
    ['standard', 'flash', 'archive'],
    refuse(403, 'InvalidSnapshotCategory.Malformed', 'Category'),
  );
  const { fromMs, toMs } = creationBounds(call);
  return ({ snapshot }) =>
    (status === undefined || status === 'all' || snapshot.status === status) &&
    type !== 'auto' &&
    (diskType === undefined || snapshot.sourceDiskType === diskType) &&
    (category === undefined || snapshot.category === category) &&
    snapshot.creationMs >= fromMs &&
    snapshot.creationMs <= toMs;
}

function byContent(call: Call, regionId: string, region: Region): (seen: SeenSnapshot) => boolean {
  const usage = oneOf(
    call,
    'Usage',
    ['image', 'disk', 'image_disk', 'none'],
    new ProviderRefusal(404, 'InvalidUsage', 'The specifed Usage is not valid.'),
  );
  const encryptedOnly = flagOf(call, 'Encrypted') === true;
  const keyId = textOf(call, 'KMSKeyId');
  return (seen) =>
    (usage === undefined || usageOf(seen.snapshotId, region) === usage) &&
    (!encryptedOnly || seen.snapshot.encrypted) &&
    (keyId === undefined || seen.snapshot.kmsKeyId === keyId) &&
    hasAskedTags(tagsSeen(seen, call, regionId), call);
}
