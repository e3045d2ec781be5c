import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WindableClock } from '../../../local/clock';
import type { Cloud } from '../../../local/cloud/cloud';
import type { World } from '../../../local/cloud/world';
import { startTablestore } from '../../../local/tablestore/server';
import type { ProviderClient } from '../../../shared/alicloud/provider-client';
import type { StreamEvent } from '../../../shared/domain/audit/event';
import type { Aggregates, Leases, Lists } from '../../../shared/flow/ports';
import { openAggregates } from '../../../shared/tablestore/aggregates';
import { createTables } from '../../../shared/tablestore/create-tables';
import { openLeases } from '../../../shared/tablestore/leases';
import { openLists } from '../../../shared/tablestore/lists';
import { openRows, type Credentials } from '../../../shared/tablestore/open-rows';
import { openOutbox } from '../../../shared/tablestore/outbox';
import { startTiny, TINY } from '../alicloud/tiny-cloud';

const INSTANCE = 'sharekeeper';

/** The tiny estate's cloud and a Tablestore of its own, and the adapters that a function would open on them. */
export interface Installation {
  cloud: Cloud;
  clock: WindableClock;
  tablestore: { endpoint: string; instance: string };
  credentials: Credentials;
  aggregates: Aggregates;
  lists: Lists;
  leases: Leases;
  client: ProviderClient;
  /** Events of a stream that were written and not relayed: here, all that there ever were. */
  events(stream: string): Promise<StreamEvent[]>;
  calls(action: string): number;
  close(): Promise<void>;
}

export async function startInstallation(
  change: (world: World, nowMs: number) => void = () => {},
): Promise<Installation> {
  const { cloud, clock, client, calls } = await startTiny(change);
  const directory = await mkdtemp(join(tmpdir(), 'sweeps-'));
  const server = await startTablestore({
    port: 0,
    directory,
    instance: INSTANCE,
    credential: (accessKeyId) => cloud.credential(accessKeyId),
    clock,
  });
  const credentials = cloud.roleCredentials(TINY.management, 'sharekeeper');
  const tablestore = { endpoint: server.url, instance: INSTANCE };
  await createTables(tablestore, credentials);
  const rows = openRows(tablestore, credentials);
  return {
    cloud,
    clock,
    tablestore,
    credentials,
    aggregates: openAggregates(rows, clock),
    lists: openLists(rows),
    leases: openLeases(rows, clock),
    client: client(),
    events: (stream) => openOutbox(rows).pending(stream),
    calls,
    async close() {
      await server.close();
      await cloud.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
