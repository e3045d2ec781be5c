import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windableClock, type WindableClock } from '../../../local/clock';
import {
  startTablestore,
  type TablestoreOptions,
  type TablestoreServer,
} from '../../../local/tablestore/server';
import { TableStore, type Params, type SdkClient } from './sdk';

export const ACCESS_KEY = { accessKeyId: 'LTAItest', secretAccessKey: 'test-secret' } as const;
export const INSTANCE = 'testbed';

export interface Running {
  readonly server: TablestoreServer;
  readonly client: SdkClient;
  readonly clock: WindableClock;
  readonly directory: string;
  readonly log: string[];
  /** Closes the server and starts another on the same directory. */
  restart(): Promise<Running>;
  stop(): Promise<void>;
}

/** A real server on a loopback port over a directory of its own, and the official SDK pointed at it. */
export async function startRunning(options: Partial<TablestoreOptions> = {}): Promise<Running> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'tablestore-test-')));
  const clock = (options.clock as WindableClock | undefined) ?? windableClock();
  const log: string[] = [];
  const server = await startTablestore({
    port: 0,
    directory,
    instance: INSTANCE,
    credential: (id) => (id === ACCESS_KEY.accessKeyId ? { secret: ACCESS_KEY.secretAccessKey } : undefined),
    clock,
    log: (line) => log.push(line),
    ...options,
  });
  return {
    server,
    client: clientOf(server.url),
    clock,
    directory,
    log,
    async restart() {
      await server.close();
      return startRunning({ ...options, directory, clock });
    },
    async stop() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function clientOf(url: string, config: Params = {}): SdkClient {
  return new TableStore.Client({
    ...ACCESS_KEY,
    endpoint: url,
    instancename: INSTANCE,
    maxRetries: 0,
    ...config,
  });
}

/** A table with the given key columns (1 = INTEGER, 2 = STRING, 3 = BINARY). */
export async function createTable(
  client: SdkClient,
  tableName: string,
  key: Params[],
  more: Params = {},
): Promise<void> {
  await client.createTable({
    tableMeta: {
      tableName,
      primaryKey: key,
      ...(more['definedColumn'] ? { definedColumn: more['definedColumn'] } : {}),
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1, ...(more['tableOptions'] as Params | undefined) },
    ...(more['indexMetas'] ? { indexMetas: more['indexMetas'] } : {}),
  });
}

/** A client whose requests carry extra protobuf bytes: fields that the service knows and the SDK does not. */
export function appendToBody(url: string, bytes: readonly number[]): SdkClient {
  const client = clientOf(url);
  const listen = client.setupRequestListeners.bind(client);
  client.setupRequestListeners = (request) => {
    listen(request);
    request.addListener('build', ({ httpRequest }) => {
      httpRequest.body = Buffer.concat([httpRequest.body, Buffer.from(bytes)]);
      httpRequest.headers['x-ots-contentmd5'] = createHash('md5').update(httpRequest.body).digest('base64');
    });
  };
  return client;
}
