import { afterEach, describe, expect, it } from 'vitest';
import { createTable, startRunning, type Running } from './running';
import { always, int, refusal } from './sdk';

let running: Running;
const started = async (): Promise<Running> => (running = await startRunning());
afterEach(() => running.stop());

const KEY = [{ name: 'id', type: 2 }];

describe('tables', () => {
  it('are created, described, listed and deleted', async () => {
    const { client } = await started();
    await createTable(client, 'b_table', [
      { name: 'text', type: 2 },
      { name: 'number', type: 1 },
      { name: 'bytes', type: 3 },
    ]);
    await createTable(client, 'a_table', KEY);
    expect((await client.listTable({})).tableNames).toEqual(['a_table', 'b_table']);
    const described = await client.describeTable({ tableName: 'b_table' });
    expect(described.tableMeta.primaryKey.map(({ name, type }) => [name, type])).toEqual([
      ['text', 2],
      ['number', 1],
      ['bytes', 3],
    ]);
    expect(described.tableOptions).toMatchObject({ timeToLive: -1, maxVersions: 1, allowUpdate: true });
    expect(described.tableOptions.deviationCellVersionInSec.toNumber()).toBe(86_400);
    expect(described.tableStatus).toBe(1);
    await client.deleteTable({ tableName: 'b_table' });
    expect((await client.listTable({})).tableNames).toEqual(['a_table']);
    expect(await refusal(client.describeTable({ tableName: 'b_table' }))).toBe(
      'OTSObjectNotExist: Requested table does not exist.',
    );
  });

  it('cannot be created twice', async () => {
    const { client } = await started();
    await createTable(client, 'twice', KEY);
    expect(await refusal(createTable(client, 'twice', KEY))).toBe(
      'OTSObjectAlreadyExist: Requested table already exists.',
    );
  });

  it('are empty when created again under a deleted name', async () => {
    const { client } = await started();
    const put = {
      tableName: 'again',
      condition: always(),
      primaryKey: [{ id: 'x' }],
      attributeColumns: [{ a: 'old' }],
    };
    await createTable(client, 'again', KEY);
    await client.putRow(put);
    await client.deleteTable({ tableName: 'again' });
    await createTable(client, 'again', KEY);
    expect((await client.getRow({ tableName: 'again', primaryKey: [{ id: 'x' }] })).row).toEqual({});
  });

  it.each([
    ['', "Invalid table name: ''."],
    ['0', "Invalid table name: '0'."],
    ['#', "Invalid table name: '#'."],
    ['3t', "Invalid table name: '3t'."],
    ['a-b', "Invalid table name: 'a-b'."],
    ['T'.repeat(256), `Invalid table name: '${'T'.repeat(256)}'.`],
  ])('refuse the name %j', async (name, message) => {
    const { client } = await started();
    expect(await refusal(createTable(client, name, KEY))).toBe(`OTSParameterInvalid: ${message}`);
  });

  it('refuse a key of no columns, of five, and one column twice', async () => {
    const { client } = await started();
    const columns = (count: number): object[] =>
      Array.from({ length: count }, (_, at) => ({ name: `PK${at}`, type: 2 }));
    const range = 'OTSParameterInvalid: The number of primary key columns must be in range: [1, 4].';
    expect(await refusal(createTable(client, 'none', columns(0) as []))).toBe(range);
    expect(await refusal(createTable(client, 'five', columns(5) as []))).toBe(range);
    expect(await refusal(createTable(client, 'twin', [...columns(1), ...columns(1)] as []))).toBe(
      "OTSParameterInvalid: Duplicated primary key name: 'PK0'.",
    );
  });

  it('take new options at once, and refuse a TTL of less than a day', async () => {
    const { client } = await started();
    await createTable(client, 'options', KEY);
    await client.updateTable({ tableName: 'options', tableOptions: { timeToLive: 86_400, maxVersions: 3 } });
    expect((await client.describeTable({ tableName: 'options' })).tableOptions).toMatchObject({
      timeToLive: 86_400,
      maxVersions: 3,
    });
    expect(
      await refusal(client.updateTable({ tableName: 'options', tableOptions: { timeToLive: 3_600 } })),
    ).toContain('OTSParameterInvalid');
  });

  it('remember that a stream is wanted', async () => {
    const { client } = await started();
    await createTable(client, 'streamed', KEY);
    expect((await client.describeTable({ tableName: 'streamed' })).streamDetails).toBeNull();
    const streamSpecification = { enableStream: true, expirationTime: 48 };
    await client.updateTable({ tableName: 'streamed', tableOptions: {}, streamSpecification });
    expect((await client.describeTable({ tableName: 'streamed' })).streamDetails).toMatchObject({
      enableStream: true,
      expirationTime: 48,
    });
  });

  it('forbid UpdateRow when allowUpdate is false, and keep PutRow', async () => {
    const { client } = await started();
    await createTable(client, 'log', KEY, { tableOptions: { allowUpdate: false } });
    const row = { tableName: 'log', condition: always(), primaryKey: [{ id: 'x' }] };
    await client.putRow({ ...row, attributeColumns: [{ n: int(1) }] });
    expect(
      await refusal(client.updateRow({ ...row, updateOfAttributeColumns: [{ PUT: [{ n: int(2) }] }] })),
    ).toContain('OTSParameterInvalid');
  });

  it('are at most 64 in an instance', async () => {
    const { client } = await started();
    for (let at = 0; at < 64; at += 1) await createTable(client, `t${at}`, KEY);
    expect(await refusal(createTable(client, 'one_more', KEY))).toContain('OTSQuotaExhausted');
  });

  it('and their rows are there after a restart', async () => {
    let { client } = await started();
    await createTable(client, 'kept', KEY);
    await client.putRow({
      tableName: 'kept',
      condition: always(),
      primaryKey: [{ id: 'x' }],
      attributeColumns: [{ a: 'still here' }],
    });
    running = await running.restart();
    ({ client } = running);
    expect((await client.listTable({})).tableNames).toEqual(['kept']);
    const { row } = await client.getRow({ tableName: 'kept', primaryKey: [{ id: 'x' }] });
    expect(row.attributes?.[0]?.columnValue).toBe('still here');
  });
});
