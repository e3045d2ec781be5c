import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type Cloud } from '../../local/cloud/cloud';
import type { Random } from '../../local/estates/random';
import { startTablestore } from '../../local/tablestore/server';
import { directoryReader } from '../../shared/alicloud/directory-reader';
import { factsReader } from '../../shared/alicloud/facts-reader';
import { providerClient } from '../../shared/alicloud/provider-client';
import { sharingProvider } from '../../shared/alicloud/sharing-provider';
import type {
  Aggregates,
  DirectoryReader,
  DueQueue,
  Leases,
  Lists,
  SharingProvider,
} from '../../shared/flow/ports';
import type { PreflightMeans } from '../../shared/flow/preflight';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { createTables } from '../../shared/tablestore/create-tables';
import { openDueQueue } from '../../shared/tablestore/due-queue';
import { openLeases } from '../../shared/tablestore/leases';
import { openLists } from '../../shared/tablestore/lists';
import { openRows } from '../../shared/tablestore/open-rows';
import type { Rows } from '../../shared/tablestore/rows';
import { TINY } from '../../local/estates/tiny';
import type { WindableClock } from '../../local/clock';
import { configurationAt } from '../shared/alicloud/outside';
import { castFrom, estate, PLACE, type Cast } from './estate';
import { standingClock } from './standing-clock';

const INSTANCE = 'simulation';

/** What a function would open, each time with fresh credentials. */
export interface Ports {
  rows: Rows;
  aggregates: Aggregates;
  lists: Lists;
  leases: Leases;
  due: DueQueue;
  provider: SharingProvider;
  directory: DirectoryReader;
  clock: WindableClock;
  places: (typeof PLACE)[];
  preflight: PreflightMeans;
  newId: () => string;
}

export interface Stage {
  cloud: Cloud;
  clock: WindableClock;
  positions: Record<string, string>;
  cast: Cast;
  /** Names of every share that we ever meant to create. */
  names: Set<string>;
  /** `through` stands between a process and the store; `deadlineMs` is what one call to the provider may take. */
  ports(through?: (rows: Rows) => Rows, deadlineMs?: number): Ports;
  close(): Promise<void>;
}

/** A local cloud and a local Tablestore under a clock that stands still, over an estate drawn at random. */
export async function openStage(random: Random): Promise<Stage> {
  const clock = standingClock();
  const { world, positions } = estate(clock.nowMs(), random);
  const cloud = await startCloud({ world, clock, rateLimits: 'off' });
  const directory = await mkdtemp(join(tmpdir(), 'simulation-'));
  const server = await startTablestore({
    port: 0,
    directory,
    instance: INSTANCE,
    credential: (accessKeyId) => cloud.credential(accessKeyId),
    clock,
  });
  const tablestore = { endpoint: server.url, instance: INSTANCE };
  await createTables(tablestore, cloud.roleCredentials(TINY.management, 'sharekeeper'));
  const names = new Set<string>();
  return {
    cloud,
    clock,
    positions,
    cast: castFrom(random),
    names,
    ports(through = (rows) => rows, deadlineMs = 10_000) {
      const credentials = cloud.roleCredentials(TINY.management, 'sharekeeper');
      const rows = through(openRows(tablestore, credentials));
      const client = providerClient(
        configurationAt({ '*/*': cloud.endpoints[TINY.regionId] ?? '' }),
        { accountId: TINY.management, regionId: TINY.regionId, credentials },
        clock,
        { random: () => 0, deadlineMs },
      );
      return {
        rows,
        aggregates: openAggregates(rows, clock),
        lists: openLists(rows),
        leases: openLeases(rows, clock),
        due: openDueQueue(rows),
        provider: sharingProvider(client),
        directory: directoryReader(client),
        clock,
        places: [PLACE],
        preflight: {
          facts: async () => factsReader(client),
          typeOverrides: {},
          settings: {
            externalSharing: true,
            sharesPerAccountMax: 1_000,
            sharedResourcesPerAccountMax: 1_000,
          },
        },
        newId: () => newId(names),
      };
    },
    async close() {
      await server.close();
      await cloud.close();
      await rm(directory, { recursive: true, force: true });
      clock.giveBack();
    },
  };
}

function newId(names: Set<string>): string {
  const id = `n${String(names.size + 1).padStart(4, '0')}`;
  names.add(`sharekeeper-${id}`);
  return id;
}
