import { afterEach, describe, expect, it, vi } from 'vitest';
import { windableClock, type WindableClock } from '../../../local/clock';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, ifMissing, int, printable, refusal, TableStore, type Params } from './sdk';

const DAY_MS = 86_400_000;
let running: Running;
afterEach(async () => {
  vi.useRealTimers();
  await running.stop();
});

const KEY = [{ id: 'x' }];

async function started(tableOptions: Params): Promise<Running> {
  running = await startRunning();
  await createTable(running.client, 'v', [{ name: 'id', type: 2 }], { tableOptions });
  return running;
}
const put = (attributeColumns: object[], id = 'x') =>
  running.client.putRow({ tableName: 'v', condition: always(), primaryKey: [{ id }], attributeColumns });
const update = (changes: object[]) =>
  running.client.updateRow({
    tableName: 'v',
    condition: always(),
    primaryKey: KEY,
    updateOfAttributeColumns: changes,
  });
const read = async (more: Params = {}) =>
  (await running.client.getRow({ tableName: 'v', primaryKey: KEY, ...more })).row;
const versions = async (more: Params = {}) =>
  (await read({ maxVersions: 10, ...more })).attributes?.map(({ columnName, columnValue, timestamp }) => [
    columnName,
    printable(columnValue),
    timestamp.toNumber(),
  ]) ?? [];

describe('versions', () => {
  it('are kept up to the table’s limit and read newest first', async () => {
    await started({ maxVersions: 3 });
    const now = running.clock.nowMs();
    for (const age of [3, 1, 4, 2]) await update([{ PUT: [{ a: `age ${age}`, timestamp: now - age }] }]);
    expect(await versions()).toEqual([
      ['a', 'age 1', now - 1],
      ['a', 'age 2', now - 2],
      ['a', 'age 3', now - 3],
    ]);
    expect(await versions({ maxVersions: 1 })).toEqual([['a', 'age 1', now - 1]]);
  });

  it('are chosen by time', async () => {
    await started({ maxVersions: 5 });
    const now = running.clock.nowMs();
    for (const age of [1, 2, 3]) await update([{ PUT: [{ a: `age ${age}`, timestamp: now - age }] }]);
    const within = { startTime: now - 3, endTime: now - 1 };
    expect((await versions({ timeRange: within })).map(([, value]) => value)).toEqual(['age 2', 'age 3']);
    expect((await versions({ timeRange: { specificTime: now - 2 } })).map(([, value]) => value)).toEqual([
      'age 2',
    ]);
    expect(await versions({ timeRange: { specificTime: now - 9 } })).toEqual([]);
  });

  it('are deleted one at a time', async () => {
    await started({ maxVersions: 5 });
    const now = running.clock.nowMs();
    for (const age of [1, 2]) await update([{ PUT: [{ a: `age ${age}`, timestamp: now - age }] }]);
    await update([{ DELETE: [{ a: now - 1 }] }]);
    expect((await versions()).map(([, value]) => value)).toEqual(['age 2']);
  });

  it('beyond a lowered limit are gone at once', async () => {
    await started({ maxVersions: 2 });
    const now = running.clock.nowMs();
    await update([{ PUT: [{ a: 'old', timestamp: now - 5 }] }]);
    await update([{ PUT: [{ a: 'new', timestamp: now - 1 }] }]);
    await running.client.updateTable({ tableName: 'v', tableOptions: { timeToLive: -1, maxVersions: 1 } });
    expect((await versions()).map(([, value]) => value)).toEqual(['new']);
  });

  it('may be a day away from the server’s time and no more', async () => {
    await started({});
    const now = running.clock.nowMs();
    await put([{ a: 'x', timestamp: now + DAY_MS - 60_000 }]);
    expect(await refusal(put([{ a: 'x', timestamp: now + DAY_MS + 60_000 }]))).toContain(
      'OTSParameterInvalid',
    );
    expect(await refusal(put([{ a: 'x', timestamp: now - DAY_MS - 60_000 }]))).toContain(
      'OTSParameterInvalid',
    );
  });

  it('never run backwards: a value written after a restart with a slower clock is the newest', async () => {
    await started({});
    windTo(running.clock, 30 * DAY_MS);
    await put([{ a: 'future' }]);
    await running.server.close();
    vi.useRealTimers();
    running = await startRunning({ directory: running.directory, clock: windableClock() });
    expect(running.log.join()).toContain('behind the data');
    await update([{ PUT: [{ a: 'present' }] }]);
    expect(columnsOf(await read())).toEqual({ a: 'present' });
  });
});

describe('time to live', () => {
  it('ends each cell by its own version, and the row with its last cell', async () => {
    await started({ timeToLive: 86_400 * 2, maxTimeDeviation: 86_400 * 9 });
    const now = running.clock.nowMs();
    await put([{ old: 'x', timestamp: now - DAY_MS }]);
    await update([{ PUT: [{ young: 'y' }] }]);
    expect(columnsOf(await read())).toEqual({ old: 'x', young: 'y' });
    windTo(running.clock, DAY_MS + 60_000);
    expect(columnsOf(await read())).toEqual({ young: 'y' });
    windTo(running.clock, DAY_MS);
    expect(await read()).toEqual({});
    const { rows } = await running.client.getRange({
      tableName: 'v',
      direction: 'FORWARD',
      inclusiveStartPrimaryKey: [{ id: TableStore.INF_MIN }],
      exclusiveEndPrimaryKey: [{ id: TableStore.INF_MAX }],
    });
    expect(rows).toEqual([]);
  });

  it('makes an expired row missing to conditions and to increments', async () => {
    await started({ timeToLive: 86_400 });
    await put([{ n: int(41) }]);
    windTo(running.clock, DAY_MS + 1_000);
    await running.client.updateRow({
      tableName: 'v',
      condition: ifMissing(),
      primaryKey: KEY,
      updateOfAttributeColumns: [{ INCREMENT: [{ n: int(1) }] }],
    });
    expect(columnsOf(await read())).toEqual({ n: '1' });
  });
});

/** Winds the server's clock, and the SDK's with it: it signs with the time that `Date` tells. */
function windTo(clock: WindableClock, byMs: number): void {
  clock.wind(byMs);
  vi.useFakeTimers({ toFake: ['Date'], now: clock.nowMs() });
}
