import { randomUUID } from 'node:crypto';
import type { Change } from '../flow/ports';
import type { Rows } from './rows';
import { spread, TABLES } from './tables';

/** Dirty streams are spread over this many partitions. */
export const DIRTY_SHARDS = 16;

/**
 * Writes everything that helps others find an aggregate, before the aggregate itself: a process that dies in between
 * leaves a hint that leads nowhere, which readers skip, and never an aggregate that nobody finds.
 */
export async function writeHints(
  rows: Rows,
  stream: string,
  id: string,
  change: Change<unknown>,
  nowMs: number,
): Promise<void> {
  const hints: Promise<unknown>[] = [];
  if (change.events.length > 0) {
    hints.push(
      rows.put(
        TABLES.dirty.name,
        [
          ['shard', dirtyShard(stream)],
          ['stream', stream],
        ],
        { markedMs: nowMs, mark: randomUUID() },
        { row: 'any' },
      ),
    );
  }
  for (const entry of change.lists ?? []) {
    hints.push(
      rows.put(
        TABLES.lists.name,
        [
          ['list', spread(entry.list)],
          ['sort', entry.sort],
          ['id', id],
        ],
        {},
        { row: 'any' },
      ),
    );
  }
  for (const { queue, dueMs } of change.due ?? []) {
    hints.push(
      rows.put(
        TABLES.due.name,
        [
          ['queue', spread(queue)],
          ['dueMs', dueMs],
          ['id', id],
        ],
        {},
        { row: 'any' },
      ),
    );
  }
  await Promise.all(hints);
}

/** Takes an aggregate out of the lists that it left. */
export async function removeHints(rows: Rows, id: string, leaves: Change<unknown>['leaves']): Promise<void> {
  for (const entry of leaves ?? []) {
    await rows.remove(
      TABLES.lists.name,
      [
        ['list', spread(entry.list)],
        ['sort', entry.sort],
        ['id', id],
      ],
      { row: 'any' },
    );
  }
}

export function dirtyShard(stream: string): string {
  let hash = 0;
  for (const char of stream) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_536;
  return dirtyShards()[hash % DIRTY_SHARDS] ?? '';
}

export function dirtyShards(): string[] {
  return Array.from({ length: DIRTY_SHARDS }, (_, shard) => spread(`dirty-${shard}`));
}
