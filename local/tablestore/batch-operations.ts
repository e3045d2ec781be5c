import type { ReadOptions, RowResult, RowWrite } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { consumed, units } from './capacity';
import { draftOn, type Draft } from './draft';
import type { Instance } from './instance';
import { encodeKey } from './key';
import { rowKey } from './keyspace';
import { limits } from './limits';
import { messages, parse, parseRow, unknownBool } from './messages';
import { decodeRowChange } from './plainbuffer/decode';
import { encodeMessage } from './plainbuffer/encode';
import { parseReading, readRow, type Reading } from './reading';
import { invalid, Refusal } from './refusal';
import { rowKeyOf } from './row-key';
import type { Pages } from './store';
import type { Table } from './table';
import { parseOrder, writeRow, type PagesFor, type WriteKind, type WriteOrder } from './write-row';

type TableRows = { tableName: string; rows: (RowWrite & { type: number; rowChange: Buffer })[] };
type TableKeys = ReadOptions & { tableName: string; primaryKey: Buffer[] };

const IS_ATOMIC = 3;
const kinds: Record<number, WriteKind> = { 1: 'put', 2: 'update', 3: 'delete' };

export function batchGetRow(body: Buffer, instance: Instance): Uint8Array {
  const request = parse(messages.BatchGetRowRequest, body);
  const asked = request.tables.reduce((count, { primaryKey }) => count + primaryKey.length, 0);
  if (asked === 0) throw invalid('No row specified in the request of BatchGetRow.');
  if (asked > limits.batchGetRows)
    throw invalid(`Rows count exceeds the upper limit: ${limits.batchGetRows}.`);
  const nowMs = instance.nowMs();
  const tables = request.tables.map((group: TableKeys) => {
    const reading = parseReading(group);
    const rows = group.primaryKey.map((key) =>
      attempt(() => readOne(instance, group.tableName, key, reading, nowMs)),
    );
    return { tableName: group.tableName, rows };
  });
  return messages.BatchGetRowResponse.encode({ tables }).finish();
}

function readOne(
  instance: Instance,
  name: string,
  keyBytes: Buffer,
  reading: Reading,
  nowMs: number,
): RowResult {
  const table = instance.tables.readable(name);
  const key = rowKeyOf(parseRow(decodeRowChange, keyBytes).key, table.key);
  const packed = instance.store.landed.get(rowKey(table.id, encodeKey(key)));
  const found = packed && readRow(packed, table.options, reading, nowMs);
  return {
    isOk: true,
    consumed: consumed(units(found?.bytes ?? 0), 0),
    ...(found ? { row: encodeMessage([found.encoded]) } : {}),
  };
}

/** Every row for itself, unless the client asked for all or none, or writes inside a transaction. */
export async function batchWriteRow(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.BatchWriteRowRequest, body);
  checkBatch(request.tables);
  const { store, transactions } = instance;
  const nowMs = instance.writeMs();
  const pagesFor: PagesFor = (table, partitionKey) =>
    request.transactionId === ''
      ? transactions.outside(table, partitionKey, nowMs)
      : transactions.pages(request.transactionId, table, partitionKey, nowMs);
  const run = unknownBool(body, IS_ATOMIC) ? writeTogether : writeEach;
  const results = run(request.tables, instance, pagesFor, nowMs);
  await store.durable();
  return messages.BatchWriteRowResponse.encode({ tables: results }).finish();
}

function checkBatch(tables: readonly TableRows[]): void {
  const rows = tables.flatMap((group) => group.rows);
  const empty = tables.find((group) => group.rows.length === 0);
  if (empty) throw invalid(`No operation is specified for table: '${empty.tableName}'.`);
  if (rows.length === 0) throw invalid('No row is specified in BatchWriteRow.');
  if (rows.length > limits.batchWriteRows)
    throw invalid(`Rows count exceeds the upper limit: ${limits.batchWriteRows}.`);
  const bytes = rows.reduce((sum, row) => sum + row.rowChange.length, 0);
  if (bytes > limits.batchWriteBytes) {
    throw invalid(
      `The total data size of BatchWriteRow request exceeds the limit, limit size: ${limits.batchWriteBytes}, data size: ${bytes}.`,
    );
  }
}

function writeEach(tables: readonly TableRows[], instance: Instance, pagesFor: PagesFor, nowMs: number) {
  const context = { store: instance.store, pagesFor, nowMs };
  return tables.map((group) => ({
    tableName: group.tableName,
    rows: group.rows.map((row) => attempt(() => result(writeRow(orderOf(group, row, instance), context)))),
  }));
}

/** All rows or none: they gather in one draft, which lands only when every one was taken. */
function writeTogether(tables: readonly TableRows[], instance: Instance, pagesFor: PagesFor, nowMs: number) {
  let draft: Draft | undefined;
  let held = '';
  const drafted = (table: Table, partitionKey: Buffer): Pages => {
    const key = `${table.id}/${partitionKey.toString('latin1')}`;
    if (draft !== undefined && key !== held) {
      throw invalid('The rows of an atomic BatchWriteRow must share one table and one partition key.');
    }
    held = key;
    draft ??= draftOn(pagesFor(table, partitionKey));
    return draft;
  };
  const results = writeEach(tables, instance, drafted, nowMs);
  const failed = results.flatMap((group) => group.rows).find((row) => !row.isOk);
  if (failed === undefined) {
    draft?.land();
    return results;
  }
  return results.map(({ tableName, rows }) => ({
    tableName,
    rows: rows.map((row) => (row.isOk ? failed : row)),
  }));
}

function orderOf(group: TableRows, row: TableRows['rows'][number], { tables }: Instance): WriteOrder {
  const kind = kinds[row.type];
  if (kind === undefined) throw invalid(`There is no operation type ${row.type}.`);
  const change = parseRow(decodeRowChange, row.rowChange);
  if (kind === 'update' && change.cells.length === 0) {
    throw invalid('Invalid update row request: missing cells in request.');
  }
  return parseOrder(kind, tables.get(group.tableName), change, row);
}

function result({
  consumed: units,
  row,
}: {
  consumed: RowResult['consumed'];
  row: Buffer | undefined;
}): RowResult {
  return { isOk: true, ...(units ? { consumed: units } : {}), ...(row ? { row } : {}) };
}

/** One row's refusal is that row's result. */
function attempt(work: () => RowResult): RowResult {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { isOk: false, error: { code: error.code, message: error.message } };
  }
}
