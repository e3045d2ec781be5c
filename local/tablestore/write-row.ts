import type { Consumed, ReturnContent, RowWrite } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { nextAutoIncrement } from './auto-increment';
import { consumed, units } from './capacity';
import { putRow, updateRow } from './change-row';
import { checkCells } from './check-cells';
import { checkCondition, parseCondition, readsRow, type RowCondition } from './condition';
import { draftOn } from './draft';
import { encodeKey, encodeKeyValue } from './key';
import { rowKey } from './keyspace';
import { liveRow } from './live-cells';
import { encodeMessage, encodeRow } from './plainbuffer/encode';
import type { KeyColumn, Row, RowChange } from './plainbuffer/value';
import { invalid } from './refusal';
import { newRowKeyOf, rowKeyOf } from './row-key';
import { updateIndexes } from './secondary-index';
import type { Pages, Store } from './store';
import { dataBytes, packRow, unpackRow } from './stored-row';
import type { Table } from './table';

export type WriteKind = 'put' | 'update' | 'delete';

/** One row to be written, parsed. */
export interface WriteOrder {
  readonly kind: WriteKind;
  readonly table: Table;
  readonly change: RowChange;
  readonly condition: RowCondition;
  readonly returning: ReturnContent | undefined;
}

/** Where a write goes: the store, or the transaction that holds its partition key. Throws when another one holds it. */
export type PagesFor = (table: Table, partitionKey: Buffer) => Pages;

export interface WriteContext {
  readonly store: Store;
  readonly pagesFor: PagesFor;
  readonly nowMs: number;
}

export interface Written {
  readonly consumed: Consumed;
  readonly row: Buffer | undefined;
}

export function parseOrder(kind: WriteKind, table: Table, change: RowChange, message: RowWrite): WriteOrder {
  if (kind !== 'delete' && change.deleteMarker) throw invalid('Only DeleteRow may carry a delete marker.');
  const returning = message.returnContent ?? undefined;
  return { kind, table, change, condition: parseCondition(message.condition), returning };
}

/** Checks and carries out one write, whole or not at all. What it leaves is in memory; `store.durable()` makes it last. */
export function writeRow(order: WriteOrder, context: WriteContext): Written {
  const { kind, table, change, condition } = order;
  const { nowMs } = context;
  checkAllowed(order);
  checkCells(change, table.options, nowMs);
  const key = keyOf(order, context);
  const [partition] = key;
  if (partition === undefined) throw new Error('A checked key has at least one column');
  const draft = draftOn(context.pagesFor(table, encodeKeyValue(partition.value)));

  const at = rowKey(table.id, encodeKey(key));
  const packed = draft.get(at);
  const before = packed === undefined ? undefined : liveRow(unpackRow(packed), table.options, nowMs);
  checkCondition(condition, before);
  const after = changed(kind, before, key, change, table, nowMs);
  if (after !== undefined) draft.put(at, packRow(after));
  else if (packed !== undefined) draft.remove(at);
  updateIndexes(table, before, after, draft);
  draft.land();

  const read = readsRow(condition)
    ? units(before === undefined ? 0 : dataBytes(before.key, before.cells))
    : 0;
  return { consumed: consumed(read, units(writtenBytes(key, change))), row: returned(order, key, after) };
}

function checkAllowed({ kind, table, change }: WriteOrder): void {
  if (kind !== 'update') return;
  if (!table.options.allowUpdate)
    throw invalid('UpdateRow is not allowed on this table: allow_update is false.');
  if (change.cells.length === 0) throw invalid('Attribute column is missing.');
}

function keyOf({ kind, table, change }: WriteOrder, { store, nowMs }: WriteContext): KeyColumn[] {
  if (kind !== 'put') return rowKeyOf(change.key, table.key);
  return newRowKeyOf(change.key, table.key, () => nextAutoIncrement(store, table.id, nowMs));
}

function changed(
  kind: WriteKind,
  before: Row | undefined,
  key: readonly KeyColumn[],
  change: RowChange,
  table: Table,
  nowMs: number,
): Row | undefined {
  switch (kind) {
    case 'put':
      return putRow(key, change.cells, table.options.maxVersions, nowMs);
    case 'update':
      return updateRow(before, key, change.cells, table.options.maxVersions, nowMs);
    case 'delete':
      return undefined;
  }
}

function writtenBytes(key: readonly KeyColumn[], change: RowChange): number {
  const cells = change.cells.flatMap(({ name, value }) =>
    value === undefined ? [] : [{ name, value, timestampMs: 0 }],
  );
  return dataBytes(key, cells);
}

const RETURN_KEY = 1;
const RETURN_AFTER_MODIFY = 2;

/** The key alone, or the incremented columns that were asked for as they are now. */
function returned({ returning, change }: WriteOrder, key: readonly KeyColumn[], after: Row | undefined) {
  if (returning?.returnType === RETURN_KEY) return encodeMessage([encodeRow(key, [])]);
  if (returning?.returnType !== RETURN_AFTER_MODIFY) return undefined;
  const incremented = change.cells.filter((cell) => cell.operation === 'increment').map((cell) => cell.name);
  const cells = incremented
    .filter((name) => returning.returnColumnNames.includes(name))
    .flatMap((name) => after?.cells.find((cell) => cell.name === name) ?? []);
  return encodeMessage([encodeRow(key, cells)]);
}
