import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UseCall } from '../../../shared/domain/receiving/receiver-write';
import { lookAtUse } from '../../../shared/flow/look-at-received';
import { settleReceiverWrites } from '../../../shared/flow/settle-receiver-writes';
import { NO_TERMS } from '../../../shared/flow/terms';
import { useReceived } from '../../../shared/flow/use-received';
import { TINY } from '../alicloud/tiny-cloud';
import {
  AT,
  disk,
  idHere,
  INSIDE,
  instance,
  OLU,
  openReceivingDesk,
  type ReceivingDesk,
} from './receiving-desk';
import { valueOf } from './sharing-desk';

let desk: ReceivingDesk;
beforeEach(async () => {
  desk = await openReceivingDesk();
});
afterEach(() => desk.close());

const ample = () => 60_000;

async function uses(call: UseCall) {
  const { write, outcome } = valueOf(await useReceived(desk.ports(), OLU, AT, call));
  return { useId: write.name, ...outcome };
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

describe('a call of which nobody heard', () => {
  const lost = { kind: 'timeout', when: 'after' } as const;

  it('makes one disk, and finds it by looking', async () => {
    const snapshotId = await idHere(desk, TINY.snapshots.plain);
    desk.cloud.faults.add({ action: 'CreateDisk', fault: lost, count: 1 });
    const made = await uses(disk(snapshotId));
    expect(disksOf().map(({ diskId }) => diskId)).toEqual([made.madeId]);
    expect(writes()).toEqual(['CreateDisk']);
    expect(made.requestId).toBe('');
  });

  it('that never arrived is sent once more, under the same token', async () => {
    const snapshotId = await idHere(desk, TINY.snapshots.plain);
    desk.cloud.faults.add({ action: 'CreateDisk', fault: { kind: 'reset', when: 'before' }, count: 1 });
    const { useId } = await uses(disk(snapshotId));
    expect(disksOf()).toHaveLength(1);
    const tokens = desk.cloud.calls
      .find({ action: 'CreateDisk' })
      .map(({ parameters }) => parameters.ClientToken);
    expect(tokens).toEqual([useId, useId]);
  });

  it('makes one instance and one copy too', async () => {
    for (const action of ['RunInstances', 'CopySnapshot'])
      desk.cloud.faults.add({ action, fault: lost, count: 1 });
    const snapshotId = await idHere(desk, TINY.snapshots.encryptedWithCmk);
    const run = await uses(instance());
    const copy = await uses({
      call: 'CopySnapshot',
      snapshotId,
      destinationRegionId: 'cn-hangzhou',
      snapshotName: 'our-own',
      retentionDays: null,
      encrypted: true,
      kmsKeyId: null,
    });
    expect(Object.keys(region().instances)).toEqual([run.madeId]);
    const ours = Object.values(region().snapshots).filter(({ ownerId }) => ownerId === TINY.consumer);
    expect(ours.map(({ snapshotId: id }) => id)).toEqual([copy.madeId]);
    expect(writes()).toEqual(['RunInstances', 'CopySnapshot']);
  });

  it('makes one disk when its caller asks again with the same key, after the provider was silent throughout', async () => {
    const snapshotId = await idHere(desk, TINY.snapshots.plain);
    const silent = [
      desk.cloud.faults.add({ action: 'CreateDisk', fault: lost }),
      desk.cloud.faults.add({
        action: 'DescribeDisks',
        fault: { kind: 'error', status: 403, code: 'NoPermission' },
      }),
    ];
    const ports = { ...desk.ports(), newId: () => 'the-same-at-each-attempt' };
    await expect(useReceived(ports, OLU, AT, disk(snapshotId))).rejects.toMatchObject({ kind: 'unknown' });
    for (const id of silent) desk.cloud.faults.remove(id);
    // What was made is there, also when nothing more could be made by now.
    delete desk.cloud.world.shares[INSIDE.resourceShareId];
    const terms = { ...NO_TERMS, callKey: 'k', again: true };
    const { outcome } = valueOf(await useReceived(ports, OLU, AT, disk(snapshotId), terms));
    expect(disksOf().map(({ diskId }) => diskId)).toEqual([outcome.madeId]);
    expect(writes()).toEqual(['CreateDisk']);
  });

  it('is settled by a later run when its caller never comes back', async () => {
    const snapshotId = await idHere(desk, TINY.snapshots.plain);
    desk.cloud.faults.add({ action: 'CreateDisk', fault: lost });
    const blind = desk.cloud.faults.add({
      action: 'DescribeDisks',
      fault: { kind: 'error', status: 403, code: 'NoPermission' },
    });
    const ports = { ...desk.ports(), newId: () => 'once' };
    await expect(useReceived(ports, OLU, AT, disk(snapshotId))).rejects.toMatchObject({ kind: 'unknown' });
    desk.clock.wind(90_000);
    expect(await settleReceiverWrites(desk.ports(), ample)).toMatchObject({
      settledWrites: 0,
      unsettledWrites: [{ id: `${TINY.consumer}/use-once`, code: 'NoPermission' }],
    });
    desk.cloud.faults.remove(blind);
    expect(await settleReceiverWrites(desk.ports(), ample)).toMatchObject({ settledWrites: 1 });
    const looked = valueOf(await lookAtUse(desk.ports(), OLU, TINY.consumer, 'use-once'));
    expect(looked.state).toMatchObject({
      is: 'ended',
      outcome: { is: 'done', madeId: disksOf()[0]?.diskId },
    });
  });
});
