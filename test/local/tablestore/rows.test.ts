import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, ifExists, ifMissing, int, keyOf, refusal, TableStore } from './sdk';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
  await createTable(running.client, 'people', [
    { name: 'team', type: 2 },
    { name: 'number', type: 1 },
  ]);
});
afterAll(() => running.stop());

const ada = [{ team: 'ada' }, { number: int(1) }];
const put = (primaryKey: object[], attributeColumns: object[], condition = always()) =>
  running.client.putRow({ tableName: 'people', condition, primaryKey, attributeColumns });
const get = async (primaryKey: object[]) =>
  (await running.client.getRow({ tableName: 'people', primaryKey })).row;

describe('rows', () => {
  it('gives back every type of value as it was put', async () => {
    await put(ada, [
      { i: int('-9223372036854775808') },
      { d: 5.5 },
      { b: true },
      { s: 'Grüße 😀' },
      { x: Buffer.from([0, 255, 1]) },
    ]);
    const row = await get(ada);
    expect(keyOf(row.primaryKey)).toEqual(['ada', '1']);
    expect(columnsOf(row)).toEqual({
      i: '-9223372036854775808',
      d: 5.5,
      b: true,
      s: 'Grüße 😀',
      x: '00ff01',
    });
  });

  it('answers a missing row with an empty row', async () => {
    expect(await get([{ team: 'nobody' }, { number: int(0) }])).toEqual({});
  });

  it('replaces the whole row on put and merges on update', async () => {
    const key = [{ team: 'merge' }, { number: int(1) }];
    await put(key, [{ a: 'one' }, { b: 'two' }]);
    await put(key, [{ c: 'three' }]);
    expect(columnsOf(await get(key))).toEqual({ c: 'three' });
    await running.client.updateRow({
      tableName: 'people',
      condition: ifExists(),
      primaryKey: key,
      updateOfAttributeColumns: [{ PUT: [{ a: 'four' }] }, { DELETE_ALL: ['c'] }],
    });
    expect(columnsOf(await get(key))).toEqual({ a: 'four' });
  });

  it('refuses a put over a row that was expected to be missing, and leaves that row alone', async () => {
    const key = [{ team: 'once' }, { number: int(1) }];
    await put(key, [{ a: 'first' }], ifMissing());
    expect(await refusal(put(key, [{ a: 'second' }], ifMissing()))).toBe(
      'OTSConditionCheckFail: Condition check failed.',
    );
    expect(columnsOf(await get(key))).toEqual({ a: 'first' });
  });

  it('deletes a row, and does not mind when there is none', async () => {
    const key = [{ team: 'gone' }, { number: int(1) }];
    await put(key, [{ a: 'x' }]);
    const remove = () =>
      running.client.deleteRow({ tableName: 'people', condition: always(), primaryKey: key });
    await remove();
    await remove();
    expect(await get(key)).toEqual({});
  });

  it('lets exactly one of 50 writers at once win a condition', async () => {
    const key = [{ team: 'race' }, { number: int(1) }];
    await put(key, [{ state: 'pending' }]);
    const isPending = new TableStore.SingleColumnCondition(
      'state',
      'pending',
      TableStore.ComparatorType.EQUAL,
      false,
    );
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, writer) =>
        refusal(
          running.client.updateRow({
            tableName: 'people',
            condition: ifExists(isPending),
            primaryKey: key,
            updateOfAttributeColumns: [{ PUT: [{ state: 'decided' }, { by: int(writer) }] }],
          }),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'not refused')).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => outcome === 'OTSConditionCheckFail: Condition check failed.'),
    ).toHaveLength(49);
    const winner = outcomes.indexOf('not refused');
    expect(columnsOf(await get(key))).toEqual({ state: 'decided', by: String(winner) });
  });
});
