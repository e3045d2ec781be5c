import { crc8, crc8Byte } from './crc8';
import { HEADER, tag, variant } from './format';
import type { AnyValue, Cell, KeyColumn } from './value';

let scratch = Buffer.allocUnsafe(64 * 1024);
let at = 0;

/** The four bytes that open every PlainBuffer message. */
export const header: Buffer = Buffer.from([HEADER, 0, 0, 0]);

/** One row without the header, so that many can be strung together behind a single one. */
export function encodeRow(key: readonly KeyColumn[], cells: readonly Cell[]): Buffer {
  at = 0;
  let checksum = 0;
  writeByte(tag.rowKey);
  for (const column of key) checksum = crc8Byte(checksum, writeCell(column.name, column.value, undefined));
  if (cells.length > 0) {
    writeByte(tag.rowData);
    for (const cell of cells)
      checksum = crc8Byte(checksum, writeCell(cell.name, cell.value, cell.timestampMs));
  }
  writeByte(tag.rowChecksum);
  writeByte(crc8Byte(checksum, 0));
  return Buffer.from(scratch.subarray(0, at));
}

/** A whole PlainBuffer message of rows that `encodeRow` made; no rows are no bytes, not a lone header. */
export function encodeMessage(rows: readonly Buffer[]): Buffer {
  return rows.length === 0 ? Buffer.alloc(0) : Buffer.concat([header, ...rows]);
}

function writeCell(name: string, value: AnyValue, timestampMs: number | undefined): number {
  writeByte(tag.cell);
  writeByte(tag.cellName);
  reserve(4 + name.length * 3);
  const nameLength = scratch.write(name, at + 4, 'utf8');
  scratch.writeInt32LE(nameLength, at);
  at += 4 + nameLength;
  let checksum = crc8(0, scratch, at - nameLength, at);
  writeByte(tag.cellValue);
  checksum = writeValue(checksum, value);
  if (timestampMs !== undefined) {
    writeByte(tag.cellTimestamp);
    reserve(8);
    scratch.writeBigInt64LE(BigInt(timestampMs), at);
    at += 8;
    checksum = crc8(checksum, scratch, at - 8, at);
  }
  writeByte(tag.cellChecksum);
  writeByte(checksum);
  return checksum;
}

/** Writes the outer length and the variant; the checksum covers the variant alone. */
function writeValue(checksum: number, value: AnyValue): number {
  const lengthAt = at;
  reserve(4 + 1 + 8);
  at += 4;
  const start = at;
  switch (value.type) {
    case 'integer':
      writeByte(variant.integer);
      at = scratch.writeBigInt64LE(value.integer, at);
      break;
    case 'double':
      writeByte(variant.double);
      at = scratch.writeDoubleLE(value.double, at);
      break;
    case 'boolean':
      writeByte(variant.boolean);
      writeByte(value.boolean ? 1 : 0);
      break;
    case 'string':
      writeBytes(variant.string, value.bytes);
      break;
    case 'binary':
      writeBytes(variant.blob, value.bytes);
      break;
    case 'infMin':
      writeByte(variant.infMin);
      break;
    case 'infMax':
      writeByte(variant.infMax);
      break;
    case 'autoIncrement':
      writeByte(variant.autoIncrement);
      break;
  }
  scratch.writeInt32LE(at - start, lengthAt);
  return crc8(checksum, scratch, start, at);
}

function writeBytes(type: number, bytes: Buffer): void {
  reserve(5 + bytes.length);
  scratch[at] = type;
  scratch.writeInt32LE(bytes.length, at + 1);
  bytes.copy(scratch, at + 5);
  at += 5 + bytes.length;
}

function writeByte(byte: number): void {
  reserve(1);
  scratch[at] = byte;
  at += 1;
}

function reserve(length: number): void {
  if (at + length <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, at + length));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}
