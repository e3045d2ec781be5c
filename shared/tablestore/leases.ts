import { randomUUID } from 'node:crypto';
import type { Clock, Leases } from '../flow/ports';
import type { Condition, Key, Row, Rows } from './rows';
import { spread, TABLES } from './tables';

/** Leases are rows: taken by compare-and-set when free or run out, given back by removing one's own. */
export function openLeases(rows: Rows, clock: Clock): Leases {
  return {
    async holding(name, ttlMs, work) {
      const key: Key = [['name', spread(name)]];
      const holder = randomUUID();
      const found = await rows.get(TABLES.leases.name, key);
      const nowMs = clock.nowMs();
      if (found !== null && Number(found.columns.untilMs) > nowMs) return { is: 'held' };
      const taken = await rows.put(
        TABLES.leases.name,
        key,
        { holder, untilMs: nowMs + ttlMs },
        asFound(found),
      );
      if (taken === 'condition-failed') return { is: 'held' };
      try {
        return { is: 'done', value: await work() };
      } finally {
        await rows.remove(TABLES.leases.name, key, { row: 'must-exist', column: 'holder', equals: holder });
      }
    },
  };
}

function asFound(found: Row | null): Condition {
  if (found === null) return { row: 'must-not-exist' };
  return { row: 'must-exist', column: 'holder', equals: String(found.columns.holder) };
}
