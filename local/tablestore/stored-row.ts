import { decodeRow } from './plainbuffer/decode';
import { encodeRow } from './plainbuffer/encode';
import { sizeOf, type Cell, type KeyColumn, type Row } from './plainbuffer/value';

/*
 * A stored row is the row as it goes over the wire, behind a few facts that let a plain read answer with those bytes without
 * looking into them: one byte, 1 when every column has a single version, and the size of the data in 4 bytes.
 */
const FACTS_BYTES = 5;

export function packRow(row: Row): Buffer {
  const encoded = encodeRow(row.key, row.cells);
  const packed = Buffer.allocUnsafe(FACTS_BYTES + encoded.length);
  packed[0] = row.cells.some((cell, at) => cell.name === row.cells[at - 1]?.name) ? 0 : 1;
  packed.writeUInt32LE(dataBytes(row.key, row.cells), 1);
  encoded.copy(packed, FACTS_BYTES);
  return packed;
}

export function unpackRow(packed: Buffer): Row {
  return decodeRow(packed, FACTS_BYTES);
}

export function hasSingleVersions(packed: Buffer): boolean {
  return packed[0] === 1;
}

/** The row as PlainBuffer without a header. */
export function encodedRow(packed: Buffer): Buffer {
  return packed.subarray(FACTS_BYTES);
}

export function storedDataBytes(packed: Buffer): number {
  return packed.readUInt32LE(1);
}

/** What a row counts for: names and values of its key and cells. */
export function dataBytes(key: readonly KeyColumn[], cells: readonly Cell[]): number {
  let bytes = 0;
  for (const column of key) bytes += column.name.length + sizeOf(column.value);
  for (const cell of cells) bytes += Buffer.byteLength(cell.name) + sizeOf(cell.value);
  return bytes;
}
