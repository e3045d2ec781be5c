import type { StreamEvent } from '../domain/audit/event';
import type { Delivery, DeliveryQueue, LoggedAttempt, WaitingStream } from '../flow/ports';
import { HIGHEST, LOWEST, type Bound, type Key, type Row, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** Rows read at once to find streams; whatever of a stream lies beyond is jumped over. */
const SCAN_ROWS = 50;

/** What still has to reach each endpoint: one row per event and endpoint, gone once it was delivered; and the log. */
export function openDeliveryQueue(rows: Rows): DeliveryQueue {
  return {
    async enqueue(endpointId, events) {
      // In the order of numbers, so that a reader who sees one of them can be sure of those before it.
      for (const event of events) {
        await rows.put(
          TABLES.deliveries.name,
          keyOf(endpointId, event),
          { event: JSON.stringify(event), attempts: 0, nextAttemptMs: event.timeMs },
          { row: 'must-not-exist' },
        );
      }
    },

    async streams(endpointId, { limit, after }) {
      const streams: WaitingStream[] = [];
      let last = after ?? null;
      let from: Position = last === null ? at(endpointId, LOWEST, LOWEST) : at(endpointId, last, HIGHEST);
      for (;;) {
        const to = at(endpointId, HIGHEST, HIGHEST);
        const page = await rows.range({ table: TABLES.deliveries.name, from, to, limit: SCAN_ROWS });
        for (const row of page.rows) {
          const stream = String(row.key.stream);
          if (stream === last) continue;
          if (streams.length === limit) return { streams, next: last };
          last = stream;
          streams.push({ stream, nextAttemptMs: Number(row.columns.nextAttemptMs) });
        }
        if (page.next === null) return { streams, next: null };
        from = page.rows.length === 0 || last === null ? page.next : at(endpointId, last, HIGHEST);
      }
    },

    async waiting(endpointId, stream, limit) {
      const seen = await readStream(rows, endpointId, stream, HIGHEST, limit);
      const newest = seen.at(-1)?.event.number;
      if (newest === undefined) return [];
      // A range read is no snapshot: it may show a row and miss the one before it, when both came while it went on.
      // What was added before a row that we have seen is there by now, so reading up to that row again misses nothing.
      return await readStream(rows, endpointId, stream, newest + 1, Infinity);
    },

    async attempted(delivery, attempt) {
      const { event, endpointId, attempts } = delivery;
      const logged: LoggedAttempt = {
        ...attempt,
        endpointId,
        eventId: event.id,
        eventType: event.type,
        stream: event.stream,
        number: event.number,
      };
      await rows.put(
        TABLES.deliveryLog.name,
        [
          ['endpoint', spread(endpointId)],
          ['atMs', attempt.atMs],
          ['attempt', `${event.id}/${attempts + 1}`],
        ],
        { entry: JSON.stringify(logged) },
        { row: 'must-not-exist' },
      );
      const key = keyOf(endpointId, event);
      if (attempt.outcome.is !== 'failed') {
        await rows.remove(TABLES.deliveries.name, key, { row: 'any' });
        return;
      }
      // Fails when another run has tried in the meantime, or delivered it: then that run's word stands.
      await rows.update(
        TABLES.deliveries.name,
        key,
        { attempts: attempts + 1, nextAttemptMs: attempt.outcome.nextAttemptMs },
        { row: 'must-exist', column: 'attempts', equals: attempts },
      );
    },

    async log(endpointId, limit) {
      const attempts: LoggedAttempt[] = [];
      let from: Position | null = logPosition(endpointId, HIGHEST);
      while (from !== null && attempts.length < limit) {
        const page = await rows.range({
          table: TABLES.deliveryLog.name,
          from,
          to: logPosition(endpointId, LOWEST),
          backward: true,
          limit: limit - attempts.length,
        });
        for (const row of page.rows) attempts.push(JSON.parse(String(row.columns.entry)) as LoggedAttempt);
        from = page.next;
      }
      return attempts;
    },
  };
}

async function readStream(
  rows: Rows,
  endpointId: string,
  stream: string,
  endNumber: number | typeof HIGHEST,
  limit: number,
): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  let from: Position | null = at(endpointId, stream, LOWEST);
  while (from !== null && deliveries.length < limit) {
    const page = await rows.range({
      table: TABLES.deliveries.name,
      from,
      to: at(endpointId, stream, endNumber),
      limit: Math.min(SCAN_ROWS, limit - deliveries.length),
    });
    for (const row of page.rows) deliveries.push(deliveryFrom(endpointId, row));
    from = page.next;
  }
  return deliveries;
}

type Position = readonly (readonly [name: string, bound: Bound])[];

function at(endpointId: string, stream: Bound, number: Bound): Position {
  return [
    ['endpoint', spread(endpointId)],
    ['stream', stream],
    ['number', number],
  ];
}

function logPosition(endpointId: string, bound: Bound): Position {
  return [
    ['endpoint', spread(endpointId)],
    ['atMs', bound],
    ['attempt', bound],
  ];
}

function keyOf(endpointId: string, event: StreamEvent): Key {
  return [
    ['endpoint', spread(endpointId)],
    ['stream', event.stream],
    ['number', event.number],
  ];
}

function deliveryFrom(endpointId: string, row: Row): Delivery {
  return {
    endpointId,
    event: JSON.parse(String(row.columns.event)) as StreamEvent,
    attempts: Number(row.columns.attempts),
    nextAttemptMs: Number(row.columns.nextAttemptMs),
  };
}
