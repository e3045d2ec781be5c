import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendToBody, createTable, startRunning, type Running } from './running';
import { always, columnsOf, ifExists, ifMissing, int, keyOf, refusal } from './sdk';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
  for (const name of ['one', 'two']) {
    await createTable(running.client, name, [
      { name: 'part', type: 2 },
      { name: 'i', type: 1 },
    ]);
  }
});
afterAll(() => running.stop());

const key = (i: number, part = 'p'): object[] => [{ part }, { i: int(i) }];
const put = (i: number, condition = always(), part = 'p'): object => ({
  type: 'PUT',
  condition,
  primaryKey: key(i, part),
  attributeColumns: [{ a: int(i) }],
});
const write = (...tables: [string, object[]][]) =>
  running.client.batchWriteRow({ tables: tables.map(([tableName, rows]) => ({ tableName, rows })) });
const exists = async (i: number, part = 'p', tableName = 'one'): Promise<boolean> =>
  (await running.client.getRow({ tableName, primaryKey: key(i, part) })).row.primaryKey !== undefined;

describe('batches of writes', () => {
  it('answer for each row by itself, in the order of the request', async () => {
    await write(['one', [put(1)]]);
    const { tables } = await write(
      ['one', [put(1, ifMissing()), put(2), { type: 'DELETE', condition: always(), primaryKey: key(1) }]],
      ['two', [{ ...put(3), primaryKey: [{ wrong: 'p' }, { i: int(3) }] }, put(4)]],
      ['none', [put(5)]],
    );
    expect(tables.map((row) => [row.tableName, row.isOk, row.errorCode, row.errorMessage])).toEqual([
      ['one', false, 'OTSConditionCheckFail', 'Condition check failed.'],
      ['one', true, null, null],
      ['one', true, null, null],
      ['two', false, 'OTSInvalidPK', 'Validate PK name fail. Input: wrong, Meta: part.'],
      ['two', true, null, null],
      ['none', false, 'OTSObjectNotExist', 'Requested table does not exist.'],
    ]);
    expect([await exists(1), await exists(2), await exists(4, 'p', 'two')]).toEqual([false, true, true]);
  });

  it('apply writes of one row in order', async () => {
    const change = (attributeColumns: object[]): object => ({
      type: 'UPDATE',
      condition: ifExists(),
      primaryKey: key(10),
      attributeColumns,
    });
    await write([
      'one',
      [put(10), change([{ PUT: [{ b: 'x' }] }]), change([{ INCREMENT: [{ a: int(5) }] }])],
    ]);
    const { row } = await running.client.getRow({ tableName: 'one', primaryKey: key(10) });
    expect(columnsOf(row)).toEqual({ a: '15', b: 'x' });
  });

  it('take 200 rows and refuse 201, an empty table and 4 MB and a byte', async () => {
    const rows = (count: number): object[] => Array.from({ length: count }, (_, at) => put(1_000 + at));
    expect((await write(['one', rows(200)])).tables).toHaveLength(200);
    expect(await refusal(write(['one', rows(201)]))).toBe(
      'OTSParameterInvalid: Rows count exceeds the upper limit: 200.',
    );
    expect(await refusal(write(['one', []]))).toBe(
      "OTSParameterInvalid: No operation is specified for table: 'one'.",
    );
    const large = { ...put(1), attributeColumns: [{ a: 'x'.repeat(1_500_000) }] };
    expect(await refusal(write(['one', [large, large, large]]))).toContain(
      'OTSParameterInvalid: The total data size of BatchWriteRow request exceeds the limit, limit size: 4194304, data size: ',
    );
  });

  it('are all or nothing when the client sets is_atomic, in one partition key', async () => {
    const atomic = appendToBody(running.server.url, [0x18, 0x01]);
    const write = (rows: object[]) => atomic.batchWriteRow({ tables: [{ tableName: 'one', rows }] });
    const failed = await write([put(50, ifMissing(), 'atomic'), put(51, ifExists(), 'atomic')]);
    expect(failed.tables.map((row) => [row.isOk, row.errorCode])).toEqual([
      [false, 'OTSConditionCheckFail'],
      [false, 'OTSConditionCheckFail'],
    ]);
    expect(await exists(50, 'atomic')).toBe(false);
    const scattered = await write([put(50, always(), 'atomic'), put(50, always(), 'elsewhere')]);
    expect(scattered.tables.map((row) => row.isOk)).toEqual([false, false]);
    const landed = await write([put(50, ifMissing(), 'atomic'), put(51, ifMissing(), 'atomic')]);
    expect(landed.tables.map((row) => row.isOk)).toEqual([true, true]);
    expect([await exists(50, 'atomic'), await exists(51, 'atomic')]).toEqual([true, true]);
  });
});

describe('batches of reads', () => {
  it('answer for each row by itself', async () => {
    await write(['one', [put(20), put(21)]], ['two', [put(22)]]);
    const { tables } = await running.client.batchGetRow({
      tables: [
        { tableName: 'one', primaryKey: [key(20), key(29), key(20), [{ part: 'p' }]] },
        { tableName: 'two', primaryKey: [key(22)], columnsToGet: ['a'] },
      ],
    });
    expect(tables.map((rows) => rows.map((row) => [row.isOk, keyOf(row.primaryKey), row.errorCode]))).toEqual(
      [
        [
          [true, ['p', '20'], null],
          [true, [], null],
          [true, ['p', '20'], null],
          [false, [], 'OTSInvalidPK'],
        ],
        [[true, ['p', '22'], null]],
      ],
    );
  });

  it('take 100 keys and refuse 101 and none', async () => {
    const read = (count: number) =>
      running.client.batchGetRow({
        tables: [{ tableName: 'one', primaryKey: Array.from({ length: count }, (_, at) => key(at)) }],
      });
    expect((await read(100)).tables[0]).toHaveLength(100);
    expect(await refusal(read(101))).toBe('OTSParameterInvalid: Rows count exceeds the upper limit: 100.');
    expect(await refusal(read(0))).toBe(
      'OTSParameterInvalid: No row specified in the request of BatchGetRow.',
    );
  });
});
