import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UseCall } from '../../../shared/domain/receiving/receiver-write';
import { lookAtUse } from '../../../shared/flow/look-at-received';
import { useReceived } from '../../../shared/flow/use-received';
import { TINY } from '../alicloud/tiny-cloud';
import {
  AT,
  disk,
  idHere,
  instance,
  OLU,
  openReceivingDesk,
  PLAIN,
  type ReceivingDesk,
} from './receiving-desk';
import { ADA, valueOf } from './sharing-desk';

const MISSING = 's-bp1nothere0000001';

let desk: ReceivingDesk;
beforeEach(async () => {
  desk = await openReceivingDesk();
});
afterEach(() => desk.close());

async function uses(call: UseCall) {
  const { write, outcome } = valueOf(await useReceived(desk.ports(), OLU, AT, call));
  return { useId: write.name, ...outcome };
}

async function problemsWith(call: UseCall): Promise<string[]> {
  const answer = await useReceived(desk.ports(), OLU, AT, call);
  if (answer.ok || answer.refusal.reason !== 'invalid')
    throw new Error(`Not refused so: ${JSON.stringify(answer)}`);
  expect(writes()).toEqual([]);
  return answer.refusal.problems.map(({ pointer, code }) => `${pointer} ${code}`);
}

function region() {
  const found = desk.cloud.world.regions[TINY.regionId];
  if (found === undefined) throw new Error('The tiny estate has lost its region');
  return found;
}

const disksOf = () => Object.values(region().disks).filter(({ ownerId }) => ownerId === TINY.consumer);
const writes = () =>
  desk.cloud.calls.records
    .map(({ action }) => action)
    .filter((action) => ['CreateDisk', 'CopySnapshot', 'RunInstances'].includes(action));

describe('a received snapshot', () => {
  it('makes a disk, with the intent before it and the request id after it', async () => {
    const made = await uses(disk(await idHere(desk, TINY.snapshots.plain)));
    expect(disksOf()).toMatchObject([
      { diskId: made.madeId, category: 'cloud_essd', diskName: 'restore-drill' },
    ]);
    const events = await desk.events(`receiver-write/${TINY.consumer}/${made.useId}`);
    expect(events.map(({ type, by }) => [type, by.kind])).toEqual([
      ['receiving.call_intended', 'person'],
      ['receiving.call_made', 'person'],
    ]);
    expect(events[1]?.data).toMatchObject({
      outcome: { is: 'done', madeId: made.madeId, requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
    });
    const looked = valueOf(await lookAtUse(desk.ports(), OLU, TINY.consumer, made.useId));
    expect(looked.state).toMatchObject({ is: 'ended', outcome: { madeId: made.madeId } });
  });

  it('that is encrypted makes a disk under the service key of the receiver', async () => {
    await uses(disk(await idHere(desk, TINY.snapshots.encryptedWithCmk), { encrypted: true }));
    expect(disksOf()).toMatchObject([{ encrypted: true, kmsKeyId: TINY.serviceKey }]);
  });

  it('is refused with every reason at once, and without a write', async () => {
    const encrypted = await idHere(desk, TINY.snapshots.encryptedWithCmk);
    expect(
      await problemsWith(
        disk(encrypted, { category: 'cloud_ssd', sizeGiB: 1, zoneId: 'cn-beijing-a', kmsKeyId: TINY.cmk }),
      ),
    ).toEqual([
      '/kmsKeyId key-without-encryption',
      '/zoneId zone-not-in-region',
      '/sizeGiB size-too-small',
      '/category category-not-for-encrypted',
      '/encrypted key-must-change',
    ]);
    expect(await problemsWith(disk(encrypted, { encrypted: true, kmsKeyId: TINY.cmk }))).toEqual([
      '/kmsKeyId key-must-change',
    ]);
    expect(await problemsWith(disk(TINY.snapshots.plain))).toEqual(['/snapshotId not-visible']);
    expect(
      await problemsWith({
        call: 'CopySnapshot',
        snapshotId: encrypted,
        destinationRegionId: 'cn-hangzhou',
        snapshotName: 'copy',
        retentionDays: null,
        ...PLAIN,
      }),
    ).toEqual(['/destinationRegionId same-region', '/encrypted cannot-be-decrypted']);
    expect(
      await problemsWith({
        call: 'CopySnapshot',
        snapshotId: MISSING,
        destinationRegionId: 'cn-qingdao',
        snapshotName: 'copy',
        retentionDays: null,
        ...PLAIN,
      }),
    ).toEqual(['/snapshotId not-visible', '/destinationRegionId region-not-managed']);
  });

  it("is what is used here, and not the account's own", async () => {
    const producer = { ...AT, accountId: TINY.producer };
    const answer = await useReceived(desk.ports(), OLU, producer, disk(TINY.snapshots.plain));
    expect(answer).toMatchObject({
      refusal: { problems: [{ pointer: '/snapshotId', code: 'not-received' }] },
    });
  });

  it('that is encrypted is copied within its region under a key of the receiver', async () => {
    const snapshotId = await idHere(desk, TINY.snapshots.encryptedWithCmk);
    const made = await uses({
      call: 'CopySnapshot',
      snapshotId,
      destinationRegionId: 'cn-hangzhou',
      snapshotName: 'our-own',
      retentionDays: 30,
      encrypted: true,
      kmsKeyId: null,
    });
    expect(region().snapshots[made.madeId ?? '']).toMatchObject({
      ownerId: TINY.consumer,
      snapshotName: 'our-own',
      retentionDays: 30,
      kmsKeyId: TINY.serviceKey,
    });
  });
});

describe('an instance', () => {
  it('runs from a received image in a received deployment set on a received vSwitch', async () => {
    const made = await uses(instance());
    expect(region().instances[made.madeId ?? '']).toMatchObject({
      ownerId: TINY.consumer,
      instanceName: 'drill',
      vSwitchId: TINY.vSwitch,
    });
    expect(region().deploymentSets[TINY.deploymentSet]?.instances).toContainEqual({
      instanceId: made.madeId,
      ownerId: TINY.consumer,
    });
  });

  it('runs from an encrypted image under a key of the receiver', async () => {
    const systemDisk = { category: 'cloud_auto', sizeGiB: null, encrypted: true, kmsKeyId: null } as const;
    await uses(instance({ imageId: TINY.images.encryptedWithCmk, deploymentSetId: null, systemDisk }));
    expect(disksOf()).toMatchObject([{ type: 'system', kmsKeyId: TINY.serviceKey }]);
  });

  it("is run here only of something received, not of the account's own things alone", async () => {
    const answer = await useReceived(desk.ports(), OLU, { ...AT, accountId: TINY.producer }, instance());
    expect(answer).toMatchObject({ refusal: { problems: [{ pointer: '', code: 'not-received' }] } });
    expect(writes()).toEqual([]);
  });

  it('is refused with every reason at once: no room, no such vSwitch, the wrong disk', async () => {
    const set = region().deploymentSets[TINY.deploymentSet];
    if (set !== undefined) set.capacity = set.instances.length;
    expect(
      await problemsWith(
        instance({
          imageId: TINY.images.encryptedWithCmk,
          systemDisk: { category: 'cloud_ssd', sizeGiB: 1, ...PLAIN },
        }),
      ),
    ).toEqual([
      '/systemDisk/sizeGiB size-too-small',
      '/systemDisk/category category-not-for-encrypted',
      '/systemDisk/encrypted key-must-change',
      '/deploymentSetId deployment-set-full',
    ]);
    expect(
      await problemsWith(
        instance({ imageId: 'm-nobody', vSwitchId: 'vsw-nobody', deploymentSetId: 'ds-nobody' }),
      ),
    ).toEqual(['/imageId not-visible', '/deploymentSetId not-visible', '/vSwitchId not-visible']);
  });
});

it('tells what the provider refuses, and that it was too busy', async () => {
  const snapshotId = await idHere(desk, TINY.snapshots.plain);
  const refusing = {
    kind: 'error',
    status: 403,
    code: 'QuotaExceed.Disk',
    message: 'Too many disks.',
  } as const;
  desk.cloud.faults.add({ action: 'CreateDisk', fault: refusing, count: 1 });
  desk.cloud.faults.add({ action: 'CreateDisk', fault: { kind: 'throttle', retryAfterMs: 3_000 }, count: 1 });
  expect(await useReceived(desk.ports(), OLU, AT, disk(snapshotId))).toMatchObject({
    refusal: {
      reason: 'provider-refused',
      code: 'QuotaExceed.Disk',
      message: 'CreateDisk was refused: Too many disks.',
    },
  });
  expect(await useReceived(desk.ports(), OLU, AT, disk(snapshotId))).toMatchObject({
    refusal: { reason: 'provider-busy', afterMs: 3_000 },
  });
  expect(disksOf()).toEqual([]);
});

it('is for operators, in accounts that are managed', async () => {
  const call = disk(MISSING);
  expect(await useReceived(desk.ports(), ADA, AT, call)).toMatchObject({
    refusal: { reason: 'role-needed', needs: ['operator'] },
  });
  expect(await useReceived(desk.ports([TINY.producer]), OLU, AT, call)).toMatchObject({
    refusal: { reason: 'not-found', what: 'receiving-account' },
  });
});
