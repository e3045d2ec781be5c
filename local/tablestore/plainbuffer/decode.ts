import { crc8, crc8Byte } from './crc8';
import { HEADER, operationByte, tag, variant } from './format';
import type {
  AnyValue,
  Cell,
  CellChange,
  KeyColumn,
  KeyMarker,
  KeyValue,
  Row,
  RowChange,
  Value,
} from './value';

/** The bytes are not PlainBuffer. Says where and what, for the person who wrote the client. */
export class PlainBufferError extends Error {
  override readonly name = 'PlainBufferError';
}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

interface RawCell {
  readonly name: string;
  readonly value: AnyValue | undefined;
  readonly operation: number | undefined;
  readonly timestamp: bigint | undefined;
  readonly checksum: number;
}

/** Reads the one row of a request's bytes field. Bytes after the row's checksum are ignored: the Node SDK pads with zeros. */
export function decodeRowChange(bytes: Buffer): RowChange {
  const cursor: Cursor = { bytes, at: 0 };
  if (bytes.length < 4 || bytes.readInt32LE(0) !== HEADER)
    throw new PlainBufferError('The header is not 0x75.');
  cursor.at = 4;
  const { key, cells, deleteMarker } = readRow(cursor);
  return { key: key.map(asKeyColumn), cells: cells.map(asChange), deleteMarker };
}

/** Reads a row that this server encoded, starting at `from`, without a header. */
export function decodeRow(bytes: Buffer, from: number): Row {
  const { key, cells } = readRow({ bytes, at: from });
  return { key: key.map(asKeyColumn).map(withoutMarker), cells: cells.map(asStoredCell) };
}

/** Reads a bare variant, as filters carry their constants: type byte and data, no tag, no outer length. */
export function decodeVariant(bytes: Buffer): Value {
  const cursor: Cursor = { bytes, at: 0 };
  const value = readVariant(cursor);
  if (isMarker(value)) throw new PlainBufferError('A range end is no value to compare with.');
  return value;
}

function readRow(cursor: Cursor): { key: RawCell[]; cells: RawCell[]; deleteMarker: boolean } {
  let checksum = 0;
  const section = (sectionTag: number): RawCell[] => {
    const cells: RawCell[] = [];
    if (peek(cursor) !== sectionTag) return cells;
    cursor.at += 1;
    while (peek(cursor) === tag.cell) {
      const cell = readCell(cursor);
      checksum = crc8Byte(checksum, cell.checksum);
      cells.push(cell);
    }
    return cells;
  };
  const key = section(tag.rowKey);
  const cells = section(tag.rowData);
  const deleteMarker = peek(cursor) === tag.deleteMarker;
  if (deleteMarker) cursor.at += 1;
  checksum = crc8Byte(checksum, deleteMarker ? 1 : 0);
  expectTag(cursor, tag.rowChecksum, 'row checksum');
  if (readByte(cursor) !== checksum) throw new PlainBufferError('The row checksum does not match.');
  return { key, cells, deleteMarker };
}

function readCell(cursor: Cursor): RawCell {
  cursor.at += 1;
  expectTag(cursor, tag.cellName, 'cell name');
  const name = take(cursor, readLength(cursor));
  let checksum = crc8(0, cursor.bytes, name.start, name.end);
  let value: AnyValue | undefined;
  let operation: number | undefined;
  let timestamp: bigint | undefined;
  if (peek(cursor) === tag.cellValue) {
    cursor.at += 5;
    const start = cursor.at;
    value = readVariant(cursor);
    checksum = crc8(checksum, cursor.bytes, start, cursor.at);
  }
  if (peek(cursor) === tag.cellOperation) {
    cursor.at += 1;
    operation = readByte(cursor);
  }
  if (peek(cursor) === tag.cellTimestamp) {
    cursor.at += 1;
    const { start, end } = take(cursor, 8);
    timestamp = cursor.bytes.readBigInt64LE(start);
    checksum = crc8(checksum, cursor.bytes, start, end);
  }
  if (operation !== undefined) checksum = crc8Byte(checksum, operation);
  expectTag(cursor, tag.cellChecksum, 'cell checksum');
  if (readByte(cursor) !== checksum) throw new PlainBufferError('A cell checksum does not match.');
  return { name: readName(cursor.bytes, name), value, operation, timestamp, checksum };
}

function readName(bytes: Buffer, { start, end }: { start: number; end: number }): string {
  const name = bytes.toString('utf8', start, end);
  if (name.includes('\ufffd')) throw new PlainBufferError('A column name is not UTF-8.');
  return name;
}

function readVariant(cursor: Cursor): AnyValue {
  const type = readByte(cursor);
  switch (type) {
    case variant.integer:
      return { type: 'integer', integer: cursor.bytes.readBigInt64LE(take(cursor, 8).start) };
    case variant.double:
      return { type: 'double', double: cursor.bytes.readDoubleLE(take(cursor, 8).start) };
    case variant.boolean:
      return { type: 'boolean', boolean: readByte(cursor) !== 0 };
    case variant.string:
      return { type: 'string', bytes: slice(cursor, readLength(cursor)) };
    case variant.blob:
      return { type: 'binary', bytes: slice(cursor, readLength(cursor)) };
    case variant.infMin:
      return { type: 'infMin' };
    case variant.infMax:
      return { type: 'infMax' };
    case variant.autoIncrement:
      return { type: 'autoIncrement' };
    default:
      throw new PlainBufferError(`There is no value type ${type}.`);
  }
}

function asKeyColumn(cell: RawCell): KeyColumn<KeyValue | KeyMarker> {
  const { name, value } = cell;
  if (value === undefined || cell.operation !== undefined || cell.timestamp !== undefined) {
    throw new PlainBufferError(`Primary key column '${name}' must hold a value and nothing else.`);
  }
  if (value.type === 'double' || value.type === 'boolean') {
    throw new PlainBufferError(`Primary key column '${name}' cannot be a ${value.type}.`);
  }
  return { name, value };
}

function asChange(cell: RawCell): CellChange {
  const { name, value, timestamp } = cell;
  if (value !== undefined && isMarker(value)) {
    throw new PlainBufferError(`Attribute column '${name}' cannot hold ${value.type}.`);
  }
  const operation = operationOf(cell);
  if (value === undefined && (operation === 'put' || operation === 'increment')) {
    throw new PlainBufferError(`Attribute column '${name}' has no value.`);
  }
  return { name, value, operation, timestampMs: timestamp === undefined ? undefined : Number(timestamp) };
}

function operationOf(cell: RawCell): CellChange['operation'] {
  switch (cell.operation) {
    case undefined:
      return 'put';
    case operationByte.deleteAll:
      return 'deleteAll';
    case operationByte.deleteOne:
      return 'deleteOne';
    case operationByte.increment:
      return 'increment';
    default:
      throw new PlainBufferError(`There is no cell operation ${cell.operation}.`);
  }
}

function withoutMarker({ name, value }: KeyColumn<KeyValue | KeyMarker>): KeyColumn {
  if (isMarker(value)) throw new PlainBufferError(`Stored key column '${name}' holds ${value.type}.`);
  return { name, value };
}

function asStoredCell({ name, value, timestamp }: RawCell): Cell {
  if (value === undefined || isMarker(value) || timestamp === undefined) {
    throw new PlainBufferError(`Stored column '${name}' has no value or no timestamp.`);
  }
  return { name, value, timestampMs: Number(timestamp) };
}

function isMarker(value: AnyValue): value is KeyMarker {
  return value.type === 'infMin' || value.type === 'infMax' || value.type === 'autoIncrement';
}

function peek(cursor: Cursor): number | undefined {
  return cursor.bytes[cursor.at];
}

function readByte(cursor: Cursor): number {
  return cursor.bytes[take(cursor, 1).start] as number;
}

function readLength(cursor: Cursor): number {
  return cursor.bytes.readUInt32LE(take(cursor, 4).start);
}

function slice(cursor: Cursor, length: number): Buffer {
  const { start, end } = take(cursor, length);
  return cursor.bytes.subarray(start, end);
}

function take(cursor: Cursor, length: number): { start: number; end: number } {
  const start = cursor.at;
  const end = start + length;
  if (end > cursor.bytes.length)
    throw new PlainBufferError(`The bytes end at ${cursor.bytes.length}, before ${end}.`);
  cursor.at = end;
  return { start, end };
}

function expectTag(cursor: Cursor, expected: number, what: string): void {
  if (peek(cursor) !== expected) throw new PlainBufferError(`No ${what} at byte ${cursor.at}.`);
  cursor.at += 1;
}
