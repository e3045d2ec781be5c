import { type Action, type Call, ProviderRefusal } from '../product';
import { numberOf, textOf } from '../read-parameters';
import { regionOf } from '../region';
import type { Snapshot } from '../world';
import { idsOf } from './filters';
import { BOTH_PAGINGS, listed } from './listing';

const MAX_IDS = 100;

/**
 * The caller's snapshot chains, one for each disk, with the bytes that are billed for each.
 * A MaxResults below 10 counts as 10 and one above 100 as 100 (DescribeSnapshotLinks), so no value is refused.
 *
 * @throws ProviderRefusal 400 InvalidSnapshotLinkIds or 400 InvalidDiskIds above 100 ids.
 */
export const describeSnapshotLinks: Action = {
  parameters: {
    RegionId: { type: 'string', required: true },
    DiskIds: { type: 'json-list' },
    SnapshotLinkIds: { type: 'json-list' },
    InstanceId: { type: 'string' },
    ...BOTH_PAGINGS,
    MaxResults: { type: 'integer' },
  },
  ratePerSecond: 16,
  run(call) {
    const { regionId, region } = regionOf(call);
    const own = Object.values(region.snapshots).filter(
      (snapshot) => snapshot.ownerId === call.caller.accountId,
    );
    const chains = chainsOf(own).filter(askedFor(call));
    const { page, fields } = listed(chains, (chain) => chain.linkId, withinBounds(call));
    return { ...fields, SnapshotLinks: { SnapshotLink: page.map((chain) => describe(chain, regionId)) } };
  },
};

interface Chain {
  linkId: string;
  first: Snapshot;
  snapshotCount: number;
  billedBytes: number;
}

function chainsOf(snapshots: readonly Snapshot[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const snapshot of snapshots) {
    const linkId = snapshot.snapshotLinkId;
    const chain = chains.get(linkId) ?? { linkId, first: snapshot, snapshotCount: 0, billedBytes: 0 };
    chain.snapshotCount += 1;
    chain.billedBytes += snapshot.incrementBytes;
    chains.set(linkId, chain);
  }
  return [...chains.values()].toSorted((a, b) => (a.linkId < b.linkId ? -1 : 1));
}

function askedFor(call: Call): (chain: Chain) => boolean {
  const refuse = (code: string, name: string) =>
    new ProviderRefusal(400, code, `The specified ${name} is invalid.`);
  const linkIds = idsOf(
    call,
    'SnapshotLinkIds',
    MAX_IDS,
    refuse('InvalidSnapshotLinkIds', 'snapshotLinkIds'),
  );
  const diskIds = idsOf(call, 'DiskIds', MAX_IDS, refuse('InvalidDiskIds', 'diskIds'));
  const instanceId = textOf(call, 'InstanceId');
  return (chain) =>
    instanceId === undefined &&
    (linkIds === undefined || linkIds.includes(chain.linkId)) &&
    (diskIds === undefined || diskIds.includes(chain.first.sourceDiskId));
}

function withinBounds(call: Call): Call {
  const maxResults = numberOf(call, 'MaxResults');
  if (maxResults === undefined) return call;
  return { ...call, parameters: { ...call.parameters, MaxResults: Math.min(100, Math.max(10, maxResults)) } };
}

function describe(
  { linkId, first, snapshotCount, billedBytes }: Chain,
  regionId: string,
): Record<string, unknown> {
  return {
    SnapshotLinkId: linkId,
    RegionId: regionId,
    SourceDiskId: first.sourceDiskId,
    SourceDiskName: '',
    SourceDiskSize: first.sourceDiskSizeGiB,
    SourceDiskType: first.sourceDiskType,
    InstanceId: '',
    InstanceName: '',
    InstantAccess: false,
    Category: first.category,
    TotalCount: snapshotCount,
    TotalSize: billedBytes,
  };
}
