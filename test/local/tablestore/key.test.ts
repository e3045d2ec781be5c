import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeKey } from '../../../local/tablestore/key';
import type { KeyColumn, KeyMarker, KeyValue } from '../../../local/tablestore/plainbuffer/value';

const integer = (value: bigint): KeyValue => ({ type: 'integer', integer: value });
const string = (value: string): KeyValue => ({ type: 'string', bytes: Buffer.from(value) });
const key = (...values: (KeyValue | KeyMarker)[]): Buffer =>
  encodeKey(values.map((value, at): KeyColumn<KeyValue | KeyMarker> => ({ name: `k${at}`, value })));

const int64 = fc.oneof(
  fc.constantFrom(-(1n << 63n), -1n, 0n, 1n, (1n << 63n) - 1n),
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
);
const bytes = fc
  .array(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), { maxLength: 6 })
  .map((array) => Buffer.from(array));

describe('the order of keys', () => {
  it('is the order of int64, with negative numbers first', () => {
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        expect(key(integer(a)).compare(key(integer(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('is the order of unsigned bytes, zero bytes and prefixes included', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const binary = (value: Buffer): KeyValue => ({ type: 'binary', bytes: value });
        expect(key(binary(a)).compare(key(binary(b)))).toBe(Buffer.compare(a, b));
      }),
    );
  });

  it('goes column by column: a later column never outweighs an earlier one', () => {
    fc.assert(
      fc.property(bytes, int64, bytes, int64, (a1, a2, b1, b2) => {
        const first = Buffer.compare(a1, b1);
        const expected = first !== 0 ? first : a2 < b2 ? -1 : a2 > b2 ? 1 : 0;
        const both = (first: Buffer, second: bigint): Buffer =>
          key({ type: 'binary', bytes: first }, integer(second));
        expect(both(a1, a2).compare(both(b1, b2))).toBe(expected);
      }),
    );
  });

  it('has INF_MIN below and INF_MAX above every value, the empty string included', () => {
    for (const value of [
      string(''),
      string('\u0000'),
      string('\u{10ffff}'),
      integer(-(1n << 63n)),
      integer((1n << 63n) - 1n),
    ]) {
      expect(key({ type: 'infMin' }).compare(key(value))).toBe(-1);
      expect(key({ type: 'infMax' }).compare(key(value))).toBe(1);
    }
  });

  it('sorts an emoji after the last character of the basic plane, unlike JavaScript', () => {
    expect(key(string('\uffff')).compare(key(string('😀')))).toBe(-1);
    expect(['😀', '\uffff'].toSorted()).toEqual(['😀', '\uffff']);
  });
});
