import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { convergeAll } from '../../../shared/flow/converge-all';
import type { SharingProvider } from '../../../shared/flow/ports';
import { snapshot } from '../../../local/estates/resources';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { ADA, openDesk, REN, type Desk } from './sharing-desk';

const MINUTE_MS = 60_000;
const { plain } = TINY.snapshots;
const MORE = Array.from({ length: 7 }, (_, at) => `s-bp1overtaken00000${at}`);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk((world) => {
    for (const snapshotId of MORE) {
      const facts = { ownerId: TINY.producer, creationMs: 0 };
      const region = world.regions[TINY.regionId];
      if (region !== undefined) region.snapshots[snapshotId] = snapshot({ snapshotId, ...facts });
    }
  });
  await desk.readDirectory();
});
afterEach(async () => await desk.close());

async function approved(snapshots: string[], principalIds: string[]): Promise<string> {
  const { requestId } = await desk.asks(
    REN,
    snapshots.map((id) => ['Snapshot', id]),
    principalIds,
  );
  await desk.approves(ADA, requestId);
  return requestId;
}

/** A poller that never heard of leases, as one whose lease ran out unnoticed. */
async function pollsRegardless(change: (provider: SharingProvider) => SharingProvider): Promise<void> {
  const ports = desk.state();
  const leases: typeof ports.leases = {
    holding: async (_name, _ttlMs, work) => ({ is: 'done', value: await work() }),
  };
  await convergeAll({ ...ports, leases, provider: change(ports.provider) }, [PLACE], () => MINUTE_MS);
}

/** What stands open or was made through each of our shares: `<intended> <made>`. */
async function written(): Promise<string[]> {
  const ours = Object.values(desk.cloud.world.shares).filter(({ resourceShareName }) =>
    resourceShareName.startsWith('sharekeeper-'),
  );
  const streams = ours.map(
    ({ resourceShareName }) => `resource-share/${TINY.producer}/${TINY.regionId}/${resourceShareName}`,
  );
  const events = await Promise.all(streams.map((stream) => desk.events(stream)));
  return events.map((all) => {
    const count = (type: string) => all.filter((event) => event.type === type).length;
    return `${count('share.call_intended')} ${count('share.call_made')}`;
  });
}

describe('a run that another one overtakes', () => {
  it('takes its old look for nothing when the other one has looked since, and invites nobody twice', async () => {
    const requestId = await approved([plain], [TINY.partner]);
    let isFirst = true;
    await pollsRegardless((provider) => ({
      ...provider,
      observe: async (place, imageIds) => {
        const seen = await provider.observe(place, imageIds);
        if (isFirst) {
          isFirst = false;
          desk.wind(1_000);
          await desk.polls();
        }
        return seen;
      },
    }));
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.partner}`]: 'invited' });
    expect(desk.writes()).toEqual(['CreateResourceShare']);
  });

  it('writes its outcome down all the same, and makes no more calls', async () => {
    await approved([plain], [TINY.consumer]);
    await pollsRegardless((provider) => ({
      ...provider,
      apply: async (place, call) => {
        const outcome = await provider.apply(place, call);
        desk.wind(1_000);
        await pollsRegardless((other) => other);
        return outcome;
      },
    }));
    expect(desk.writes()).toEqual(['CreateResourceShare']);
    expect(await written()).toEqual(['1 2']);
  });
});

describe('a creation that is on its way', () => {
  it('is awaited by others that cannot see it yet, and not asked for again', async () => {
    const requestId = await approved([plain], [TINY.partner]);
    await pollsRegardless((provider) => ({
      ...provider,
      apply: async (place, call) => {
        desk.wind(1_000);
        await pollsRegardless((other) => other);
        return await provider.apply(place, call);
      },
    }));
    expect(desk.writes()).toEqual(['CreateResourceShare']);
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.partner}`]: 'invited' });
  });
});

describe('a call without an answer', () => {
  it('is closed by a look before the next call through the same share', async () => {
    const first = await approved([plain], [TINY.consumer]);
    await desk.polls();
    desk.wind(MINUTE_MS);
    desk.cloud.faults.add({
      action: 'AssociateResourceShare',
      fault: { kind: 'reset', when: 'after' },
      count: 1,
    });
    const second = await approved(MORE, [TINY.consumer]);
    await desk.polls();
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect([
      ...new Set(Object.values({ ...(await desk.sights(first)), ...(await desk.sights(second)) })),
    ]).toEqual(['granted']);
    expect(await written()).toEqual(['3 3']);
  });
});

describe('a share that somebody gave our name by hand', () => {
  it('is left alone when ours goes', async () => {
    const requestId = await approved([plain], [TINY.consumer]);
    await desk.polls();
    desk.wind(MINUTE_MS);
    const { shares } = desk.cloud.world;
    const ours = Object.values(shares).find(({ resourceShareName }) =>
      resourceShareName.startsWith('sharekeeper-'),
    );
    desk.cloud.act({
      act: 'call',
      accountId: TINY.producer,
      product: 'ResourceSharing',
      action: 'CreateResourceShare',
      regionId: TINY.regionId,
      parameters: {
        ResourceShareName: ours?.resourceShareName ?? '',
        'Resources.1.ResourceId': MORE[0] ?? '',
        'Resources.1.ResourceType': 'Snapshot',
        'Targets.1': TINY.consumer,
      },
    });
    await desk.revokes(ADA, requestId);
    for (let poll = 0; poll < 3; poll++) {
      desk.wind(MINUTE_MS);
      await desk.polls();
    }
    const standing = Object.values(shares).filter(({ resourceShareName, deleteMs }) => {
      return resourceShareName === ours?.resourceShareName && deleteMs === null;
    });
    expect(standing).toHaveLength(1);
    expect(desk.writes().filter((action) => action === 'DeleteResourceShare')).toHaveLength(1);
  });
});
