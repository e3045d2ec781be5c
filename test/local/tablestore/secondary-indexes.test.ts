import { afterEach, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, columnsOf, int, keyOf, refusal, TableStore } from './sdk';

let running: Running;
afterEach(() => running.stop());

const byOwner = {
  name: 'by_owner',
  primaryKey: ['owner'],
  definedColumn: ['size'],
  indexUpdateMode: 0,
  indexType: 0,
};

async function started(indexMetas: object[]): Promise<void> {
  running = await startRunning();
  await createTable(running.client, 'files', [{ name: 'path', type: 2 }], {
    definedColumn: [
      { name: 'owner', type: 4 },
      { name: 'size', type: 1 },
    ],
    ...(indexMetas.length > 0 ? { indexMetas } : {}),
  });
}

const put = (path: string, attributeColumns: object[]) =>
  running.client.putRow({
    tableName: 'files',
    condition: always(),
    primaryKey: [{ path }],
    attributeColumns,
  });
const readIndex = async () => {
  const { INF_MIN, INF_MAX } = TableStore;
  const { rows } = await running.client.getRange({
    tableName: 'by_owner',
    direction: 'FORWARD',
    inclusiveStartPrimaryKey: [{ owner: INF_MIN }, { path: INF_MIN }],
    exclusiveEndPrimaryKey: [{ owner: INF_MAX }, { path: INF_MAX }],
  });
  return rows.map((row) => [...keyOf(row.primaryKey), columnsOf(row)['size']]);
};

it('an index follows its table: put, update, delete, and rows without the column', async () => {
  await started([byOwner]);
  await put('/b', [{ owner: 'ada' }, { size: int(1) }, { other: 'x' }]);
  await put('/a', [{ owner: 'bob' }, { size: int(2) }]);
  await put('/c', [{ size: int(3) }]);
  expect(await readIndex()).toEqual([
    ['ada', '/b', '1'],
    ['bob', '/a', '2'],
  ]);
  await running.client.updateRow({
    tableName: 'files',
    condition: always(),
    primaryKey: [{ path: '/b' }],
    updateOfAttributeColumns: [{ PUT: [{ owner: 'cyd' }] }, { INCREMENT: [{ size: int(10) }] }],
  });
  await running.client.deleteRow({ tableName: 'files', condition: always(), primaryKey: [{ path: '/a' }] });
  expect(await readIndex()).toEqual([['cyd', '/b', '11']]);
  const { row } = await running.client.getRow({
    tableName: 'by_owner',
    primaryKey: [{ owner: 'cyd' }, { path: '/b' }],
  });
  expect(columnsOf(row)).toEqual({ size: '11' });
});

it('an index is described with its table, and can be dropped and made again over the rows that are there', async () => {
  await started([]);
  await put('/a', [{ owner: 'ada' }, { size: int(1) }]);
  await running.client.createIndex({ mainTableName: 'files', indexMeta: byOwner, includeBaseData: true });
  const { indexMetas } = await running.client.describeTable({ tableName: 'files' });
  expect(JSON.parse(JSON.stringify(indexMetas))).toMatchObject([
    { name: 'by_owner', primaryKey: ['owner', 'path'], definedColumn: ['size'] },
  ]);
  expect(await readIndex()).toEqual([['ada', '/a', '1']]);
  await running.client.dropIndex({ mainTableName: 'files', indexName: 'by_owner' });
  expect(await refusal(readIndex())).toBe('OTSObjectNotExist: Requested table does not exist.');
  await running.client.createIndex({ mainTableName: 'files', indexMeta: byOwner, includeBaseData: false });
  expect(await readIndex()).toEqual([]);
});

it('an index cannot be written, be over an unknown column, or have a taken name', async () => {
  await started([byOwner]);
  const write = running.client.putRow({
    tableName: 'by_owner',
    condition: always(),
    primaryKey: [{ owner: 'x' }, { path: 'y' }],
    attributeColumns: [],
  });
  expect(await refusal(write)).toContain('OTSObjectNotExist');
  const create = (indexMeta: object) =>
    refusal(running.client.createIndex({ mainTableName: 'files', indexMeta, includeBaseData: false }));
  expect(await create({ ...byOwner, name: 'bad', primaryKey: ['nope'] })).toContain('OTSParameterInvalid');
  expect(await create(byOwner)).toContain('OTSObjectAlreadyExist');
  expect(await refusal(createTable(running.client, 'by_owner', [{ name: 'a', type: 2 }]))).toContain(
    'OTSObjectAlreadyExist',
  );
});
