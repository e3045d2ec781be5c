import type { DirtyStream, Kind, Outbox } from '../flow/ports';
import { aggregateKey, outboxOf } from './aggregates';
import { dirtyShard, dirtyShards } from './hints';
import { HIGHEST, LOWEST, type Rows } from './rows';
import { TABLES } from './tables';

/** Writers of the same aggregate may come in between this often; what is left then is relayed, harmlessly, again. */
const ATTEMPTS_MAX = 10;

/** The events that stand in aggregates' rows until they are relayed. */
export function openOutbox(rows: Rows): Outbox {
  return {
    async dirtyStreams(limit) {
      const pages = await Promise.all(
        dirtyShards().map((shard) =>
          rows.range({
            table: TABLES.dirty.name,
            from: [
              ['shard', shard],
              ['stream', LOWEST],
            ],
            to: [
              ['shard', shard],
              ['stream', HIGHEST],
            ],
            limit,
          }),
        ),
      );
      return pages
        .flatMap((page) => page.rows)
        .map((row) => ({
          stream: String(row.key.stream),
          markedMs: Number(row.columns.markedMs),
          mark: String(row.columns.mark),
        }))
        .sort((a, b) => a.markedMs - b.markedMs)
        .slice(0, limit);
    },

    async pending(stream) {
      const row = await rows.get(TABLES.aggregates.name, keyOfStream(stream));
      return row === null ? [] : outboxOf(row);
    },

    async relayed(stream, upToNumber) {
      for (let made = 0; made < ATTEMPTS_MAX; made++) {
        const row = await rows.get(TABLES.aggregates.name, keyOfStream(stream));
        if (row === null) return;
        const outbox = outboxOf(row);
        const left = outbox.filter((event) => event.number > upToNumber);
        if (left.length === outbox.length) return;
        // `ver` stays: a writer that read the events before this write may put them back, and relaying twice is harmless.
        const written = await rows.update(
          TABLES.aggregates.name,
          keyOfStream(stream),
          { outbox: JSON.stringify(left) },
          { row: 'must-exist', column: 'ver', equals: Number(row.columns.ver) },
        );
        if (written === 'written') return;
      }
    },

    async forget(dirty: DirtyStream) {
      await rows.remove(
        TABLES.dirty.name,
        [
          ['shard', dirtyShard(dirty.stream)],
          ['stream', dirty.stream],
        ],
        { row: 'must-exist', column: 'mark', equals: dirty.mark },
      );
    },
  };
}

function keyOfStream(stream: string): ReturnType<typeof aggregateKey> {
  const slash = stream.indexOf('/');
  return aggregateKey(stream.slice(0, slash) as Kind, stream.slice(slash + 1));
}
