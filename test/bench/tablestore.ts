import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTablestore } from '../../local/tablestore/server';
import { ifExists, ifMissing, int, TableStore, type SdkClient } from '../local/tablestore/sdk';

/*
 * How fast the local Tablestore is through the official SDK, over loopback, with the server in a process of its own:
 * `npm run bench:tablestore`. The child is this same file, told where to keep its data.
 */
const SERVE = '--serve';
const INSTANCE = 'bench';
const KEY = { accessKeyId: 'bench', secretAccessKey: 'bench-secret' };
const PAGE_ROWS = 100;

interface Load {
  readonly name: string;
  /** Round trips with one, and with 50, in flight. */
  readonly rounds: Readonly<Record<1 | 50, number>>;
  readonly call: (client: SdkClient, round: number) => Promise<unknown>;
}

const pending = new TableStore.SingleColumnCondition(
  'state',
  'pending',
  TableStore.ComparatorType.EQUAL,
  false,
);

/** A row of 330 bytes: names and values. */
const attributes = (): object[] => [
  { state: 'pending' },
  { version: int(1) },
  { created: int(1_760_000_000_000) },
  { document: 'x'.repeat(250) },
];
const keyOf = (load: string, round: number): object[] => [
  { shard: `${load}-${round % 16}` },
  { id: int(round) },
];

let unique = 0;
const loads: readonly Load[] = [
  {
    name: 'conditional put',
    rounds: { 1: 2_000, 50: 20_000 },
    call: (client) =>
      client.putRow({
        tableName: 'bench',
        condition: ifMissing(),
        primaryKey: keyOf('put', unique++),
        attributeColumns: attributes(),
      }),
  },
  {
    name: 'get',
    rounds: { 1: 2_000, 50: 20_000 },
    call: (client, round) => client.getRow({ tableName: 'bench', primaryKey: keyOf('put', round) }),
  },
  {
    name: 'conditional update with increment',
    rounds: { 1: 2_000, 50: 20_000 },
    call: (client, round) =>
      client.updateRow({
        tableName: 'bench',
        condition: ifExists(pending),
        primaryKey: keyOf('put', round),
        updateOfAttributeColumns: [{ PUT: [{ holder: 'bench' }] }, { INCREMENT: [{ version: int(1) }] }],
      }),
  },
  {
    name: `range page of ${PAGE_ROWS} rows`,
    rounds: { 1: 300, 50: 2_000 },
    call: async (client) => {
      const page = await client.getRange({
        tableName: 'bench',
        direction: 'FORWARD',
        inclusiveStartPrimaryKey: [{ shard: 'put-0' }, { id: TableStore.INF_MIN }],
        exclusiveEndPrimaryKey: [{ shard: 'put-0' }, { id: TableStore.INF_MAX }],
        limit: PAGE_ROWS,
      });
      if (page.rows.length !== PAGE_ROWS) throw new Error(`A page of ${page.rows.length} rows`);
    },
  },
];

async function serve(directory: string): Promise<void> {
  const server = await startTablestore({
    port: 0,
    directory,
    instance: INSTANCE,
    credential: (id) => (id === KEY.accessKeyId ? { secret: KEY.secretAccessKey } : undefined),
    clock: { nowMs: Date.now },
  });
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.send?.(server.url);
}

async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'tablestore-bench-'));
  const child = fork(__filename, [SERVE, directory], { stdio: 'inherit' });
  try {
    const [url] = (await once(child, 'message')) as [string];
    const client = new TableStore.Client({ ...KEY, endpoint: url, instancename: INSTANCE, maxRetries: 0 });
    await createTable(client);
    for (const load of loads) await callAll(client, load, load.rounds[50] / 10, 50);
    print(['round trip', 'in flight', 'per second', 'client us', 'server us']);
    for (const inFlight of [1, 50] as const) {
      for (const load of loads) print(await measure(client, child, load, inFlight));
    }
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  }
}

async function createTable(client: SdkClient): Promise<void> {
  await client.createTable({
    tableMeta: {
      tableName: 'bench',
      primaryKey: [
        { name: 'shard', type: 2 },
        { name: 'id', type: 1 },
      ],
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1 },
  });
}

async function measure(
  client: SdkClient,
  child: ChildProcess,
  load: Load,
  inFlight: 1 | 50,
): Promise<string[]> {
  const rounds = load.rounds[inFlight];
  const serverBefore = await serverCpuUs(child);
  const clientBefore = cpuUs(process.cpuUsage());
  const startMs = performance.now();
  await callAll(client, load, rounds, inFlight);
  const seconds = (performance.now() - startMs) / 1000;
  const clientUs = (cpuUs(process.cpuUsage()) - clientBefore) / rounds;
  const serverUs = ((await serverCpuUs(child)) - serverBefore) / rounds;
  return [load.name, ...[inFlight, rounds / seconds, clientUs, serverUs].map((value) => value.toFixed(0))];
}

async function callAll(client: SdkClient, load: Load, rounds: number, inFlight: number): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let round = next++; round < rounds; round = next++) await load.call(client, round);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function serverCpuUs(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return cpuUs(usage);
}

function cpuUs({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}

function print([name = '', ...numbers]: readonly string[]): void {
  process.stdout.write(`${name.padEnd(36)}${numbers.map((value) => value.padStart(12)).join('')}\n`);
}

const [mode, directory] = process.argv.slice(2);
const finished = mode === SERVE && directory !== undefined ? serve(directory) : run();
finished.catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
