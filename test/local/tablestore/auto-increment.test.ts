import { afterEach, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, int, keyOf, refusal, TableStore } from './sdk';

let running: Running;
afterEach(() => running.stop());

async function started(): Promise<void> {
  const stoppedMs = Date.now();
  running = await startRunning({ clock: { nowMs: () => stoppedMs } });
  await createTable(running.client, 'messages', [
    { name: 'room', type: 2 },
    { name: 'seq', type: 1, option: 1 },
  ]);
}

async function post(room: string): Promise<number> {
  const { row } = await running.client.putRow({
    tableName: 'messages',
    condition: always(),
    primaryKey: [{ room }, { seq: TableStore.PK_AUTO_INCR }],
    attributeColumns: [{ text: 'hello' }],
    returnContent: { returnType: TableStore.ReturnType.Primarykey },
  });
  return Number(keyOf(row.primaryKey)[1]);
}

it('the server numbers rows in strictly rising order, also across a restart', async () => {
  await started();
  const numbers = [await post('a'), await post('a'), await post('b')];
  running = await running.restart();
  numbers.push(await post('a'), ...(await Promise.all(Array.from({ length: 20 }, () => post('a')))));
  expect(numbers.length).toBe(24);
  expect(new Set(numbers).size).toBe(24);
  const oneByOne = numbers.slice(0, 4);
  expect(oneByOne).toEqual(oneByOne.toSorted((a, b) => a - b));
});

it('a numbered row is read and updated by the number that was given back', async () => {
  await started();
  const primaryKey = [{ room: 'a' }, { seq: int(await post('a')) }];
  await running.client.updateRow({
    tableName: 'messages',
    condition: always(),
    primaryKey,
    updateOfAttributeColumns: [{ PUT: [{ text: 'edited' }] }],
  });
  expect(columnsOf((await running.client.getRow({ tableName: 'messages', primaryKey })).row)).toEqual({
    text: 'edited',
  });
});

it('only an INTEGER column after the first can be numbered by the server, and only where a row is put', async () => {
  await started();
  const create = (key: object[]) => refusal(createTable(running.client, 'refused', key as []));
  expect(await create([{ name: 'a', type: 1, option: 1 }])).toContain('OTSParameterInvalid');
  expect(
    await create([
      { name: 'a', type: 2 },
      { name: 'b', type: 2, option: 1 },
    ]),
  ).toContain('OTSParameterInvalid');
  const auto = { tableName: 'messages', primaryKey: [{ room: 'a' }, { seq: TableStore.PK_AUTO_INCR }] };
  expect(await refusal(running.client.getRow(auto))).toContain('OTSParameterInvalid');
  expect(await refusal(running.client.deleteRow({ ...auto, condition: always() }))).toContain(
    'OTSParameterInvalid',
  );
});
