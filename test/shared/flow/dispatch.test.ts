import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { windableClock, type WindableClock } from '../../../local/clock';
import { startReceiver, type Receiver } from '../../../local/people/receiver';
import { deliver } from '../../../shared/flow/deliver';
import { relay } from '../../../shared/flow/relay';
import {
  addQuietEndpoint,
  happen,
  keptNumbers,
  PLENTY,
  portsOver,
  SECRET,
  startStore,
  type Store,
} from './dispatch-kit';

let store: Store;
let clock: WindableClock;
let receiver: Receiver;
let ports: ReturnType<typeof portsOver>;
beforeEach(async () => {
  store = await startStore();
  clock = windableClock();
  receiver = await startReceiver({ port: 0, clock });
  receiver.setSecret(SECRET);
  ports = portsOver(store.rows, clock);
});
afterEach(async () => {
  await receiver.close();
  await store.close();
});

async function run() {
  return { ...(await relay(ports, PLENTY)), ...(await deliver(ports, PLENTY)) };
}
const arrivals = () => receiver.received.map(({ json }) => (json as { type: string }).type);

describe('an event', () => {
  it('arrives at an endpoint, signed so that the standardwebhooks package believes it', async () => {
    await addQuietEndpoint(ports, 'whe-1', `${receiver.url}/hook`);
    await happen(ports, 'f-1', ['finding.opened']);
    expect(await run()).toEqual({
      relayedEvents: 1,
      queuedDeliveries: 1,
      forgottenMarks: 0,
      delivered: 1,
      failed: 0,
      disabledEndpoints: 0,
      heldEndpoints: 0,
    });
    const [got] = receiver.received;
    if (got === undefined) throw new Error('nothing came');
    const [event] = await ports.eventLog.read('finding/f-1', 1, 10);
    expect(new Webhook(SECRET).verify(got.body, got.headers)).toMatchObject({
      id: event?.id,
      type: 'finding.opened',
      stream: 'finding/f-1',
      number: 1,
      data: { findingId: 'f-1', by: { kind: 'function', name: 'snapshot-sweeper' } },
    });
    expect(got.headers).toMatchObject({ 'webhook-id': event?.id, 'content-type': 'application/json' });
    expect(await ports.queue.log('whe-1', 10)).toMatchObject([
      { eventType: 'finding.opened', number: 1, outcome: { is: 'delivered', status: 204 } },
    ]);
    expect(await run()).toMatchObject({ relayedEvents: 0, delivered: 0 });
  });

  it('goes to the endpoints that want its type and are enabled', async () => {
    await addQuietEndpoint(ports, 'whe-all', `${receiver.url}/all`);
    await addQuietEndpoint(ports, 'whe-some', `${receiver.url}/some`, ['finding.resolved']);
    await addQuietEndpoint(ports, 'whe-off', `${receiver.url}/off`);
    const off = await ports.aggregates.load('webhook-endpoint', 'whe-off');
    if (off === null) throw new Error('just added');
    await ports.aggregates.save('webhook-endpoint', 'whe-off', off, {
      doc: { ...off.doc, enabled: false },
      events: [],
    });
    await happen(ports, 'f-1', ['finding.opened', 'finding.resolved']);
    await run();
    const got = receiver.received.map(({ path, json }) => `${path} ${(json as { type: string }).type}`);
    expect(got.sort()).toEqual(['/all finding.opened', '/all finding.resolved', '/some finding.resolved']);
  });

  it('reaches an endpoint that was added while the relay was already running', async () => {
    await happen(ports, 'f-1', ['finding.opened']);
    const outbox = {
      ...ports.outbox,
      pending: async (stream: string) => {
        await addQuietEndpoint(ports, 'whe-1', receiver.url);
        await happen(ports, 'f-1', ['finding.changed']);
        return await ports.outbox.pending(stream);
      },
    };
    await relay({ ...ports, outbox }, PLENTY);
    await deliver(ports, PLENTY);
    expect(arrivals()).toContain('finding.changed');
  });

  it('comes in order with all others of a long stream, in one run', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened', ...Array(119).fill('finding.changed')]);
    expect(await run()).toMatchObject({ relayedEvents: 120, delivered: 120 });
    expect(receiver.received.map(({ json }) => (json as { number: number }).number)).toEqual(
      Array.from({ length: 120 }, (_, at) => at + 1),
    );
  });

  it('is relayed although another one cannot be, and the run says so', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened']);
    await happen(ports, 'f-2', ['finding.resolved']);
    const eventLog: typeof ports.eventLog = {
      ...ports.eventLog,
      append: async (events) => {
        if (events[0]?.stream === 'finding/f-1') throw new Error('the log is full');
        await ports.eventLog.append(events);
      },
    };
    await expect(relay({ ...ports, eventLog }, PLENTY)).rejects.toThrow('the log is full');
    await deliver(ports, PLENTY);
    expect(arrivals()).toEqual(['finding.resolved']);
    await run();
    expect(arrivals()).toEqual(['finding.resolved', 'finding.opened']);
  });
});

describe('the mark of a stream', () => {
  it('stays for two minutes, because its writer may still be about to write, and then goes', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened']);
    clock.wind(119_000);
    expect(await run()).toMatchObject({ relayedEvents: 1, forgottenMarks: 0 });
    expect(await run()).toMatchObject({ forgottenMarks: 0 });
    expect(await ports.outbox.dirtyStreams(10)).toHaveLength(1);
    clock.wind(2_000);
    expect(await run()).toMatchObject({ forgottenMarks: 1 });
    expect(await ports.outbox.dirtyStreams(10)).toEqual([]);
  });

  it('is kept when it is old and there is still something to relay', async () => {
    await happen(ports, 'f-1', ['finding.opened']);
    clock.wind(3_600_000);
    expect(await run()).toMatchObject({ relayedEvents: 1, forgottenMarks: 0 });
  });
});

describe('two dispatchers at once', () => {
  it('send everything, once and in order', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    for (const id of ['f-1', 'f-2', 'f-3'])
      await happen(ports, id, ['finding.opened', 'finding.changed', 'finding.resolved']);
    await Promise.all([relay(ports, PLENTY), relay(ports, PLENTY)]);
    const runs = await Promise.all([deliver(ports, PLENTY), deliver(ports, PLENTY)]);
    expect(runs[0].heldEndpoints + runs[1].heldEndpoints).toBe(1);
    expect(receiver.received).toHaveLength(9);
    expect(keptNumbers(receiver.received)).toEqual({
      'finding/f-1': [1, 2, 3],
      'finding/f-2': [1, 2, 3],
      'finding/f-3': [1, 2, 3],
    });
  });

  it('lose nothing and keep the order even when no lease holds either back', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    for (const id of ['f-1', 'f-2']) await happen(ports, id, ['finding.opened', 'finding.changed']);
    const leases: typeof ports.leases = {
      holding: async (_name, _ttlMs, work) => ({ is: 'done', value: await work() }),
    };
    const round = async (): Promise<void> => {
      await relay(ports, PLENTY);
      await deliver({ ...ports, leases }, PLENTY);
    };
    await Promise.all([round(), round(), round()]);
    await round();
    expect(keptNumbers(receiver.received)).toEqual({ 'finding/f-1': [1, 2], 'finding/f-2': [1, 2] });
  });
});

describe('a run whose time is nearly over', () => {
  it('starts nothing that it could not finish, and leaves it to the next', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened']);
    expect(await relay(ports, () => 4_999)).toMatchObject({ relayedEvents: 0 });
    await relay(ports, PLENTY);
    expect(await deliver(ports, () => 19_999)).toMatchObject({ delivered: 0, failed: 0 });
    expect(await run()).toMatchObject({ delivered: 1 });
  });
});
