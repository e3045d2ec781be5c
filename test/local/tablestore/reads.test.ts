import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import {
  always,
  columnsOf,
  int,
  refusal,
  TableStore,
  type ColumnValue,
  type Params,
  type SdkFilter,
} from './sdk';

let running: Running;
const key = [{ id: 'row' }];
beforeAll(async () => {
  running = await startRunning();
  await createTable(running.client, 'reads', [{ name: 'id', type: 2 }]);
  await running.client.putRow({
    tableName: 'reads',
    condition: always(),
    primaryKey: key,
    attributeColumns: [{ c: 'see' }, { a: int(5) }, { b: 2.5 }, { d: true }, { e: Buffer.from([9]) }],
  });
  await running.client.putRow({
    tableName: 'reads',
    condition: always(),
    primaryKey: [{ id: 'bare' }],
    attributeColumns: [],
  });
});
afterAll(() => running.stop());

const read = async (more: Params = {}) =>
  (await running.client.getRow({ tableName: 'reads', primaryKey: key, ...more })).row;
const { EQUAL, NOT_EQUAL, GREATER_THAN, GREATER_EQUAL, LESS_THAN, LESS_EQUAL } = TableStore.ComparatorType;
const compare = (column: string, comparator: number, value: ColumnValue, passIfMissing = false): SdkFilter =>
  new TableStore.SingleColumnCondition(column, value, comparator, passIfMissing);
const combine = (operator: number, ...parts: SdkFilter[]): SdkFilter => {
  const composite = new TableStore.CompositeCondition(operator);
  for (const part of parts) composite.addSubCondition(part);
  return composite;
};
const passes = async (filter: SdkFilter): Promise<boolean> =>
  (await read({ columnFilter: filter })).primaryKey !== undefined;

describe('reads', () => {
  it('give columns in the order of their names', async () => {
    expect(Object.keys(columnsOf(await read()))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('give the columns asked for, and no row when it has none of them', async () => {
    expect(columnsOf(await read({ columnsToGet: ['b', 'nope'] }))).toEqual({ b: 2.5 });
    expect(await read({ columnsToGet: ['nope'] })).toEqual({});
  });

  it('give a row without attributes as its key', async () => {
    expect(await read({ primaryKey: [{ id: 'bare' }] })).toEqual({
      primaryKey: [{ name: 'id', value: 'bare' }],
      attributes: [],
    });
  });

  it('give a slice of the columns', async () => {
    expect(columnsOf(await read({ startColumn: 'b', endColumn: 'd' }))).toEqual({ b: 2.5, c: 'see' });
    const page = new TableStore.ColumnPaginationFilter(2, 1);
    expect(columnsOf(await read({ columnFilter: page as SdkFilter }))).toEqual({ b: 2.5, c: 'see' });
  });

  it.each<[string, number, ColumnValue, boolean]>([
    ['a', EQUAL, int(5), true],
    ['a', EQUAL, 5, false],
    ['a', NOT_EQUAL, int(4), true],
    ['a', GREATER_THAN, int(-6), true],
    ['a', GREATER_THAN, int(5), false],
    ['a', GREATER_EQUAL, int(5), true],
    ['b', LESS_THAN, 2.6, true],
    ['b', LESS_EQUAL, 2.4, false],
    ['c', LESS_THAN, 'seen', true],
    ['d', EQUAL, true, true],
    ['e', GREATER_THAN, Buffer.from([8, 255]), true],
  ])('compare %s with comparator %i and %j: %s', async (column, comparator, value, expected) => {
    expect(await passes(compare(column, comparator, value))).toBe(expected);
  });

  it('combine conditions with NOT, AND and OR', async () => {
    const { AND, OR, NOT } = TableStore.LogicalOperator;
    const yes = compare('a', EQUAL, int(5));
    const no = compare('a', EQUAL, int(6));
    expect(await passes(combine(AND, yes, no))).toBe(false);
    expect(await passes(combine(OR, yes, no))).toBe(true);
    expect(await passes(combine(NOT, no))).toBe(true);
    expect(await passes(combine(AND, combine(NOT, no), combine(OR, no, yes)))).toBe(true);
  });

  it('let a missing column pass or fail as the condition says', async () => {
    expect(await passes(compare('nope', EQUAL, 'x', true))).toBe(true);
    expect(await passes(compare('nope', EQUAL, 'x', false))).toBe(false);
  });

  it('filter on what was selected: a column that is not asked for is missing to the filter', async () => {
    const filter = compare('a', EQUAL, int(5));
    expect(await read({ columnsToGet: ['b'], columnFilter: filter })).toEqual({});
    expect(columnsOf(await read({ columnsToGet: ['a', 'b'], columnFilter: filter }))).toEqual({
      a: '5',
      b: 2.5,
    });
  });

  it('take 32 conditions and refuse 33', async () => {
    const many = (count: number) =>
      combine(
        TableStore.LogicalOperator.AND,
        ...Array.from({ length: count }, () => compare('a', EQUAL, int(5))),
      );
    expect(await passes(many(32))).toBe(true);
    expect(await refusal(read({ columnFilter: many(33) }))).toContain('OTSParameterInvalid');
  });

  it('refuse keys that do not fit the table, in the service’s words', async () => {
    const { client } = running;
    await createTable(client, 'pair', [
      { name: 'PK1', type: 2 },
      { name: 'PK2', type: 1 },
    ]);
    const get = (primaryKey: object[]) => refusal(client.getRow({ tableName: 'pair', primaryKey }));
    expect(await get([{ PK1: 'a' }])).toBe('OTSInvalidPK: Validate PK size fail. Input: 1, Meta: 2.');
    expect(await get([{ PK2: int(1) }, { PK1: 'a' }])).toBe(
      'OTSInvalidPK: Validate PK name fail. Input: PK2, Meta: PK1.',
    );
    expect(await get([{ PK1: int(1) }, { PK2: int(1) }])).toBe(
      'OTSInvalidPK: Validate PK type fail. Input: VT_INTEGER, Meta: VT_STRING.',
    );
    expect(await get([{ PK1: Buffer.from('a') }, { PK2: int(1) }])).toBe(
      'OTSInvalidPK: Validate PK type fail. Input: VT_BLOB, Meta: VT_STRING.',
    );
    expect(await get([{ PK1: 'a' }, { PK2: TableStore.INF_MIN }])).toBe(
      'OTSParameterInvalid: VT_INF_MIN is an invalid type for the primary key.',
    );
  });

  it('count 4 KB capacity units, and one for a row that is not there', async () => {
    await running.client.putRow({
      tableName: 'reads',
      condition: always(),
      primaryKey: [{ id: 'heavy' }],
      attributeColumns: [{ a: 'x'.repeat(9_000) }],
    });
    const unitsOf = async (id: string) =>
      (await running.client.getRow({ tableName: 'reads', primaryKey: [{ id }] })).consumed.capacityUnit;
    expect(await unitsOf('heavy')).toMatchObject({ read: 3, write: 0 });
    expect(await unitsOf('absent')).toMatchObject({ read: 1, write: 0 });
  });
});
