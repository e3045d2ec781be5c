import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRow,
  decodeRowChange,
  PlainBufferError,
} from '../../../../local/tablestore/plainbuffer/decode';
import { encodeMessage, encodeRow } from '../../../../local/tablestore/plainbuffer/encode';
import type { Cell, KeyColumn } from '../../../../local/tablestore/plainbuffer/value';
import { int, TableStore } from '../sdk';

interface SdkCodec {
  PlainBufferBuilder: { serializeForPutRow(key: object[], columns: object[]): Buffer };
  PlainBufferInputStream: new (bytes: Buffer) => object;
  PlainBufferCodedInputStream: new (stream: object) => { readRow(): object };
}
const sdk = createRequire(__filename)('tablestore') as SdkCodec;

const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' });
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const text = fc.string({ maxLength: 20, unit: 'grapheme' }).map((string) => Buffer.from(string));
const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const keyValue = fc.oneof(
  int64.map((integer) => ({ type: 'integer', integer }) as const),
  text.map((string) => ({ type: 'string', bytes: string }) as const),
  bytes.map((binary) => ({ type: 'binary', bytes: binary }) as const),
);
const value = fc.oneof(
  keyValue,
  fc.double().map((double) => ({ type: 'double', double }) as const),
  fc.boolean().map((boolean) => ({ type: 'boolean', boolean }) as const),
);
const keyColumns: fc.Arbitrary<KeyColumn[]> = fc.array(fc.record({ name, value: keyValue }), {
  minLength: 1,
  maxLength: 4,
});
const cells: fc.Arbitrary<Cell[]> = fc.array(fc.record({ name, value, timestampMs: fc.nat() }), {
  maxLength: 6,
});

describe('PlainBuffer', () => {
  it('reads back every row that it writes', () => {
    fc.assert(
      fc.property(keyColumns, cells, (key, row) => {
        expect(decodeRow(encodeRow(key, row), 0)).toEqual({ key, cells: row });
      }),
    );
  });

  it('reads the row that the SDK writes, byte for byte of its values', () => {
    const row = decodeRowChange(
      sdk.PlainBufferBuilder.serializeForPutRow(
        [{ a: 'schlüssel' }, { b: int(-7) }, { c: Buffer.from([0, 1]) }],
        [{ d: 1.5 }, { e: true, timestamp: 1234 }],
      ),
    );
    expect(row).toEqual({
      key: [
        { name: 'a', value: { type: 'string', bytes: Buffer.from('schlüssel') } },
        { name: 'b', value: { type: 'integer', integer: -7n } },
        { name: 'c', value: { type: 'binary', bytes: Buffer.from([0, 1]) } },
      ],
      cells: [
        { name: 'd', value: { type: 'double', double: 1.5 }, operation: 'put', timestampMs: undefined },
        { name: 'e', value: { type: 'boolean', boolean: true }, operation: 'put', timestampMs: 1234 },
      ],
      deleteMarker: false,
    });
  });

  it('writes what the SDK reads, checksums included', () => {
    const message = encodeMessage([
      encodeRow(
        [{ name: 'a', value: { type: 'string', bytes: Buffer.from('é') } }],
        [{ name: 'n', value: { type: 'integer', integer: -1n }, timestampMs: 99 }],
      ),
    ]);
    const read = new sdk.PlainBufferCodedInputStream(new sdk.PlainBufferInputStream(message)).readRow();
    expect(JSON.parse(JSON.stringify(read))).toEqual({
      primaryKey: [{ name: 'a', value: 'é' }],
      attributes: [{ columnName: 'n', columnValue: -1, timestamp: 99 }],
    });
    expect(TableStore.INF_MIN).toBeDefined();
  });

  it('refuses a flipped bit in a name, a value, a timestamp or a checksum', () => {
    const message = encodeMessage([
      encodeRow(
        [{ name: 'key', value: { type: 'string', bytes: Buffer.from('abc') } }],
        [{ name: 'column', value: { type: 'integer', integer: 5n }, timestampMs: 1_000 }],
      ),
    ]);
    const keyChecksum = message.indexOf('abc') + 4;
    const timestamp = message.length - 6;
    const texts = ['key', 'abc', 'column'].map((text) => message.indexOf(text));
    const covered = texts.concat(keyChecksum, timestamp, message.length - 1);
    for (const at of covered) {
      const corrupt = Buffer.from(message);
      corrupt[at] = (corrupt[at] ?? 0) ^ 0x04;
      expect(() => decodeRowChange(corrupt), `byte ${at}`).toThrow(PlainBufferError);
    }
  });

  it('answers any corruption with its own error and nothing else', () => {
    const valid = encodeMessage([
      encodeRow(
        [{ name: 'key', value: { type: 'string', bytes: Buffer.from('abc') } }],
        [{ name: 'column', value: { type: 'binary', bytes: Buffer.alloc(9) }, timestampMs: 1 }],
      ),
    ]);
    const corrupted = fc
      .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((edits) => {
        const copy = Buffer.from(valid);
        for (const [at, byte] of edits) copy[at] = byte;
        return copy;
      });
    const cut = fc.nat(valid.length).map((length) => valid.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(corrupted, cut, bytes), (input) => {
        try {
          decodeRowChange(input);
        } catch (error) {
          expect(error).toBeInstanceOf(PlainBufferError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
