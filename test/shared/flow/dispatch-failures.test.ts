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
  // Stands still unless wound, so that what is due is known to the millisecond.
  const startMs = Date.now();
  clock = windableClock(0, () => startMs);
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
const waitingNumbers = async (endpointId: string, stream: string) =>
  (await ports.queue.waiting(endpointId, stream, 50)).map(({ event }) => event.number);
const alerts = async (endpointId: string) => await ports.outbox.pending(`webhook-endpoint/${endpointId}`);

describe('a receiver that is down', () => {
  it('is tried ten times over 75 hours, at the very times of the schedule, and then switched off', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened', 'finding.changed']);
    receiver.answerWith({ status: 503 });
    await run();
    const waits = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000];
    for (const [made, waitMs] of [...waits, 86_400_000].entries()) {
      clock.wind(waitMs - 1);
      expect(await deliver(ports, PLENTY)).toMatchObject({ delivered: 0, failed: 0 });
      expect(receiver.received).toHaveLength(made + 1);
      clock.wind(1);
      expect(await deliver(ports, PLENTY)).toMatchObject({ failed: 1 });
    }
    expect(receiver.received).toHaveLength(10);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(receiver.received.every(({ verdict }) => verdict.valid)).toBe(true);

    expect(await ports.aggregates.load('webhook-endpoint', 'whe-1')).toMatchObject({
      doc: { enabled: false },
    });
    expect(await alerts('whe-1')).toMatchObject([
      {
        type: 'webhook.endpoint_disabled',
        number: 1,
        by: { kind: 'function', name: 'webhook-dispatcher' },
        data: {
          endpointId: 'whe-1',
          why: '10 attempts failed; the last one: The receiver answered 503',
        },
      },
    ]);
    expect(await waitingNumbers('whe-1', 'finding/f-1')).toEqual([1, 2]);
    clock.wind(864_000_000);
    await deliver(ports, PLENTY);
    expect(receiver.received).toHaveLength(10);
  });

  it('gets everything in order when it is back and somebody enables it again', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url, ['finding.opened', 'finding.changed']);
    await happen(ports, 'f-1', ['finding.opened', 'finding.changed']);
    receiver.answerWith({ status: 410 });
    await run();
    receiver.answerWith(undefined);
    const stored = await ports.aggregates.load('webhook-endpoint', 'whe-1');
    if (stored === null) throw new Error('it is there');
    await ports.aggregates.save('webhook-endpoint', 'whe-1', stored, {
      doc: { ...stored.doc, enabled: true },
      events: [],
    });
    await run();
    const believed = receiver.received.filter(({ status }) => status === 204);
    expect(keptNumbers(believed)).toEqual({ 'finding/f-1': [1, 2] });
  });

  it('takes no more than a few attempts of a run, however much waits for it', async () => {
    await addQuietEndpoint(ports, 'whe-down', `${receiver.url}/down`);
    for (let id = 0; id < 30; id++) await happen(ports, `f-${id}`, ['finding.opened']);
    receiver.answerWith({ status: 500 });
    const { failed } = await run();
    expect(failed).toBeGreaterThanOrEqual(5);
    expect(failed).toBeLessThanOrEqual(8);
  });

  it('does not keep others waiting', async () => {
    await addQuietEndpoint(ports, 'whe-down', 'http://127.0.0.1:9/');
    await addQuietEndpoint(ports, 'whe-up', receiver.url);
    await happen(ports, 'f-1', ['finding.opened']);
    expect(await run()).toMatchObject({ delivered: 1, failed: 1 });
  });
});

describe('a receiver that wants no more', () => {
  it('is switched off by its first 410, with one alert however many streams wait, and its events are kept', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    for (const id of ['f-1', 'f-2', 'f-3', 'f-4', 'f-5']) await happen(ports, id, ['finding.opened']);
    receiver.answerWith({ status: 410 });
    expect(await run()).toMatchObject({ delivered: 0, disabledEndpoints: 1 });
    expect(await alerts('whe-1')).toHaveLength(1);
    for (const id of ['f-1', 'f-2', 'f-3', 'f-4', 'f-5'])
      expect(await waitingNumbers('whe-1', `finding/${id}`)).toEqual([1]);
    const before = receiver.received.length;
    await run();
    expect(receiver.received).toHaveLength(before);
  });

  it('is switched off as well when its address is one that is refused', async () => {
    await addQuietEndpoint(ports, 'whe-1', 'https://100.100.100.200/latest/meta-data/');
    await happen(ports, 'f-1', ['finding.opened']);
    expect(await run()).toMatchObject({ disabledEndpoints: 1 });
    expect(await alerts('whe-1')).toMatchObject([
      { data: { why: '100.100.100.200 is not a public address.' } },
    ]);
  });
});

describe('a receiver that asks for patience', () => {
  it('is left alone for as long as it asks', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened']);
    receiver.answerWith({ status: 429, retryAfterSeconds: 600 }, 1);
    await run();
    clock.wind(599_999);
    expect(await run()).toMatchObject({ delivered: 0, failed: 0 });
    clock.wind(1);
    expect(await run()).toMatchObject({ delivered: 1 });
  });
});

describe('an event that is not taken', () => {
  it('holds back what comes after it in its stream, and no other stream', async () => {
    await addQuietEndpoint(ports, 'whe-1', receiver.url);
    await happen(ports, 'f-1', ['finding.opened', 'finding.changed']);
    receiver.answerWith({ status: 500 }, 1);
    await run();
    await happen(ports, 'f-1', ['finding.resolved']);
    await happen(ports, 'f-2', ['finding.opened', 'finding.resolved']);
    await run();
    expect(receiver.received.map(({ json }) => (json as { stream: string }).stream)).toEqual([
      'finding/f-1',
      'finding/f-2',
      'finding/f-2',
    ]);
    clock.wind(5_000);
    await run();
    expect(keptNumbers(receiver.received.filter(({ status }) => status === 204))).toEqual({
      'finding/f-2': [1, 2],
      'finding/f-1': [1, 2, 3],
    });
  });
});
