import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf, createTable } from './running';
import { always, columnsOf, ifMissing, int, keyOf, TableStore, type SdkClient } from './sdk';
import { buildCommand, startProcess, type ServerProcess } from './server-process';

let command: Awaited<ReturnType<typeof buildCommand>>;
let directory: string;
beforeAll(async () => {
  command = await buildCommand();
  directory = await mkdtemp(join(tmpdir(), 'tablestore-kill-'));
});
afterAll(async () => {
  await command.remove();
  await rm(directory, { recursive: true, force: true });
});

const WRITERS = 20;
const ACKNOWLEDGED_PER_ROUND = 250;

/** Writes from many sides until the server dies; what was acknowledged is written down, and the server killed in the middle. */
async function writeUntilKilled(
  server: ServerProcess,
  round: number,
): Promise<{ rows: string[]; counted: number[] }> {
  const client = clientOf(server.url);
  // The SDK waits for ever for an answer that was cut off, so every call ends with the process at the latest.
  const died = once(server.child, 'exit').then(() => Promise.reject(new Error('The server was killed')));
  const rows: string[] = [];
  const counted = Array.from({ length: WRITERS }, () => 0);
  let killed: Promise<unknown> | undefined;
  const writer = async (number: number): Promise<void> => {
    for (let at = 0; ; at += 1) {
      const id = `${round}-${number}-${at}`;
      const put = client.putRow({
        tableName: 'kept',
        condition: ifMissing(),
        primaryKey: [{ id }],
        attributeColumns: [{ a: 'x'.repeat(300) }],
      });
      await Promise.race([put, died]);
      rows.push(id);
      const count = client.updateRow({
        tableName: 'counters',
        condition: always(),
        primaryKey: [{ id: String(number) }],
        updateOfAttributeColumns: [{ INCREMENT: [{ n: int(1) }] }],
      });
      await Promise.race([count, died]);
      counted[number] = (counted[number] ?? 0) + 1;
      if (rows.length >= ACKNOWLEDGED_PER_ROUND) killed ??= server.end('SIGKILL');
    }
  };
  const outcomes = await Promise.allSettled(counted.map((_, number) => writer(number)));
  expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
  await killed;
  return { rows, counted };
}

async function storedIds(client: SdkClient): Promise<Set<string>> {
  const ids = new Set<string>();
  let start: object[] | null = [{ id: TableStore.INF_MIN }];
  while (start !== null) {
    const page: Awaited<ReturnType<SdkClient['getRange']>> = await client.getRange({
      tableName: 'kept',
      direction: 'FORWARD',
      inclusiveStartPrimaryKey: start,
      exclusiveEndPrimaryKey: [{ id: TableStore.INF_MAX }],
    });
    for (const row of page.rows) ids.add(String(keyOf(row.primaryKey)[0]));
    start = page.nextStartPrimaryKey?.map(({ name, value }) => ({ [name]: value })) ?? null;
  }
  return ids;
}

async function storedCounts(client: SdkClient): Promise<Map<string, number>> {
  const { rows } = await client.getRange({
    tableName: 'counters',
    direction: 'FORWARD',
    inclusiveStartPrimaryKey: [{ id: TableStore.INF_MIN }],
    exclusiveEndPrimaryKey: [{ id: TableStore.INF_MAX }],
  });
  return new Map(rows.map((row) => [String(keyOf(row.primaryKey)[0]), Number(columnsOf(row)['n'])]));
}

it('four rounds of kill -9 during acknowledged writes lose none, and count each acknowledged increment once', async () => {
  const acknowledged: string[] = [];
  const counted = Array.from({ length: WRITERS }, () => 0);
  let server = await startProcess(command.path, directory);
  for (const name of ['kept', 'counters'])
    await createTable(clientOf(server.url), name, [{ name: 'id', type: 2 }]);
  for (let round = 1; round <= 4; round += 1) {
    const written = await writeUntilKilled(server, round);
    acknowledged.push(...written.rows);
    written.counted.forEach((count, number) => (counted[number] = (counted[number] ?? 0) + count));
    server = await startProcess(command.path, directory);
    const stored = await storedIds(clientOf(server.url));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(written.rows.length).toBeGreaterThanOrEqual(ACKNOWLEDGED_PER_ROUND);
    const inStore = await storedCounts(clientOf(server.url));
    // Each kill can cut off the answer to one increment of a writer that was carried out.
    const wrong = counted.filter((count, number) => {
      const found = inStore.get(String(number)) ?? 0;
      return found < count || found > count + round;
    });
    expect(wrong).toEqual([]);
  }
  await server.end('SIGKILL');
}, 60_000);

it('a log that ends in a torn write opens, with everything before it', async () => {
  const torn = await mkdtemp(join(tmpdir(), 'tablestore-torn-'));
  try {
    let server = await startProcess(command.path, torn);
    await createTable(clientOf(server.url), 'kept', [{ name: 'id', type: 2 }]);
    await clientOf(server.url).putRow({
      tableName: 'kept',
      condition: always(),
      primaryKey: [{ id: 'before' }],
      attributeColumns: [],
    });
    await server.end('SIGKILL');
    const logs = (await readdir(torn)).filter((name) => name.endsWith('.log'));
    expect(logs).toHaveLength(1);
    await appendFile(
      join(torn, logs[0] ?? ''),
      Buffer.from([0x12, 0x34, 0x56, 0x78, 0xff, 0x7f, 0x01, 0xaa]),
    );
    server = await startProcess(command.path, torn);
    expect([...(await storedIds(clientOf(server.url)))]).toEqual(['before']);
    await server.end('SIGTERM');
  } finally {
    await rm(torn, { recursive: true, force: true });
  }
});
