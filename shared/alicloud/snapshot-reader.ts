import type { Place } from '../domain/sharing/resource';
import { wireTypeOf } from '../domain/sharing/resource-types';
import type { ChainFacts, SnapshotFacts, SnapshotReader } from '../flow/ports';
import { allByToken, PAGE_SIZE, pagesByToken } from './paging';
import type { CallPlace, ProviderClient } from './provider-client';
import { ownResourceId } from './resource-names';
import { ResourceSharingClient } from './resource-sharing';

/** DescribeSnapshotLinks takes at most this many disk ids. */
const DISKS_PER_CALL_MAX = 100;

/** Snapshots, which of them are shared out, and the chains that are billed; `chains` answers by snapshot link id. */
export function snapshotReader(client: ProviderClient): SnapshotReader {
  return {
    sharedSnapshotIds: (place) => sharedSnapshotIds(client, place),
    snapshots: (place) => snapshots(client, place),
    async chains(place, diskIds) {
      const chains = new Map<string, ChainFacts>();
      const distinct = [...new Set(diskIds)];
      for (let at = 0; at < distinct.length; at += DISKS_PER_CALL_MAX) {
        const some = await chainsOf(client, place, distinct.slice(at, at + DISKS_PER_CALL_MAX));
        for (const chain of some) chains.set(chain.snapshotLinkId, chain);
      }
      return chains;
    },
  };
}

async function sharedSnapshotIds(client: ProviderClient, place: Place): Promise<Set<string>> {
  const sharing = new ResourceSharingClient(client, place);
  const resources = await allByToken('ListSharedResources', async (NextToken) => {
    const page = await sharing.listSharedResources({
      ResourceOwner: 'Self',
      ResourceType: wireTypeOf('Snapshot', client.typeOverrides).resourceType,
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return { items: page.SharedResources, nextToken: page.NextToken ?? '' };
  });
  return new Set(resources.map((resource) => ownResourceId(resource.ResourceId)));
}

/** What others share with the account is listed too, under ids of its own; those are in no list of what it shares out. */
function snapshots(client: ProviderClient, place: Place): AsyncIterable<SnapshotFacts[]> {
  return pagesByToken('DescribeSnapshots', async (NextToken) => {
    const answer = await client.call('Ecs', 'DescribeSnapshots', callPlace(place), {
      RegionId: place.regionId,
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return {
      items: answer
        .object('Snapshots')
        .list('Snapshot')
        .map((snapshot) => ({
          snapshotId: snapshot.text('SnapshotId'),
          snapshotName: snapshot.textOr('SnapshotName', ''),
          creationMs: snapshot.timeMs('CreationTime'),
          retentionDays: retentionDays(snapshot.numberOr('RetentionDays', 0)),
          sourceDiskId: snapshot.textOr('SourceDiskId', ''),
          sourceDiskSizeGiB: snapshot.number('SourceDiskSize'),
          fullSizeBytes: snapshot.numberOr('FullSnapshotSizeInBytes', null),
          category: snapshot.textOr('Category', ''),
          snapshotLinkId: snapshot.textOr('SnapshotLinkId', ''),
        })),
      nextToken: answer.textOr('NextToken', ''),
    };
  });
}

function chainsOf(client: ProviderClient, place: Place, diskIds: readonly string[]): Promise<ChainFacts[]> {
  return allByToken('DescribeSnapshotLinks', async (NextToken) => {
    const answer = await client.call('Ecs', 'DescribeSnapshotLinks', callPlace(place), {
      RegionId: place.regionId,
      DiskIds: JSON.stringify(diskIds),
      MaxResults: PAGE_SIZE,
      NextToken,
    });
    return {
      items: answer
        .object('SnapshotLinks')
        .list('SnapshotLink')
        .map((link) => ({
          snapshotLinkId: link.text('SnapshotLinkId'),
          sourceDiskId: link.text('SourceDiskId'),
          totalBytes: link.number('TotalSize'),
          snapshotCount: link.number('TotalCount'),
        })),
      nextToken: answer.textOr('NextToken', ''),
    };
  });
}

/** Kept for ever: the field is absent, 0 or -1; which of them is not documented. */
function retentionDays(days: number): number | null {
  return days > 0 ? days : null;
}

function callPlace(place: Place): CallPlace {
  return { accountId: place.ownerAccountId, regionId: place.regionId };
}
