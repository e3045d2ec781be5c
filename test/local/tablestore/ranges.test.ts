import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, int, keyOf, refusal, TableStore, type Key, type Params, type SdkFilter } from './sdk';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
});
afterAll(() => running.stop());

const { INF_MIN, INF_MAX } = TableStore;
type Cell = string | number | boolean;

async function fill(tableName: string, keys: readonly Key[], attributeColumns: object[] = []): Promise<void> {
  for (let at = 0; at < keys.length; at += 200) {
    const rows = keys.slice(at, at + 200).map((primaryKey) => ({
      type: 'PUT',
      condition: always(),
      primaryKey,
      attributeColumns,
    }));
    const { tables } = await running.client.batchWriteRow({ tables: [{ tableName, rows }] });
    expect(tables.every((row) => row.isOk)).toBe(true);
  }
}

/** Follows the pages to the end; the sizes of the pages come along. */
async function readAll(params: Params): Promise<{ keys: Cell[][]; pages: number[] }> {
  const keys: Cell[][] = [];
  const pages: number[] = [];
  let start = params['inclusiveStartPrimaryKey'];
  while (start !== null) {
    const page = await running.client.getRange({
      direction: 'FORWARD',
      ...params,
      inclusiveStartPrimaryKey: start,
    });
    keys.push(...page.rows.map((row) => keyOf(row.primaryKey)));
    pages.push(page.rows.length);
    start = page.nextStartPrimaryKey?.map(({ name, value }) => ({ [name]: value })) ?? null;
  }
  return { keys, pages };
}

describe('ranges', () => {
  it('page 10,000 rows in exact order, both ways', async () => {
    await createTable(running.client, 'many', [
      { name: 'part', type: 2 },
      { name: 'at', type: 1 },
    ]);
    const numbers = Array.from({ length: 10_000 }, (_, at) => ((at * 7_919) % 10_000) - 5_000);
    await fill(
      'many',
      numbers.map((number) => [{ part: 'p' }, { at: int(number) }]),
      [{ a: 'x' }],
    );
    const lowest = [{ part: 'p' }, { at: INF_MIN }];
    const highest = [{ part: 'p' }, { at: INF_MAX }];
    const sorted = [...numbers].sort((a, b) => a - b).map((number) => ['p', String(number)]);
    const up = await readAll({
      tableName: 'many',
      inclusiveStartPrimaryKey: lowest,
      exclusiveEndPrimaryKey: highest,
      limit: 1_700,
    });
    expect(up.keys).toEqual(sorted);
    expect(up.pages).toEqual([1_700, 1_700, 1_700, 1_700, 1_700, 1_500]);
    const down = await readAll({
      tableName: 'many',
      direction: 'BACKWARD',
      inclusiveStartPrimaryKey: highest,
      exclusiveEndPrimaryKey: lowest,
    });
    expect(down.keys).toEqual(sorted.toReversed());
    expect(down.pages).toEqual([5_000, 5_000]);
  });

  it('order strings by UTF-8 bytes, binaries by unsigned bytes and integers by sign', async () => {
    await createTable(running.client, 'mixed', [
      { name: 's', type: 2 },
      { name: 'b', type: 3 },
      { name: 'i', type: 1 },
    ]);
    const strings = ['', 'a', 'a\u0000', 'aa', 'z', 'é', '\uffff', '😀'];
    const binaries = [
      Buffer.from([]),
      Buffer.from([0]),
      Buffer.from([0, 0]),
      Buffer.from([0, 255]),
      Buffer.from([128]),
    ];
    const integers = ['-9223372036854775808', '-1', '0', '1', '9223372036854775807'];
    const keys = strings.flatMap((s) =>
      binaries.flatMap((b) => integers.map((i): Key => [{ s }, { b }, { i: int(i) }])),
    );
    await fill('mixed', [...keys].reverse());
    const { keys: read } = await readAll({
      tableName: 'mixed',
      inclusiveStartPrimaryKey: [{ s: INF_MIN }, { b: INF_MIN }, { i: INF_MIN }],
      exclusiveEndPrimaryKey: [{ s: INF_MAX }, { b: INF_MAX }, { i: INF_MAX }],
    });
    expect(read).toEqual(
      strings.flatMap((s) => binaries.flatMap((b) => integers.map((i) => [s, b.toString('hex'), i]))),
    );
  });

  it('include the start and exclude the end', async () => {
    await createTable(running.client, 'ends', [{ name: 'i', type: 1 }]);
    await fill(
      'ends',
      [1, 2, 3, 4].map((i) => [{ i: int(i) }]),
    );
    const between = (direction: string, from: number, to: number) =>
      readAll({
        tableName: 'ends',
        direction,
        inclusiveStartPrimaryKey: [{ i: int(from) }],
        exclusiveEndPrimaryKey: [{ i: int(to) }],
      });
    expect((await between('FORWARD', 2, 4)).keys).toEqual([['2'], ['3']]);
    expect((await between('BACKWARD', 3, 1)).keys).toEqual([['3'], ['2']]);
  });

  it('refuse ends that lie the wrong way round, equal ends, and a limit that is not positive', async () => {
    await createTable(running.client, 'refused', [{ name: 'i', type: 1 }]);
    const range = (direction: string, from: number, to: number, limit?: number) =>
      refusal(
        running.client.getRange({
          tableName: 'refused',
          direction,
          inclusiveStartPrimaryKey: [{ i: int(from) }],
          exclusiveEndPrimaryKey: [{ i: int(to) }],
          limit,
        }),
      );
    const forward = 'OTSParameterInvalid: Begin key must less than end key in FORWARD';
    const backward = 'OTSParameterInvalid: Begin key must more than end key in BACKWARD';
    expect(await range('FORWARD', 2, 1)).toBe(forward);
    expect(await range('FORWARD', 1, 1)).toBe(forward);
    expect(await range('BACKWARD', 1, 2)).toBe(backward);
    expect(await range('BACKWARD', 1, 1)).toBe(backward);
    expect(await range('FORWARD', 1, 2, -1)).toBe('OTSParameterInvalid: The limit must be greater than 0.');
  });

  it('end a page at 4 MB and go on behind it', async () => {
    await createTable(running.client, 'large', [{ name: 'i', type: 1 }]);
    for (let i = 0; i < 7; i += 1) await fill('large', [[{ i: int(i) }]], [{ a: 'x'.repeat(1024 * 1024) }]);
    const { keys, pages } = await readAll({
      tableName: 'large',
      inclusiveStartPrimaryKey: [{ i: INF_MIN }],
      exclusiveEndPrimaryKey: [{ i: INF_MAX }],
    });
    expect(keys.flat()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    expect(pages).toEqual([4, 3]);
  });

  it('look at 5,000 rows at most, so that a filter can leave a page empty with more to come', async () => {
    const never: SdkFilter = new TableStore.SingleColumnCondition(
      'a',
      'y',
      TableStore.ComparatorType.EQUAL,
      false,
    );
    const first = await running.client.getRange({
      tableName: 'many',
      direction: 'FORWARD',
      inclusiveStartPrimaryKey: [{ part: INF_MIN }, { at: INF_MIN }],
      exclusiveEndPrimaryKey: [{ part: INF_MAX }, { at: INF_MAX }],
      columnFilter: never,
      limit: 10,
    });
    expect(first.rows).toEqual([]);
    expect(keyOf(first.nextStartPrimaryKey)).toEqual(['p', '0']);
  });

  it('take keys of four columns of 1,024 bytes', async () => {
    await createTable(
      running.client,
      'long_keys',
      ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 3 })),
    );
    const column = Buffer.alloc(1024);
    const key = ['a', 'b', 'c', 'd'].map((name) => ({ [name]: column }));
    await fill('long_keys', [key]);
    const { row } = await running.client.getRow({ tableName: 'long_keys', primaryKey: key });
    expect(keyOf(row.primaryKey)).toEqual(Array.from({ length: 4 }, () => column.toString('hex')));
    const tooLong = key.with(3, { d: Buffer.alloc(1025) });
    expect(await refusal(running.client.getRow({ tableName: 'long_keys', primaryKey: tooLong }))).toBe(
      "OTSParameterInvalid: The length of primary key column: 'd' exceeds the MaxLength:1024 with CurrentLength:1025.",
    );
  });
});
