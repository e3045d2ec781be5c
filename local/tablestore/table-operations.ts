import type {
  IndexMeta,
  ReservedThroughputDetails,
  StreamDetails,
  StreamSpecification,
  TableOptions as TableOptionsMessage,
} from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import type { Instance } from './instance';
import { limits } from './limits';
import { messages, parse, unknownBool } from './messages';
import { invalid, Refusal } from './refusal';
import {
  checkTableName,
  defaultOptions,
  describeKey,
  parseDefinedColumns,
  parseIndex,
  parseKeySchema,
  parseOptions,
  parseReserved,
} from './schema';
import { buildIndex } from './secondary-index';
import type { Index, Table, TableOptions } from './table';

const ENABLE_LOCAL_TRANSACTIONS = 8;
const ACTIVE = 1;
const INDEX_IN_STEP = 2;

export function createTable(body: Buffer, { tables, nowMs }: Instance): Uint8Array {
  const request = parse(messages.CreateTableRequest, body);
  const { tableMeta } = request;
  checkTableName(tableMeta.tableName);
  const key = parseKeySchema(tableMeta.primaryKey);
  const definedColumns = parseDefinedColumns(tableMeta.definedColumn, key);
  const options = parseOptions(request.tableOptions, defaultOptions);
  const reserved = parseReserved(request.reservedThroughput.capacityUnit);
  const localTransactions = unknownBool(body, ENABLE_LOCAL_TRANSACTIONS);
  if (localTransactions && key.some((column) => column.autoIncrement)) {
    throw invalid('A table with an AUTO_INCREMENT primary key column cannot have local transactions.');
  }
  if (request.indexMetas.length > limits.indexesPerTable) throw tooManyIndexes();
  const indexes: Index[] = [];
  for (const meta of request.indexMetas) indexes.push(parseIndex(meta, { key, definedColumns, options }, 0));
  const table: Table = {
    id: 0,
    name: tableMeta.tableName,
    key,
    definedColumns,
    options,
    reserved,
    reservedChangedMs: nowMs(),
    stream: parseStream(request.streamSpec, nowMs()),
    localTransactions,
    indexes,
  };
  tables.add(table);
  return messages.CreateTableResponse.encode({}).finish();
}

export function updateTable(body: Buffer, { tables, nowMs }: Instance): Uint8Array {
  const request = parse(messages.UpdateTableRequest, body);
  const table = tables.get(request.tableName);
  const { tableOptions, reservedThroughput, streamSpec } = request;
  if (!tableOptions && !reservedThroughput && !streamSpec)
    throw invalid('No attribute to be modified is specified.');
  const options = parseOptions(tableOptions, table.options);
  if (table.indexes.length > 0) checkIndexedOptions(options);
  const updated: Table = {
    ...table,
    options,
    reserved: reservedThroughput ? parseReserved(reservedThroughput.capacityUnit) : table.reserved,
    reservedChangedMs: reservedThroughput ? nowMs() : table.reservedChangedMs,
    stream: streamSpec ? parseStream(streamSpec, nowMs()) : table.stream,
  };
  tables.replace(updated);
  return messages.UpdateTableResponse.encode({
    reservedThroughputDetails: describeReserved(updated),
    tableOptions: describeOptions(options),
    ...describeStream(updated),
  }).finish();
}

export function describeTable(body: Buffer, { tables }: Instance): Uint8Array {
  const table = tables.readable(parse(messages.DescribeTableRequest, body).tableName);
  return messages.DescribeTableResponse.encode({
    tableMeta: {
      tableName: table.name,
      primaryKey: describeKey(table.key),
      definedColumn: table.definedColumns.map(({ name, type }) => ({ name, type })),
    },
    reservedThroughputDetails: describeReserved(table),
    tableOptions: describeOptions(table.options),
    tableStatus: ACTIVE,
    ...describeStream(table),
    indexMetas: table.indexes.map(describeIndex),
  }).finish();
}

export function listTable(body: Buffer, { tables }: Instance): Uint8Array {
  parse(messages.ListTableRequest, body);
  return messages.ListTableResponse.encode({ tableNames: tables.names() }).finish();
}

export function deleteTable(body: Buffer, { tables }: Instance): Uint8Array {
  const table = tables.get(parse(messages.DeleteTableRequest, body).tableName);
  tables.remove(table);
  return messages.DeleteTableResponse.encode({}).finish();
}

/** The index is complete, also for rows written before it, when the answer comes. */
export async function createIndex(body: Buffer, { tables, store }: Instance): Promise<Uint8Array> {
  const request = parse(messages.CreateIndexRequest, body);
  const table = tables.get(request.mainTableName);
  if (table.indexes.length >= limits.indexesPerTable) throw tooManyIndexes();
  const index = tables.addIndex(table, parseIndex(request.indexMeta, table, 0));
  if (request.includeBaseData) await buildIndex(table, index, store);
  return messages.CreateIndexResponse.encode({}).finish();
}

export function dropIndex(body: Buffer, { tables }: Instance): Uint8Array {
  const request = parse(messages.DropIndexRequest, body);
  const table = tables.get(request.mainTableName);
  const index = table.indexes.find((candidate) => candidate.name === request.indexName);
  if (index === undefined) throw new Refusal('OTSObjectNotExist', 'Requested index does not exist.');
  tables.dropIndex(table, index);
  return messages.DropIndexResponse.encode({}).finish();
}

function checkIndexedOptions(options: TableOptions): void {
  if (options.maxVersions !== 1) throw invalid('A table with secondary indexes must have max versions 1.');
  if (options.timeToLiveSeconds !== -1 && options.allowUpdate) {
    throw invalid('A table with secondary indexes and a TTL must not allow updates.');
  }
}

function tooManyIndexes(): Refusal {
  return invalid(`The number of secondary indexes exceeds the limit: ${limits.indexesPerTable}.`);
}

const DEFAULT_STREAM_HOURS = 24;

function parseStream(spec: StreamSpecification | null | undefined, nowMs: number): Table['stream'] {
  if (!spec?.enableStream) return undefined;
  const expirationHours = spec.expirationTime || DEFAULT_STREAM_HOURS;
  if (expirationHours < 1 || expirationHours > 168)
    throw invalid('The stream expiration time must be in range: [1, 168].');
  return { expirationHours, enabledMs: nowMs };
}

function describeReserved({ reserved, reservedChangedMs }: Table): ReservedThroughputDetails {
  return { capacityUnit: reserved, lastIncreaseTime: Math.floor(reservedChangedMs / 1000) };
}

function describeOptions(options: TableOptions): TableOptionsMessage {
  return {
    timeToLive: options.timeToLiveSeconds,
    maxVersions: options.maxVersions,
    deviationCellVersionInSec: options.maxTimeDeviationSeconds,
    allowUpdate: options.allowUpdate,
  };
}

function describeStream({ id, stream }: Table): { streamDetails?: StreamDetails } {
  if (!stream) return {};
  const { expirationHours, enabledMs } = stream;
  const streamId = `stream_${id}_${enabledMs}`;
  return {
    streamDetails: {
      enableStream: true,
      streamId,
      expirationTime: expirationHours,
      lastEnableTime: enabledMs * 1000,
    },
  };
}

function describeIndex(index: Index): IndexMeta {
  return {
    name: index.name,
    primaryKey: index.key.map((column) => column.name),
    definedColumn: [...index.definedColumns],
    indexUpdateMode: index.local ? 1 : 0,
    indexType: index.local ? 1 : 0,
    indexSyncPhase: INDEX_IN_STEP,
  };
}
