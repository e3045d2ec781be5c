import { draftOn, type Draft } from './draft';
import { encodeKey } from './key';
import { rowKey, rowsOf } from './keyspace';
import type { KeyColumn, KeyValue, Row, Value } from './plainbuffer/value';
import type { Store } from './store';
import { packRow, unpackRow } from './stored-row';
import type { Index, KeySchema, Table } from './table';

/** Keeps every index of the table in step with one changed row. */
export function updateIndexes(
  table: Table,
  before: Row | undefined,
  after: Row | undefined,
  draft: Draft,
): void {
  for (const index of table.indexes) {
    const old = before && entryOf(index, before);
    const entry = after && entryOf(index, after);
    const oldKey = old && rowKey(index.id, encodeKey(old.key));
    const key = entry && rowKey(index.id, encodeKey(entry.key));
    if (oldKey && !(key && oldKey.equals(key))) draft.remove(oldKey);
    if (entry && key) draft.put(key, packRow(entry));
  }
}

/** Fills a new index from the rows that the table already has. */
export async function buildIndex(table: Table, index: Index, store: Store): Promise<void> {
  for await (const chunk of store.scan({ ...rowsOf(table.id), backward: false }, 1000)) {
    for (const [key] of chunk) {
      const packed = store.get(key);
      if (packed === undefined) continue;
      const draft = draftOn(store);
      updateIndexes({ ...table, indexes: [index] }, undefined, unpackRow(packed), draft);
      draft.land();
    }
  }
}

/** The row's entry in the index; none when it lacks one of the index's key columns (indexes are sparse). */
function entryOf(index: Index, row: Row): Row | undefined {
  const key: KeyColumn[] = [];
  for (const column of index.key) {
    const value = keyValueOf(row, column);
    if (value === undefined) return undefined;
    key.push({ name: column.name, value });
  }
  const inKey = new Set(index.key.map((column) => column.name));
  const cells = row.cells.filter((cell) => index.definedColumns.includes(cell.name) && !inKey.has(cell.name));
  return { key, cells };
}

function keyValueOf(row: Row, { name, type }: KeySchema): KeyValue | undefined {
  const value: Value | undefined =
    row.key.find((column) => column.name === name)?.value ??
    row.cells.find((cell) => cell.name === name)?.value;
  if (value === undefined || value.type === 'double' || value.type === 'boolean') return undefined;
  return value.type === type ? value : undefined;
}
