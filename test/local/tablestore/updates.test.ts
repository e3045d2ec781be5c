import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, ifExists, int, keyOf, refusal, TableStore, type Params } from './sdk';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
  await createTable(running.client, 'counters', [{ name: 'id', type: 2 }]);
});
afterAll(() => running.stop());

const update = (id: string, changes: object[], more: Params = {}) =>
  running.client.updateRow({
    tableName: 'counters',
    condition: always(),
    primaryKey: [{ id }],
    updateOfAttributeColumns: changes,
    ...more,
  });
const put = (id: string, attributeColumns: object[]) =>
  running.client.putRow({
    tableName: 'counters',
    condition: always(),
    primaryKey: [{ id }],
    attributeColumns,
  });
const get = async (id: string) =>
  (await running.client.getRow({ tableName: 'counters', primaryKey: [{ id }] })).row;

describe('updates', () => {
  it('count from nothing, up and down, and give back what was asked for', async () => {
    await update('n', [{ INCREMENT: [{ n: int(10) }] }]);
    const returnContent = { returnType: TableStore.ReturnType.AfterModify, returnColumns: ['n'] };
    const { row } = await update('n', [{ INCREMENT: [{ n: int(-30) }] }, { PUT: [{ m: 'x' }] }], {
      returnContent,
    });
    expect(columnsOf(row)).toEqual({ n: '-20' });
    expect(columnsOf(await get('n'))).toEqual({ m: 'x', n: '-20' });
  });

  it('add up when 50 writers increment at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => update('sum', [{ INCREMENT: [{ n: int(2) }] }])));
    expect(columnsOf(await get('sum'))).toEqual({ n: '100' });
  });

  it('refuse to count past int64, on a string, by a double, or twice, and change nothing', async () => {
    await put('limit', [{ n: int('9223372036854775807') }, { s: 'text' }]);
    for (const changes of [
      [{ PUT: [{ s: 'changed' }] }, { INCREMENT: [{ n: int(1) }] }],
      [{ INCREMENT: [{ s: int(1) }] }],
      [{ INCREMENT: [{ n: 1.5 }] }],
      [{ INCREMENT: [{ m: int(1) }] }, { INCREMENT: [{ m: int(1) }] }],
    ]) {
      expect(await refusal(update('limit', changes))).toContain('OTSParameterInvalid');
    }
    expect(columnsOf(await get('limit'))).toEqual({ n: '9223372036854775807', s: 'text' });
  });

  it('give back the key when it is asked for', async () => {
    const returnContent = { returnType: TableStore.ReturnType.Primarykey };
    const { row } = await update('back', [{ PUT: [{ a: 'x' }] }], { returnContent });
    expect(keyOf(row.primaryKey)).toEqual(['back']);
  });

  it('that only delete create no row, and leave a row that was there with its key', async () => {
    await update('nothing', [{ DELETE_ALL: ['a'] }]);
    expect(await get('nothing')).toEqual({});
    await put('something', [{ a: 'x' }]);
    await update('something', [{ DELETE_ALL: ['a'] }]);
    expect((await get('something')).primaryKey).toBeDefined();
  });

  it('without any column are refused', async () => {
    expect(await refusal(update('empty', []))).toBe('OTSParameterInvalid: Attribute column is missing.');
  });

  it('change nothing when the condition fails', async () => {
    await put('guarded', [{ state: 'done' }, { n: int(1) }]);
    const pending = new TableStore.SingleColumnCondition(
      'state',
      'pending',
      TableStore.ComparatorType.EQUAL,
      false,
    );
    const changes = [{ INCREMENT: [{ n: int(1) }] }];
    const failed = 'OTSConditionCheckFail: Condition check failed.';
    expect(await refusal(update('guarded', changes, { condition: ifExists(pending) }))).toBe(failed);
    expect(await refusal(update('absent', changes, { condition: ifExists() }))).toBe(failed);
    expect(columnsOf(await get('guarded'))).toEqual({ state: 'done', n: '1' });
    expect(await get('absent')).toEqual({});
  });

  it('refuse names and values that the service refuses, in its words', async () => {
    const attributes = Array.from({ length: 1025 }, (_, at) => ({ [`c${at}`]: true }));
    expect(await refusal(put('wide', attributes))).toBe(
      'OTSParameterInvalid: The number of attribute columns exceeds the limit, limit count: 1024, column count: 1025.',
    );
    expect(await refusal(put('large', [{ attr: Buffer.alloc(2 * 1024 * 1024 + 1) }]))).toBe(
      "OTSParameterInvalid: The length of attribute column: 'attr' exceeds the MaxLength:2097152 with CurrentLength:2097153.",
    );
    expect(await refusal(put('named', [{ '#a': 'x' }]))).toBe(
      "OTSParameterInvalid: Invalid column name: '#a'.",
    );
    await put('widest', attributes.slice(1));
    expect(Object.keys(columnsOf(await get('widest')))).toHaveLength(1024);
  });
});
