import { Agent } from 'node:https';
import TableStore from 'tablestore';
import type { Client } from 'tablestore';
import { attemptRead, attemptWrite, rowError } from './attempt';
import { HIGHEST, LOWEST, type Bound, type Rows } from './rows';
import { conditionFor, keyFrom, keyTo, rowFrom, valueTo } from './sdk-row';

export interface TablestoreSettings {
  endpoint: string;
  instance: string;
}

export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Empty for long-lived keys. */
  securityToken: string;
}

/** Tablestore: at most 100 rows in one BatchGetRow. */
const BATCH_GET_ROWS_MAX = 100;
const SILENCE_MAX_MS = 5_000;

/** The SDK's own HTTPS agent opens a connection for every call; plain http keeps them already. */
const keepAlive = new Agent({ keepAlive: true, maxSockets: 50 });
let last: { settings: TablestoreSettings; credentials: Credentials; client: Client } | undefined;

/** Rows of an instance, with these credentials. The client is kept while the credentials stay the same. */
export function openRows(settings: TablestoreSettings, credentials: Credentials): Rows {
  const client = clientFor(settings, credentials);
  return {
    async get(table, key) {
      const { row } = await attemptRead(() =>
        client.getRow({ tableName: table, primaryKey: keyTo(key), maxVersions: 1 }),
      );
      return row.primaryKey == null ? null : rowFrom(row);
    },

    async getMany(table, keys) {
      const batches: (typeof keys)[] = [];
      for (let at = 0; at < keys.length; at += BATCH_GET_ROWS_MAX)
        batches.push(keys.slice(at, at + BATCH_GET_ROWS_MAX));
      const rows = [];
      for (const batch of batches) {
        const primaryKey = batch.map(keyTo);
        const answer = await attemptRead(() =>
          client.batchGetRow({ tables: [{ tableName: table, primaryKey, maxVersions: 1 }] }),
        );
        for (const row of answer.tables.flat()) {
          if (!row.isOk) throw rowError(row.errorCode, row.errorMessage);
          if (row.primaryKey != null) rows.push(rowFrom(row));
        }
      }
      return rows;
    },

    async put(table, key, columns, condition) {
      return await attemptWrite(condition, () =>
        client.putRow({
          tableName: table,
          condition: conditionFor(condition),
          primaryKey: keyTo(key),
          attributeColumns: Object.entries(columns).map(([name, value]) => ({ [name]: valueTo(value) })),
        }),
      );
    },

    async update(table, key, columns, condition) {
      return await attemptWrite(condition, () =>
        client.updateRow({
          tableName: table,
          condition: conditionFor(condition),
          primaryKey: keyTo(key),
          updateOfAttributeColumns: [
            { PUT: Object.entries(columns).map(([name, value]) => ({ [name]: valueTo(value) })) },
          ],
        }),
      );
    },

    async remove(table, key, condition) {
      return await attemptWrite(condition, () =>
        client.deleteRow({ tableName: table, condition: conditionFor(condition), primaryKey: keyTo(key) }),
      );
    },

    async range({ table, from, to, backward, limit }) {
      const answer = await attemptRead(() =>
        client.getRange({
          tableName: table,
          direction: backward === true ? TableStore.Direction.BACKWARD : TableStore.Direction.FORWARD,
          inclusiveStartPrimaryKey: from.map(([name, bound]) => ({ [name]: boundTo(bound) })),
          exclusiveEndPrimaryKey: to.map(([name, bound]) => ({ [name]: boundTo(bound) })),
          maxVersions: 1,
          limit,
        }),
      );
      return {
        rows: answer.rows.map(rowFrom),
        next: answer.nextStartPrimaryKey === null ? null : keyFrom(answer.nextStartPrimaryKey),
      };
    },
  };
}

/** Function Compute hands new credentials to every invocation, so a client lives only as long as its key. */
export function clientFor(settings: TablestoreSettings, credentials: Credentials): Client {
  if (
    last !== undefined &&
    last.credentials.accessKeyId === credentials.accessKeyId &&
    last.credentials.accessKeySecret === credentials.accessKeySecret &&
    last.credentials.securityToken === credentials.securityToken &&
    last.settings.endpoint === settings.endpoint &&
    last.settings.instance === settings.instance
  ) {
    return last.client;
  }
  const client = new TableStore.Client({
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.accessKeySecret,
    ...(credentials.securityToken === '' ? {} : { stsToken: credentials.securityToken }),
    endpoint: settings.endpoint,
    instancename: settings.instance,
    maxRetries: 0,
    httpOptions: {
      timeout: SILENCE_MAX_MS,
      ...(settings.endpoint.startsWith('https:') ? { agent: keepAlive } : {}),
    },
  });
  last = { settings, credentials, client };
  return client;
}

function boundTo(bound: Bound): unknown {
  if (bound === LOWEST) return TableStore.INF_MIN;
  if (bound === HIGHEST) return TableStore.INF_MAX;
  return valueTo(bound as string | number);
}
