import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTables } from '../../shared/tablestore/create-tables';
import { windableClock, type WindableClock } from '../clock';
import { startCloud, type Cloud } from '../cloud/cloud';
import { estateNamed, type EstateName } from './estate-named';
import type { Estate } from '../estates/estate';
import type { FunctionHost } from '../functions/contract';
import { startFunctionHost } from '../functions/host';
import { startIssuer, type Issuer } from '../people/issuer';
import { startReceiver, type Receiver } from '../people/receiver';
import { startTablestore, type TablestoreServer } from '../tablestore/server';
import { FORM, readSaved, writeSaved, type SavedState } from './saved-state';

/** Everything that sharekeeper needs of the outside world, on loopback, with the built functions running in it. */
export interface Laptop {
  readonly clock: WindableClock;
  readonly cloud: Cloud;
  readonly tablestore: TablestoreServer;
  readonly host: FunctionHost;
  readonly issuer: Issuer;
  readonly receiver: Receiver;
  readonly estate: Estate;
  /** Whether the state of an earlier start was found. */
  readonly resumed: boolean;
  /** Lets the receiver believe deliveries that are signed with this secret, now and after a restart. */
  trustSecret(secret: string): void;
  stop(): Promise<void>;
}

export interface LaptopOptions {
  /** Where everything is kept. */
  directory: string;
  /** The repository's root: s.yaml and dist/ are there. */
  root: string;
  estate: EstateName;
  /** 'documented' = those of the README; 'any' = free ones. */
  ports: 'documented' | 'any';
  schedules: boolean;
  log: (functionName: string, line: string) => void;
  /** Observes every Tablestore operation before it is carried out. */
  onTablestoreRequest?: (operation: string) => void;
}

export const PORTS = {
  shareApi: 7100,
  functions: 7101,
  tablestore: 7102,
  issuer: 7103,
  receiver: 7104,
  control: 7105,
  central: 7110,
  firstRegion: 7111,
} as const;

const REGION_ID = 'cn-hangzhou';
const INSTANCE = 'sharekeeper';

/** Starts the laptop, from what was saved or from a new estate. Stops what it started when a part cannot start. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const { directory } = options;
  const saved = readSaved(directory);
  const clock = windableClock();
  const state: SavedState = saved ?? {
    form: FORM,
    estate: estateNamed(options.estate, clock.nowMs()),
    offsetMs: 0,
    webhookSecrets: [],
  };
  const port = (wanted: number) => (options.ports === 'documented' ? wanted : 0);
  const save = () => writeSaved(directory, { ...state, offsetMs: clock.offsetMs });
  const saveSoon = debounced(save);
  const installer = {
    accessKeyId: 'laptop-installer',
    accessKeySecret: randomBytes(16).toString('hex'),
    securityToken: '',
  };
  // Every other key is the local cloud's to know, once it has started.
  const known: { credential: Cloud['credential'] } = { credential: () => undefined };
  const parts: { close(): Promise<void> }[] = [];
  const started = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    parts.unshift(part);
    return part;
  };
  const close = async () => {
    for (const part of parts) await part.close();
  };

  try {
    const { estate } = state;
    const regionIds = Object.keys(estate.world.regions);
    // The tables are made before the clock is wound to where it was: this process itself lives in the machine's time.
    const tablestore = started(
      await startTablestore({
        port: port(PORTS.tablestore),
        directory: join(directory, 'tablestore'),
        instance: INSTANCE,
        credential: (accessKeyId) =>
          accessKeyId === installer.accessKeyId
            ? { secret: installer.accessKeySecret }
            : known.credential(accessKeyId),
        clock,
        ...(options.onTablestoreRequest === undefined ? {} : { onRequest: options.onTablestoreRequest }),
      }),
    );
    await createTables({ endpoint: tablestore.url, instance: INSTANCE }, installer);
    clock.wind(saved?.offsetMs ?? 0);
    const cloud = started(
      await startCloud({
        world: estate.world,
        clock,
        ports: Object.fromEntries([
          ['central', port(PORTS.central)],
          ...regionIds.map((regionId, at) => [regionId, port(PORTS.firstRegion + at)] as const),
        ]),
        controlPort: port(PORTS.control),
        onChange: saveSoon,
      }),
    );
    clock.onWind(saveSoon);
    known.credential = (accessKeyId) => cloud.credential(accessKeyId);
    const roleCredentials = () => cloud.roleCredentials(estate.managementAccountId, estate.functionRoleName);
    const issuer = started(
      await startIssuer({ port: port(PORTS.issuer), clock, directory: join(directory, 'people') }),
    );
    const receiver = started(await startReceiver({ port: port(PORTS.receiver), clock }));
    receiver.setSecret(...state.webhookSecrets);
    const host = await startFunctionHost({
      serverlessFile: join(options.root, 's.yaml'),
      environment: (apiUrl) => environmentFor(estate, cloud, tablestore, issuer, apiUrl),
      clock,
      accountId: estate.managementAccountId,
      regionId: REGION_ID,
      roleCredentials,
      secretOf: (accessKeyId) => cloud.credential(accessKeyId)?.secret,
      apiPort: port(PORTS.functions),
      httpPorts: { 'share-api': port(PORTS.shareApi) },
      schedules: options.schedules,
      reload: true,
      log: options.log,
    });
    parts.unshift({ close: () => host.stop() });
    return {
      clock,
      cloud,
      tablestore,
      host,
      issuer,
      receiver,
      estate,
      resumed: saved !== null,
      trustSecret(secret) {
        state.webhookSecrets.push(secret);
        receiver.setSecret(...state.webhookSecrets);
        save();
      },
      async stop() {
        await close();
        save();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What s.yaml reads from the environment, pointing at the local servers. */
function environmentFor(
  estate: Estate,
  cloud: Cloud,
  tablestore: TablestoreServer,
  issuer: Issuer,
  functionsUrl: string,
): Record<string, string> {
  const { central, ...regions } = cloud.endpoints;
  return {
    SHAREKEEPER_REGION: REGION_ID,
    SHAREKEEPER_TABLESTORE_ENDPOINT: tablestore.url,
    SHAREKEEPER_TABLESTORE_INSTANCE: INSTANCE,
    SHAREKEEPER_REGIONS: Object.keys(regions).join(','),
    SHAREKEEPER_ACCOUNTS: owners(estate).join(','),
    SHAREKEEPER_OIDC_ISSUER: issuer.url,
    SHAREKEEPER_ENDPOINTS: JSON.stringify({
      ...Object.fromEntries(Object.entries(regions).map(([regionId, url]) => [`*/${regionId}`, url])),
      'ResourceDirectoryMaster/*': central,
      'FC/*': functionsUrl,
    }),
    SHAREKEEPER_WEBHOOK_LOOPBACK: 'allow',
  };
}

/** The members that own something which can be shared. */
function owners({ world }: Estate): string[] {
  const owned = Object.values(world.regions).flatMap((region): { ownerId: string }[] => [
    ...Object.values(region.snapshots),
    ...Object.values(region.images),
    ...Object.values(region.deploymentSets),
    ...Object.values(region.vSwitches),
  ]);
  const ids = owned.map(({ ownerId }) => ownerId);
  const members = new Set(world.directories.flatMap(({ members: some }) => Object.keys(some)));
  return [...new Set(ids)].filter((id) => members.has(id)).sort();
}

/** At most one save in this time: a tour changes the world hundreds of times. */
const SAVE_EVERY_MS = 500;

function debounced(save: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      save();
    }, SAVE_EVERY_MS).unref();
  };
}
