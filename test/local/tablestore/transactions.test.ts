import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appendToBody, createTable, startRunning, type Running } from './running';
import { always, columnsOf, ifExists, int, keyOf, refusal, TableStore, type Params } from './sdk';

let running: Running;
beforeEach(async () => {
  running = await startRunning();
  const withTransactions = appendToBody(running.server.url, [0x40, 0x01]);
  await createTable(withTransactions, 't', [
    { name: 'part', type: 2 },
    { name: 'i', type: 1 },
  ]);
  await put(1, 'before');
});
afterEach(async () => {
  vi.useRealTimers();
  await running.stop();
});

const row = (i: number, part = 'p'): Params => ({ tableName: 't', primaryKey: [{ part }, { i: int(i) }] });
const put = (i: number, a: string, more: Params = {}) =>
  running.client.putRow({ ...row(i), condition: always(), attributeColumns: [{ a }], ...more });
const get = async (i: number, more: Params = {}) =>
  columnsOf((await running.client.getRow({ ...row(i), ...more })).row)['a'];
const start = async (part = 'p') =>
  (await running.client.startLocalTransaction({ tableName: 't', primaryKey: [{ part }] })).transactionId;
const range = async (more: Params = {}, direction = 'FORWARD') => {
  const ends = [
    [{ part: 'p' }, { i: TableStore.INF_MIN }],
    [{ part: 'p' }, { i: TableStore.INF_MAX }],
  ];
  const [inclusiveStartPrimaryKey, exclusiveEndPrimaryKey] =
    direction === 'FORWARD' ? ends : ends.toReversed();
  const page = await running.client.getRange({
    tableName: 't',
    direction,
    inclusiveStartPrimaryKey,
    exclusiveEndPrimaryKey,
    ...more,
  });
  return page.rows.map((found) => [keyOf(found.primaryKey)[1], columnsOf(found)['a']]);
};
const CONFLICT = 'OTSRowOperationConflict: Data is being modified by the other request.';
const ENDED = 'OTSSessionNotExist: Session not exist or may be timeout.';

it('what a transaction writes is seen inside at once, outside only when it commits', async () => {
  const transactionId = await start();
  await put(1, 'changed', { transactionId });
  await put(2, 'added', { transactionId });
  expect([await get(1, { transactionId }), await get(1)]).toEqual(['changed', 'before']);
  expect(await range({ transactionId })).toEqual([
    ['1', 'changed'],
    ['2', 'added'],
  ]);
  expect(await range({ transactionId }, 'BACKWARD')).toEqual([
    ['2', 'added'],
    ['1', 'changed'],
  ]);
  expect(await range()).toEqual([['1', 'before']]);
  await running.client.commitTransaction({ transactionId });
  expect(await range()).toEqual([
    ['1', 'changed'],
    ['2', 'added'],
  ]);
});

it('an aborted transaction leaves nothing', async () => {
  const transactionId = await start();
  await put(1, 'changed', { transactionId });
  await running.client.deleteRow({ ...row(1), condition: always(), transactionId });
  expect(await range({ transactionId })).toEqual([]);
  // The SDK always rejects here, because it decodes the answer as a request; the server has aborted all the same.
  await running.client.abortTransaction({ transactionId }).catch(() => undefined);
  expect(await range()).toEqual([['1', 'before']]);
  expect(await refusal(running.client.commitTransaction({ transactionId }))).toBe(ENDED);
});

it('holds its partition key against other writers and other transactions, and no other key', async () => {
  const transactionId = await start();
  expect(await refusal(put(1, 'outside'))).toBe(CONFLICT);
  expect(await refusal(start())).toBe(CONFLICT);
  const { tables } = await running.client.batchWriteRow({
    tables: [
      {
        tableName: 't',
        rows: ['p', 'q'].map((part) => ({
          type: 'PUT',
          condition: always(),
          primaryKey: [{ part }, { i: int(5) }],
          attributeColumns: [{ a: 'x' }],
        })),
      },
    ],
  });
  expect(tables.map((result) => [result.isOk, result.errorCode])).toEqual([
    [false, 'OTSRowOperationConflict'],
    [true, null],
  ]);
  await running.client.commitTransaction({ transactionId });
  await put(1, 'outside');
  expect(await get(1)).toBe('outside');
});

it('is over after 60 seconds, and its key is free again', async () => {
  const transactionId = await start();
  await put(1, 'late', { transactionId });
  running.clock.wind(60_001);
  vi.useFakeTimers({ toFake: ['Date'], now: running.clock.nowMs() });
  expect(await refusal(running.client.commitTransaction({ transactionId }))).toBe(ENDED);
  await put(2, 'free');
  expect(await range()).toEqual([
    ['1', 'before'],
    ['2', 'free'],
  ]);
});

it('checks conditions against its own writes, and batches write into it', async () => {
  const transactionId = await start();
  await put(3, 'new', { transactionId });
  const update = {
    type: 'UPDATE',
    condition: ifExists(),
    primaryKey: [{ part: 'p' }, { i: int(3) }],
    attributeColumns: [{ PUT: [{ a: 'newer' }] }],
  };
  const { tables } = await running.client.batchWriteRow({
    transactionId,
    tables: [{ tableName: 't', rows: [update] }],
  });
  expect(tables.map((result) => result.isOk)).toEqual([true]);
  await running.client.commitTransaction({ transactionId });
  expect(await get(3)).toBe('newer');
});

it('refuses rows of another partition key, unknown ids, and tables that were made without transactions', async () => {
  const transactionId = await start();
  const elsewhere = running.client.putRow({
    ...row(1, 'q'),
    condition: always(),
    attributeColumns: [{ a: 'x' }],
    transactionId,
  });
  expect(await refusal(elsewhere)).toContain('OTSParameterInvalid');
  expect(await refusal(put(1, 'x', { transactionId: 'nonsense' }))).toBe(
    'OTSParameterInvalid: TransactionID is invalid.',
  );
  await createTable(running.client, 'plain', [{ name: 'part', type: 2 }]);
  expect(
    await refusal(running.client.startLocalTransaction({ tableName: 'plain', primaryKey: [{ part: 'p' }] })),
  ).toBe(
    'OTSParameterInvalid: Try to call method using explicit transaction on explicit-transaction-disabled table.',
  );
});

it('holds 4 MB of writes and refuses more', async () => {
  const transactionId = await start();
  const large = 'x'.repeat(2_000_000);
  await put(1, large, { transactionId });
  await put(2, large, { transactionId });
  expect(await refusal(put(3, large, { transactionId }))).toContain('OTSParameterInvalid');
});
