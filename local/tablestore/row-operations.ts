import type { RowWrite } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { consumed, units } from './capacity';
import type { Instance } from './instance';
import { encodeKey, encodeKeyValue } from './key';
import { rowKey } from './keyspace';
import { limits } from './limits';
import { messages, parse, parseRow, sent } from './messages';
import { decodeRowChange } from './plainbuffer/decode';
import { encodeMessage } from './plainbuffer/encode';
import type { KeyColumn } from './plainbuffer/value';
import { parseRange, readPage } from './range';
import { parseReading, readRow } from './reading';
import { invalid } from './refusal';
import { partitionKeyOf, rowKeyOf } from './row-key';
import type { Readable } from './store';
import type { Table } from './table';
import { parseOrder, writeRow, type WriteKind, type Written } from './write-row';

export async function getRow(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.GetRowRequest, body);
  const table = instance.tables.readable(request.tableName);
  const reading = parseReading(request);
  const key = rowKeyOf(parseRow(decodeRowChange, request.primaryKey).key, table.key);
  const from = await readableFor(instance, table, key.slice(0, 1), request.transactionId);
  const packed = from.get(rowKey(table.id, encodeKey(key)));
  const found = packed && readRow(packed, table.options, reading, instance.nowMs());
  return messages.GetRowResponse.encode({
    consumed: consumed(units(found?.bytes ?? 0), 0),
    row: encodeMessage(found ? [found.encoded] : []),
  }).finish();
}

export async function putRow(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.PutRowRequest, body);
  return messages.PutRowResponse.encode(await write('put', request.row, request, instance)).finish();
}

export async function updateRow(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.UpdateRowRequest, body);
  return messages.UpdateRowResponse.encode(
    await write('update', request.rowChange, request, instance),
  ).finish();
}

export async function deleteRow(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.DeleteRowRequest, body);
  return messages.DeleteRowResponse.encode(
    await write('delete', request.primaryKey, request, instance),
  ).finish();
}

type WriteRequest = RowWrite & { tableName: string; transactionId: string };

async function write(kind: WriteKind, row: Buffer, request: WriteRequest, instance: Instance) {
  const { store, tables, transactions } = instance;
  const nowMs = instance.writeMs();
  const order = parseOrder(kind, tables.get(request.tableName), parseRow(decodeRowChange, row), request);
  const { transactionId } = request;
  const written = writeRow(order, {
    store,
    nowMs,
    pagesFor: (table, partitionKey) =>
      transactionId === ''
        ? transactions.outside(table, partitionKey, nowMs)
        : transactions.pages(transactionId, table, partitionKey, nowMs),
  });
  await store.durable();
  return answer(written);
}

function answer({ consumed: units, row }: Written) {
  return row === undefined ? { consumed: units } : { consumed: units, row };
}

const BACKWARD = 1;

export async function getRange(body: Buffer, instance: Instance): Promise<Uint8Array> {
  const request = parse(messages.GetRangeRequest, body);
  const table = instance.tables.readable(request.tableName);
  const reading = parseReading(request);
  if (sent(request, 'limit') && request.limit <= 0) throw invalid('The limit must be greater than 0.');
  if (request.direction !== 0 && request.direction !== BACKWARD) {
    throw invalid(`There is no direction ${request.direction}.`);
  }
  const start = parseRow(decodeRowChange, request.inclusiveStartPrimaryKey).key;
  const end = parseRow(decodeRowChange, request.exclusiveEndPrimaryKey).key;
  const range = parseRange(table, start, end, request.direction === BACKWARD);
  const limit = sent(request, 'limit') ? Math.min(request.limit, limits.pageRows) : limits.pageRows;
  const partitions =
    request.transactionId === ''
      ? []
      : [start, end].map((side) => partitionKeyOf(side.slice(0, 1), table.key));
  const from = await readableFor(instance, table, partitions, request.transactionId);
  const page = await readPage({ table, range, reading, limit }, from, instance.nowMs());
  return messages.GetRangeResponse.encode({
    consumed: consumed(page.readUnits, 0),
    rows: page.rows,
    ...(page.next === undefined ? {} : { nextStartPrimaryKey: page.next }),
  }).finish();
}

/** Where a read looks: at what would survive a crash, or at what its transaction sees. */
async function readableFor(
  { store, transactions, nowMs }: Instance,
  table: Table,
  partitions: readonly KeyColumn[],
  transactionId: string,
): Promise<Readable> {
  if (transactionId === '') return store.landed;
  await store.durable();
  const [first, second] = partitions.map(({ value }) => encodeKeyValue(value));
  if (first === undefined) throw new Error('A read in a transaction has a partition key');
  if (second !== undefined) transactions.pages(transactionId, table, second, nowMs());
  return transactions.pages(transactionId, table, first, nowMs());
}
