import { units } from './capacity';
import { encodeKey } from './key';
import { rowKey } from './keyspace';
import { limits } from './limits';
import { encodeMessage, encodeRow } from './plainbuffer/encode';
import type { KeyColumn, KeyMarker, KeyValue } from './plainbuffer/value';
import { readRow, type Reading } from './reading';
import { invalid } from './refusal';
import { rangeEndOf } from './row-key';
import type { KeyRange, Readable } from './store';
import { storedDataBytes, unpackRow } from './stored-row';
import type { Table } from './table';

export interface RangeOrder {
  readonly table: Table;
  readonly range: KeyRange;
  readonly reading: Reading;
  /** Rows to answer with, at most. */
  readonly limit: number;
}

export interface RangePage {
  readonly rows: Buffer;
  readonly readUnits: number;
  /** The key of the first row that was not looked at; undefined when the range is done. */
  readonly next: Buffer | undefined;
}

type RangeEnd = readonly KeyColumn<KeyValue | KeyMarker>[];

/** The stored keys between two ends. Throws when the ends do not fit the table, or lie the wrong way round. */
export function parseRange(table: Table, start: RangeEnd, end: RangeEnd, backward: boolean): KeyRange {
  const from = rowKey(table.id, encodeKey(rangeEndOf(start, table.key)));
  const to = rowKey(table.id, encodeKey(rangeEndOf(end, table.key)));
  const order = from.compare(to);
  if (!backward && order >= 0) throw invalid('Begin key must less than end key in FORWARD');
  if (backward && order <= 0) throw invalid('Begin key must more than end key in BACKWARD');
  return { from, to, backward };
}

/**
 * One page: at most `limit` rows found, 5,000 rows or 4 MB looked at (GetRange: with a filter a page may be empty and still
 * have a next key).
 */
export async function readPage(order: RangeOrder, from: Readable, nowMs: number): Promise<RangePage> {
  const { table, range, reading, limit } = order;
  const rows: Buffer[] = [];
  let scannedRows = 0;
  let scannedBytes = 0;
  for await (const chunk of from.scan(range, Math.min(limit, limits.pageRows - 1) + 1)) {
    for (const [, packed] of chunk) {
      const full = rows.length >= limit || scannedRows >= limits.pageRows || scannedBytes >= limits.pageBytes;
      if (full) {
        const next = encodeMessage([encodeRow(unpackRow(packed).key, [])]);
        return { rows: encodeMessage(rows), readUnits: units(scannedBytes), next };
      }
      scannedRows += 1;
      scannedBytes += storedDataBytes(packed);
      const found = readRow(packed, table.options, reading, nowMs);
      if (found !== undefined) rows.push(found.encoded);
    }
  }
  return { rows: encodeMessage(rows), readUnits: units(scannedBytes), next: undefined };
}
