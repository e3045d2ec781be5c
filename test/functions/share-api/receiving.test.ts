import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCloud, type Cloud } from '../../../local/cloud/cloud';
import { tiny, TINY } from '../../../local/estates/tiny';
import { addHandMadeShare } from '../../../local/estates/shares';
import { snapshot } from '../../../local/estates/resources';
import type { World } from '../../../local/cloud/world';
import { openDoor, type Door } from './door';

const AT = `/v1/receiving/${TINY.consumer}`;
const QUERY = { regionId: TINY.regionId };
const OFFERED = 's-bp1partnersnapshot1';

let cloud: Cloud;
let door: Door;
beforeAll(async () => {
  const nowMs = Date.now();
  const { world } = tiny(nowMs);
  shareWithConsumer(world, nowMs - 3_600_000);
  cloud = await startCloud({ world, clock: { nowMs: () => Date.now() } });
  door = await openDoor({
    accountId: TINY.management,
    accountIds: [TINY.consumer],
    credentials: cloud.roleCredentials(TINY.management, 'sharekeeper'),
    providerUrl: cloud.endpoints[TINY.regionId] ?? null,
  });
}, 60_000);
afterAll(async () => {
  await door.stop();
  await cloud.close();
});

/** A snapshot from inside the directory, and two invitations from a partner. */
function shareWithConsumer(world: World, createMs: number): void {
  const region = world.regions[TINY.regionId];
  if (region !== undefined)
    region.snapshots[OFFERED] = snapshot({
      snapshotId: OFFERED,
      ownerId: TINY.partner,
      creationMs: createMs,
    });
  const shares = [
    ['rs-inside01', TINY.producer, TINY.snapshots.plain],
    ['rs-offer01', TINY.partner, OFFERED],
    ['rs-offer02', TINY.partner, OFFERED],
  ] as const;
  for (const [resourceShareId, ownerId, id] of shares) {
    addHandMadeShare(world, {
      resourceShareId,
      resourceShareName: 'offer',
      ownerId,
      regionId: TINY.regionId,
      createMs,
      resources: [{ type: 'Snapshot', id }],
      principals: [TINY.consumer],
      invitations: 'pending',
    });
  }
}

async function get<Answer>(as: string, path: string, query: Record<string, string> = {}) {
  const { status, json } = await door.call('GET', path, { as, query });
  return { status, json: json as unknown as Answer & { code?: string } };
}

interface Resources {
  resources: { resourceId: string; source: { resourceId: string }; details: { sizeGiB: number } }[];
}

async function receivedSnapshotId(): Promise<string> {
  const { json } = await get<Resources>('ada', `${AT}/resources`, QUERY);
  return json.resources.find(({ source }) => source.resourceId === TINY.snapshots.plain)?.resourceId ?? '';
}

const disk = (snapshotId: string) => ({
  ...QUERY,
  snapshotId,
  zoneId: 'cn-hangzhou-h',
  category: 'cloud_essd',
  diskName: 'restore-drill',
});

const disks = () =>
  Object.values(cloud.world.regions[TINY.regionId]?.disks ?? {}).filter(
    ({ ownerId }) => ownerId === TINY.consumer,
  );

describe('over HTTP', () => {
  it('anybody signed in reads what a receiver of a type has to know', async () => {
    const said = await get<{ limits: { code: string }[] }>('ren', '/v1/receiving/instructions/Snapshot');
    expect(said.json.limits.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['no-rollback', 'no-re-share', 'no-image', 'permanent-is-1096-days']),
    );
    expect((await get('ren', '/v1/receiving/instructions/Toaster')).json.code).toBe('not-found');
  });

  it('an approver answers the invitations of an account that is managed, one way each', async () => {
    type Invitations = { invitations: { invitationId: string; status: string; answerBy: string }[] };
    const { json } = await get<Invitations>('ada', `${AT}/invitations`, QUERY);
    expect(json.invitations.map(({ status }) => status)).toEqual(['Pending', 'Pending']);
    const [one, other] = json.invitations.map(({ invitationId }) => invitationId);
    const answer = (id: string | undefined, how: string, as = 'ada') =>
      door.call('POST', `${AT}/invitations/${id}/${how}`, { as, body: QUERY });
    expect((await answer(one, 'accept', 'ren')).json.code).toBe('role-needed');
    expect((await answer(one, 'accept')).json.status).toBe('Accepted');
    expect((await answer(other, 'reject')).json.status).toBe('Rejected');
    expect((await answer(one, 'reject')).json.code).toBe('invitation-ended');
    const { json: rest } = await get<Invitations>('ada', `${AT}/invitations`, QUERY);
    expect(rest.invitations).toEqual([]);
  });

  it('an operator makes one disk of a received snapshot, however often the call is sent', async () => {
    const asked = {
      as: 'olu',
      body: disk(await receivedSnapshotId()),
      headers: { 'Idempotency-Key': 'drill-1' },
    };
    const first = await door.call('POST', `${AT}/disks`, asked);
    const again = await door.call('POST', `${AT}/disks`, asked);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json).toEqual(first.json);
    expect(disks()).toHaveLength(1);
    const looked = await door.call('GET', first.headers['location'] ?? '', { as: 'olu' });
    expect(looked.json).toEqual(first.json);
    expect(looked.json).toMatchObject({ call: 'CreateDisk', status: 'done', madeId: disks()[0]?.diskId });
  });

  it('every reason against it comes at once, and what cannot be reached is said', async () => {
    const refused = await door.call('POST', `${AT}/disks`, {
      as: 'olu',
      body: { ...disk('s-bp1nothere0000001'), zoneId: 'cn-beijing-a', kmsKeyId: 'key-1' },
    });
    expect(refused.status).toBe(422);
    expect(refused.json.errors.map(({ code }) => code)).toEqual([
      'not-visible',
      'key-without-encryption',
      'zone-not-in-region',
    ]);
    expect((await get('ada', `/v1/receiving/${TINY.partner}/resources`, QUERY)).json.code).toBe('not-found');
    expect((await get('ada', `${AT}/resources`)).json.code).toBe('invalid');
    cloud.faults.add({
      action: 'ListSharedResources',
      fault: { kind: 'error', status: 403, code: 'NoPermission' },
      count: 1,
    });
    const unread = await get('ada', `${AT}/resources`, QUERY);
    expect([unread.status, unread.json.code]).toEqual([409, 'provider-refused']);
  });
});
