import type { DueEntry, DueQueue, DueQueueName } from '../flow/ports';
import { HIGHEST, LOWEST, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** What to look at again, by time. Written with an aggregate's hints; taken out when nothing more is to be done. */
export function openDueQueue(rows: Rows): DueQueue {
  return {
    async due(queue, nowMs, limit) {
      const page = await rows.range({
        table: TABLES.due.name,
        from: [
          ['queue', spread(queue)],
          ['dueMs', LOWEST],
          ['id', LOWEST],
        ],
        to: [
          ['queue', spread(queue)],
          ['dueMs', nowMs],
          ['id', HIGHEST],
        ],
        limit,
      });
      return page.rows.map((row) => ({ queue, dueMs: Number(row.key.dueMs), id: String(row.key.id) }));
    },

    async done(entry) {
      await rows.remove(TABLES.due.name, keyOf(entry), { row: 'any' });
    },
  };
}

function keyOf({ queue, dueMs, id }: DueEntry): (readonly [string, string | number])[] {
  return [
    ['queue', spread(queue satisfies DueQueueName)],
    ['dueMs', dueMs],
    ['id', id],
  ];
}
