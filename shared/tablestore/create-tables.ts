import TableStore from 'tablestore';
import { clientFor, type Credentials, type TablestoreSettings } from './open-rows';
import { TABLES, type TableDefinition } from './tables';

/** Creates the tables that are missing and answers their names. Doing it again changes nothing. */
export async function createTables(
  settings: TablestoreSettings,
  credentials: Credentials,
): Promise<string[]> {
  const client = clientFor(settings, credentials);
  const { tableNames } = await client.listTable({});
  const missing = Object.values<TableDefinition>(TABLES).filter((table) => !tableNames.includes(table.name));
  for (const table of missing) {
    await client.createTable({
      tableMeta: {
        tableName: table.name,
        primaryKey: table.primaryKey.map(([name, type]) => ({ name, type: TableStore.PrimaryKeyType[type] })),
      },
      reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
      tableOptions: { timeToLive: table.keptSeconds ?? -1, maxVersions: 1 },
    });
  }
  return missing.map((table) => table.name);
}
