import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock';
import { exchange, type ExchangeContext } from './exchange';
import { openInstance } from './instance';
import { limits } from './limits';

export interface TablestoreOptions {
  /** 0 = any free port. The server always listens on 127.0.0.1. */
  port: number;
  /** Where the data is kept; created when missing. */
  directory: string;
  /** The x-ots-instancename that is served. */
  instance: string;
  /** The key's secret, with the STS token it must come with when it is temporary; undefined = unknown key. */
  credential: (accessKeyId: string) => { secret: string; securityToken?: string } | undefined;
  /** Checks the date of requests, gives cells their versions, ends their life. */
  clock: Clock;
  log?: (line: string) => void;
  /** Observes every request before it is carried out. */
  onRequest?: (operation: string) => void;
}

export interface TablestoreServer {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, answers those that are complete, ends all connections and frees the directory. */
  close(): Promise<void>;
}

/**
 * Starts a server that speaks Tablestore's protocol over the data in a directory. Rejects with an Error that says what to do
 * when the port is taken, or the directory is in use by another process or cannot be used.
 */
export async function startTablestore(options: TablestoreOptions): Promise<TablestoreServer> {
  const log = options.log ?? (() => undefined);
  const served = await openInstance(options.directory, options.clock, log);
  const context: ExchangeContext = {
    served,
    log,
    instance: options.instance,
    credential: options.credential,
    clock: options.clock,
    onRequest: options.onRequest ?? (() => undefined),
    underWay: new Set(),
  };
  const timeouts = {
    requestTimeout: limits.requestMs,
    headersTimeout: limits.headersMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.headersMs,
  };
  const server = createServer(timeouts, (request, response) => void exchange(request, response, context));
  try {
    server.listen(options.port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    await served.store.close();
    throw listenFailure(options.port, error);
  }
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.close();
      await Promise.race([Promise.all(context.underWay), delay(limits.closeMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await served.store.close();
    },
  };
}

function listenFailure(port: number, error: unknown): Error {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? new Error(`Port ${port} is taken. Stop what listens there, or choose another port.`, { cause: error })
    : new Error(`Port ${port} cannot be listened on: ${String(error)}`, { cause: error });
}
