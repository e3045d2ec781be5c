import compiled from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { PlainBufferError } from './plainbuffer/decode';
import { invalid } from './refusal';

/** The protobuf messages of the protocol, from the installed `tablestore` package. */
export const messages = compiled.main.proto;
export const filterMessages = compiled.filter.proto;

/** Decodes what a client sent. Whatever is wrong with the bytes is the client's mistake: a 400. */
export function parse<T>(codec: { decode(bytes: Uint8Array): T }, bytes: Uint8Array): T {
  try {
    return codec.decode(bytes);
  } catch (error) {
    throw invalid(`The protobuf message cannot be parsed: ${reason(error)}`);
  }
}

/** Runs a PlainBuffer decoder on what a client sent; corrupt bytes are the client's mistake: a 400. */
export function parseRow<T>(decode: (bytes: Buffer) => T, bytes: Buffer): T {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof PlainBufferError)
      throw invalid(`The PlainBuffer cannot be parsed: ${error.message}`);
    throw error;
  }
}

/** protobufjs gives an absent field its default through the prototype, so only an own property was really sent. */
export function sent<T extends object, K extends keyof T>(message: T, field: K): boolean {
  return Object.hasOwn(message, field);
}

/**
 * Reads a top-level bool that the SDK's own .proto does not know (its decoder skips such fields): `enable_local_txn` = 8 of
 * CreateTable and `is_atomic` = 3 of BatchWriteRow. `bytes` must already have been parsed, so it is well-formed.
 */
export function unknownBool(bytes: Uint8Array, fieldNumber: number): boolean {
  let at = 0;
  let found = false;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      if (shift < 28) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    switch (tag & 7) {
      case 0: {
        const value = varint();
        if (tag >>> 3 === fieldNumber) found = value !== 0;
        break;
      }
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        return found;
    }
  }
  return found;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
