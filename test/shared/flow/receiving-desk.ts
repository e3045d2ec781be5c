import { randomBytes } from 'node:crypto';
import { addHandMadeShare } from '../../../local/estates/shares';
import { snapshot } from '../../../local/estates/resources';
import type { World } from '../../../local/cloud/world';
import { providerClient } from '../../../shared/alicloud/provider-client';
import { receivingProvider } from '../../../shared/alicloud/receiving-provider';
import type { UseCall } from '../../../shared/domain/receiving/receiver-write';
import { listReceived } from '../../../shared/flow/look-at-received';
import { openDueQueue } from '../../../shared/tablestore/due-queue';
import { openRows } from '../../../shared/tablestore/open-rows';
import { configurationAt } from '../alicloud/outside';
import { TINY } from '../alicloud/tiny-cloud';
import { startInstallation } from './installation';
import { person, valueOf } from './sharing-desk';

/** The account that receives in these tests, and where. */
export const AT = { accountId: TINY.consumer, regionId: TINY.regionId };
export const ACCOUNTS = [TINY.management, TINY.producer, TINY.consumer];

/** What the partner offers to the consumer, who has not answered. */
export const OFFERED = {
  snapshotId: 's-bp1partnersnapshot1',
  resourceShareId: 'rs-partneroffer01',
  invitationId: 'i-partneroffer010012',
};

/** What the producer shares with the consumer: in one directory, so nobody was asked. */
export const INSIDE = { resourceShareId: 'rs-insideshare001', resourceShareName: 'inside' };

const SETTLED_MS = 3_600_000;
/** Short, so that a call without an answer is soon given up. */
const DEADLINE_MS = 700;

/** The tiny estate with things that the consumer received, and an invitation that waits. */
export async function openReceivingDesk(change: (world: World) => void = () => {}) {
  const installation = await startInstallation((world, nowMs) => {
    offerFromPartner(world, nowMs);
    shareInside(world, nowMs);
    change(world);
  });
  const { cloud, clock, tablestore } = installation;
  return {
    ...installation,
    /** With credentials that are fresh at each call. */
    ports(accountIds: readonly string[] = ACCOUNTS) {
      const credentials = cloud.roleCredentials(TINY.management, 'sharekeeper');
      const client = providerClient(
        configurationAt({ '*/*': cloud.endpoints[TINY.regionId] ?? '' }),
        { accountId: TINY.management, regionId: TINY.regionId, credentials },
        clock,
        { random: () => 0, deadlineMs: DEADLINE_MS },
      );
      return {
        aggregates: installation.aggregates,
        due: openDueQueue(openRows(tablestore, credentials)),
        provider: receivingProvider(client),
        clock,
        places: accountIds.map((ownerAccountId) => ({ ownerAccountId, regionId: TINY.regionId })),
        newId: () => randomBytes(8).toString('hex'),
      };
    },
  };
}

export type ReceivingDesk = Awaited<ReturnType<typeof openReceivingDesk>>;

export const OLU = person('olu', 'operator');
export const PLAIN = { encrypted: false, kmsKeyId: null };

/** What a snapshot of the producer is called at the consumer. */
export async function idHere(desk: ReceivingDesk, sourceId: string): Promise<string> {
  const resources = valueOf(await listReceived(desk.ports(), OLU, AT));
  const found = resources.find(({ source }) => source.resourceId === sourceId);
  if (found?.resourceId == null) throw new Error(`${sourceId} was not received`);
  return found.resourceId;
}

export function disk(
  snapshotId: string,
  more: Partial<Extract<UseCall, { call: 'CreateDisk' }>> = {},
): UseCall {
  return {
    call: 'CreateDisk',
    snapshotId,
    zoneId: 'cn-hangzhou-h',
    category: 'cloud_essd',
    sizeGiB: null,
    diskName: 'restore-drill',
    ...PLAIN,
    ...more,
  };
}

export function instance(more: Partial<Extract<UseCall, { call: 'RunInstances' }>> = {}): UseCall {
  return {
    call: 'RunInstances',
    imageId: TINY.images.plain,
    instanceType: 'ecs.g7.large',
    vSwitchId: TINY.vSwitch,
    securityGroupId: 'sg-bp1consumer00001',
    deploymentSetId: TINY.deploymentSet,
    instanceName: 'drill',
    systemDisk: { category: 'cloud_essd', sizeGiB: null, ...PLAIN },
    ...more,
  };
}

function offerFromPartner(world: World, nowMs: number): void {
  const createMs = nowMs - SETTLED_MS;
  const { snapshotId, resourceShareId } = OFFERED;
  const region = world.regions[TINY.regionId];
  if (region === undefined) throw new Error('The tiny estate has lost its region');
  region.snapshots[snapshotId] = snapshot({ snapshotId, ownerId: TINY.partner, creationMs: createMs });
  addHandMadeShare(world, {
    resourceShareId,
    resourceShareName: 'offer',
    ownerId: TINY.partner,
    regionId: TINY.regionId,
    createMs,
    resources: [{ type: 'Snapshot', id: snapshotId }],
    principals: [TINY.consumer],
    invitations: 'pending',
  });
}

function shareInside(world: World, nowMs: number): void {
  const { plain, permanent, encryptedWithCmk } = TINY.snapshots;
  addHandMadeShare(world, {
    ...INSIDE,
    ownerId: TINY.producer,
    regionId: TINY.regionId,
    createMs: nowMs - SETTLED_MS,
    resources: [
      ...[plain, permanent, encryptedWithCmk].map((id) => ({ type: 'Snapshot', id })),
      { type: 'DeploymentSet', id: TINY.deploymentSet },
      { type: 'VSwitch', id: TINY.vSwitch },
    ],
    principals: [TINY.consumer],
  });
  const image = world.regions[TINY.regionId]?.images[TINY.images.plain];
  const encrypted = world.regions[TINY.regionId]?.images[TINY.images.encryptedWithCmk];
  for (const one of [image, encrypted]) {
    if (one !== undefined) one.sharedWith[TINY.consumer] = { sharedMs: nowMs - SETTLED_MS };
  }
}
