import { randomUUID } from 'node:crypto';
import type { KeyedCall } from '../flow/keyed-call';
import type { KeyedCalls } from '../flow/ports';
import { TablestoreError, type Condition, type Key, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** What became of calls that came with a key: one row each, replaced by compare-and-set on a mark. */
export function openKeyedCalls(rows: Rows): KeyedCalls {
  return {
    async load(scope) {
      const row = await rows.get(TABLES.idempotency.name, keyOf(scope));
      if (row === null) return null;
      return { call: JSON.parse(String(row.columns.call)) as KeyedCall, mark: String(row.columns.mark) };
    },

    async write(scope, overMark, call) {
      const mark = randomUUID();
      const columns = { mark, firstMs: call.firstMs, state: call.state.is, call: JSON.stringify(call) };
      try {
        const written = await rows.put(TABLES.idempotency.name, keyOf(scope), columns, asFound(overMark));
        return written === 'written' ? mark : null;
      } catch (error) {
        if (!(error instanceof TablestoreError) || !error.outcomeUnknown) throw error;
        // The write may have landed: only the row itself can tell whose it is now.
        const now = await rows.get(TABLES.idempotency.name, keyOf(scope));
        if (now?.columns.mark === mark) return mark;
        if ((now?.columns.mark ?? null) === overMark) throw error;
        return null;
      }
    },

    async forget(scope, mark) {
      await rows.remove(TABLES.idempotency.name, keyOf(scope), asFound(mark));
    },
  };
}

function keyOf(scope: string): Key {
  return [['scope', spread(scope)]];
}

function asFound(mark: string | null): Condition {
  return mark === null ? { row: 'must-not-exist' } : { row: 'must-exist', column: 'mark', equals: mark };
}
