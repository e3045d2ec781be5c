import type { StreamEvent } from '../domain/audit/event';
import type { EventLog } from '../flow/ports';
import { HIGHEST, type Range, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** Every event there ever was: one row each, written once and never changed. */
export function openEventLog(rows: Rows): EventLog {
  return {
    async append(events) {
      // One after the other, so that a process that dies leaves the beginning of the stream and no hole.
      for (const event of events) {
        await rows.put(
          TABLES.events.name,
          [
            ['stream', spread(event.stream)],
            ['number', event.number],
          ],
          { event: JSON.stringify(event) },
          { row: 'must-not-exist' },
        );
      }
    },

    async read(stream, fromNumber, limit) {
      const events: StreamEvent[] = [];
      let from: Range['from'] | null = [
        ['stream', spread(stream)],
        ['number', fromNumber],
      ];
      while (from !== null && events.length < limit) {
        const page = await rows.range({
          table: TABLES.events.name,
          from,
          to: [
            ['stream', spread(stream)],
            ['number', HIGHEST],
          ],
          limit: limit - events.length,
        });
        for (const row of page.rows) events.push(JSON.parse(String(row.columns.event)) as StreamEvent);
        from = page.next;
      }
      return events;
    },
  };
}
