import type { KeyColumn, KeyMarker, KeyValue } from './plainbuffer/value';

const BELOW_ALL = 0x00;
const VALUE = 0x01;
const ABOVE_ALL = 0xff;
const SIGN_BIT = 1n << 63n;

/**
 * A primary key as bytes whose order is Tablestore's: int64 by number, strings and binaries by unsigned byte, column by
 * column, with INF_MIN below and INF_MAX above every value. One table's columns have fixed types, so no type is written.
 */
export function encodeKey(columns: readonly KeyColumn<KeyValue | KeyMarker>[]): Buffer {
  return Buffer.concat(columns.map(({ value }) => encodeKeyValue(value)));
}

export function encodeKeyValue(value: KeyValue | KeyMarker): Buffer {
  switch (value.type) {
    case 'infMin':
      return Buffer.of(BELOW_ALL);
    case 'infMax':
      return Buffer.of(ABOVE_ALL);
    case 'integer': {
      const bytes = Buffer.allocUnsafe(9);
      bytes[0] = VALUE;
      bytes.writeBigUInt64BE(BigInt.asUintN(64, value.integer) ^ SIGN_BIT, 1);
      return bytes;
    }
    case 'string':
    case 'binary':
      return escaped(value.bytes);
    case 'autoIncrement':
      throw new Error('The server chooses an auto-increment value before the key is encoded');
  }
}

/** 00 becomes 00 FF and 00 00 ends the value, so that a prefix sorts before what it begins. */
function escaped(bytes: Buffer): Buffer {
  let zeros = 0;
  for (const byte of bytes) if (byte === 0) zeros += 1;
  const out = Buffer.allocUnsafe(1 + bytes.length + zeros + 2);
  out[0] = VALUE;
  let at = 1;
  if (zeros === 0) {
    at += bytes.copy(out, at);
  } else {
    for (const byte of bytes) {
      out[at++] = byte;
      if (byte === 0) out[at++] = 0xff;
    }
  }
  out[at] = 0;
  out[at + 1] = 0;
  return out;
}
