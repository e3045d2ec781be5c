import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, STREAM_START, type StreamEvent } from '../../../shared/domain/audit/event';
import { openDeliveryQueue } from '../../../shared/tablestore/delivery-queue';
import { openEventLog } from '../../../shared/tablestore/event-log';
import type { Rows } from '../../../shared/tablestore/rows';
import { startStore, type Store } from '../flow/dispatch-kit';

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.close());

function eventsOf(stream: string, count: number): StreamEvent[] {
  const event = {
    type: 'finding.changed',
    by: { kind: 'function', name: 'x' },
    data: { text: 'ü🙂' },
  } as const;
  return chain(stream, STREAM_START, Array(count).fill(event), 1_000);
}

describe('the event log', () => {
  it('keeps events by number, once each, and reads on from any of them', async () => {
    const log = openEventLog(store.rows);
    const events = eventsOf('finding/log', 12);
    await log.append(events.slice(0, 8));
    await log.append(events);
    expect(await log.read('finding/log', 1, 100)).toEqual(events);
    expect((await log.read('finding/log', 9, 3)).map(({ number }) => number)).toEqual([9, 10, 11]);
    expect(await log.read('finding/lo', 1, 100)).toEqual([]);
  });

  it('never changes an event that is there', async () => {
    const log = openEventLog(store.rows);
    const [event] = eventsOf('finding/fixed', 1);
    if (event === undefined) throw new Error('one event');
    await log.append([event]);
    await log.append([{ ...event, timeMs: 2_000 }]);
    expect(await log.read('finding/fixed', 1, 1)).toEqual([event]);
  });
});

describe('the delivery queue', () => {
  it('finds every stream behind one with a long backlog, page by page', async () => {
    const queue = openDeliveryQueue(store.rows);
    await queue.enqueue('whe-pages', eventsOf('finding/a', 120));
    for (const stream of ['finding/b', 'finding/b!', 'finding/c', 'request/1'])
      await queue.enqueue('whe-pages', eventsOf(stream, 2));
    await queue.enqueue('whe-pagesandmore', eventsOf('finding/other', 1));

    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof queue.streams>> = await queue.streams('whe-pages', {
        limit: 2,
        ...(after === null ? {} : { after }),
      });
      expect(page.streams.length).toBeLessThanOrEqual(2);
      names.push(...page.streams.map(({ stream }) => stream));
      after = page.next;
    } while (after !== null);
    expect(names).toEqual(['finding/a', 'finding/b', 'finding/b!', 'finding/c', 'request/1']);
    expect(await queue.streams('whe-pages', { limit: 5 })).toMatchObject({ next: null });
    const numbers = (await queue.waiting('whe-pages', 'finding/a', 55)).map(({ event }) => event.number);
    expect(numbers).toEqual(Array.from({ length: 55 }, (_, at) => at + 1));
  });

  it('misses no event before one that it shows, even when both are added while it reads', async () => {
    const events = eventsOf('finding/torn', 3);
    const queue = openDeliveryQueue(store.rows);
    await queue.enqueue('whe-torn', events.slice(0, 1));
    // The first page goes by before number 2 is there, and number 3 is there when the page ends.
    let pages = 0;
    const torn: Rows = {
      ...store.rows,
      range: async (range) => {
        pages += 1;
        const page = await store.rows.range(range);
        if (pages !== 1) return page;
        await queue.enqueue('whe-torn', events);
        const { rows } = await store.rows.range(range);
        return { rows: [...page.rows, ...rows.filter((row) => row.key.number === 3)], next: null };
      },
    };
    const waiting = await openDeliveryQueue(torn).waiting('whe-torn', 'finding/torn', 50);
    expect(waiting.map(({ event }) => event.number)).toEqual([1, 2, 3]);
  });

  it('remembers attempts, newest first, and lets a delivered event go', async () => {
    const queue = openDeliveryQueue(store.rows);
    await queue.enqueue('whe-log', eventsOf('finding/l', 2));
    const [first, second] = await queue.waiting('whe-log', 'finding/l', 10);
    if (first === undefined || second === undefined) throw new Error('two deliveries');
    const failed = {
      is: 'failed',
      status: 500,
      why: 'The receiver answered 500',
      nextAttemptMs: 9_000,
    } as const;
    await queue.attempted(first, { atMs: 4_000, latencyMs: 12, outcome: failed });
    expect(await queue.waiting('whe-log', 'finding/l', 10)).toMatchObject([
      { attempts: 1, nextAttemptMs: 9_000, event: { number: 1 } },
      { attempts: 0, nextAttemptMs: 1_000, event: { number: 2 } },
    ]);
    const again = { ...first, attempts: 1 };
    await queue.attempted(again, { atMs: 9_000, latencyMs: 5, outcome: { is: 'delivered', status: 200 } });
    await queue.attempted(second, {
      atMs: 9_001,
      latencyMs: 5,
      outcome: { is: 'abandoned', status: null, why: 'Given up' },
    });
    expect(await queue.waiting('whe-log', 'finding/l', 10)).toEqual([]);
    expect((await queue.log('whe-log', 2)).map(({ number, outcome }) => [number, outcome.is])).toEqual([
      [2, 'abandoned'],
      [1, 'delivered'],
    ]);
    expect((await queue.log('whe-log', 10))[2]).toEqual({
      endpointId: 'whe-log',
      eventId: first.event.id,
      eventType: 'finding.changed',
      stream: 'finding/l',
      number: 1,
      atMs: 4_000,
      latencyMs: 12,
      outcome: failed,
    });
  });

  it('lets a late failure neither bring back a delivered event nor undo a newer attempt', async () => {
    const queue = openDeliveryQueue(store.rows);
    await queue.enqueue('whe-late', eventsOf('finding/l', 1));
    const [delivery] = await queue.waiting('whe-late', 'finding/l', 1);
    if (delivery === undefined) throw new Error('one delivery');
    const failed = (nextAttemptMs: number) =>
      ({ is: 'failed', status: null, why: 'No answer in time', nextAttemptMs }) as const;
    await queue.attempted(delivery, { atMs: 1, latencyMs: 1, outcome: failed(50) });
    await queue.attempted(delivery, { atMs: 2, latencyMs: 1, outcome: failed(99) });
    expect(await queue.waiting('whe-late', 'finding/l', 1)).toMatchObject([
      { attempts: 1, nextAttemptMs: 50 },
    ]);
    await queue.attempted(
      { ...delivery, attempts: 1 },
      { atMs: 3, latencyMs: 1, outcome: { is: 'delivered', status: 204 } },
    );
    await queue.attempted({ ...delivery, attempts: 1 }, { atMs: 4, latencyMs: 1, outcome: failed(99) });
    expect(await queue.waiting('whe-late', 'finding/l', 1)).toEqual([]);
  });
});
