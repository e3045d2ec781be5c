import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../local/cloud/world';
import { addHandMadeShare } from '../../../local/estates/shares';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import { PLACE, startTiny, TINY, type TinyCloud } from './tiny-cloud';

const DAY_MS = 86_400_000;

let tiny: TinyCloud | undefined;
afterEach(() => tiny?.cloud.close());

async function start(change?: (world: World, nowMs: number) => void) {
  tiny = await startTiny(change);
  return tiny;
}

describe('observing a place', () => {
  it('joins each share with its own resources and principals', async () => {
    const { client, clock } = await start();
    const startMs = clock.nowMs();
    const observation = await sharingProvider(client()).observe(PLACE, []);
    expect(observation.place).toEqual(PLACE);
    expect(observation.seenMs).toBeGreaterThanOrEqual(startMs);
    expect(observation.shares).toEqual([
      {
        resourceShareId: TINY.handMadeShare,
        resourceShareName: 'made-by-hand',
        status: 'Active',
        allowExternalTargets: true,
        resources: [
          {
            entityId: TINY.snapshots.expiredAndShared,
            entityType: 'Snapshot',
            status: 'Associated',
            failureReason: '',
            createMs: expect.any(Number),
            updateMs: expect.any(Number),
            external: false,
          },
        ],
        principals: [
          expect.objectContaining({ entityId: TINY.partner, status: 'Associated', external: true }),
        ],
      },
    ]);
    const [share] = observation.shares;
    expect(startMs - (share?.resources[0]?.createMs ?? 0)).toBeGreaterThan(34 * DAY_MS);
  });

  it.each(['absent', 'empty'])('reads every page when the last token is %s', async (position) => {
    const { client, calls } = await start((world, nowMs) => {
      world.switches['last-page-token'] = position;
      for (let n = 0; n < 230; n++) {
        addHandMadeShare(world, {
          resourceShareId: `rs-many${String(n).padStart(4, '0')}`,
          resourceShareName: `many-${n}`,
          ownerId: TINY.producer,
          regionId: TINY.regionId,
          createMs: nowMs - DAY_MS,
          resources: [{ type: 'VSwitch', id: `vsw-${n}` }],
          principals: [TINY.consumer],
        });
      }
    });
    const { shares } = await sharingProvider(client()).observe(PLACE, []);
    expect(shares).toHaveLength(231);
    for (const share of shares.filter((one) => one.resourceShareName !== 'made-by-hand')) {
      const n = Number(share.resourceShareId.slice('rs-many'.length));
      expect(share.resourceShareName).toBe(`many-${n}`);
      expect(share.resources.map((one) => one.entityId)).toEqual([`vsw-${n}`]);
      expect(share.principals.map((one) => one.entityId)).toEqual([TINY.consumer]);
    }
    expect(calls('ListResourceShares')).toBe(3);
    expect(calls('ListResourceShareAssociations')).toBe(6);
  });

  it('makes no observation when one page is refused', async () => {
    const { client, cloud } = await start();
    cloud.faults.add({
      action: 'ListResourceShares',
      fault: { kind: 'error', status: 403, code: 'NoPermission' },
    });
    await expect(sharingProvider(client()).observe(PLACE, [])).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'refused',
      code: 'NoPermission',
    });
  });

  it('keeps what an outside principal has yet to answer, and the past, apart from what is there', async () => {
    const { client, cloud, clock } = await start((world, nowMs) => {
      addHandMadeShare(world, {
        resourceShareId: 'rs-waiting',
        resourceShareName: 'waiting',
        ownerId: TINY.producer,
        regionId: TINY.regionId,
        createMs: nowMs - DAY_MS,
        resources: [{ type: 'Snapshot', id: TINY.snapshots.plain }],
        principals: [TINY.otherPartner],
        invitations: 'pending',
      });
    });
    const statuses = async () => {
      const { shares } = await sharingProvider(client()).observe(PLACE, []);
      return shares.find((one) => one.resourceShareId === 'rs-waiting')?.principals.map((one) => one.status);
    };
    expect(await statuses()).toEqual(['Associating']);
    cloud.act({ act: 'accept', accountId: TINY.otherPartner });
    clock.wind(5_000);
    expect(await statuses()).toEqual(['Associated']);
    cloud.act({ act: 'leave', accountId: TINY.otherPartner, shareId: 'rs-waiting' });
    clock.wind(5_000);
    expect(await statuses()).toEqual(['Disassociated']);
  });

  it('reads who may use an image, page by page, and takes one that is gone for used by nobody', async () => {
    const accountIds = Array.from({ length: 230 }, (_, n) => String(3_000_000_000_000_000 + n));
    const { client, calls } = await start((world) => {
      const image = world.regions[TINY.regionId]?.images[TINY.images.plain];
      for (const accountId of accountIds)
        Object.assign(image?.sharedWith ?? {}, { [accountId]: { sharedMs: 1 } });
    });
    const { imagePermissions } = await sharingProvider(client()).observe(PLACE, [
      TINY.images.plain,
      TINY.images.imported,
      'm-gone',
    ]);
    expect(imagePermissions).toEqual({
      [TINY.images.plain]: accountIds,
      [TINY.images.imported]: [],
      'm-gone': [],
    });
    expect(calls('DescribeImageSharePermission')).toBe(5);
  });
});
