import type {
  CapacityUnit,
  DefinedColumnSchema,
  IndexMeta,
  PrimaryKeySchema,
  TableOptions as TableOptionsMessage,
} from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { limits } from './limits';
import { sent } from './messages';
import { invalid } from './refusal';
import type { DefinedColumn, Index, KeySchema, TableOptions } from './table';

const keyTypes: Record<number, KeySchema['type']> = { 1: 'integer', 2: 'string', 3: 'binary' };
const keyTypeNumbers = { integer: 1, string: 2, binary: 3 } as const;
const AUTO_INCREMENT = 1;
const definedColumnTypes = new Set([1, 2, 3, 4, 7]);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Throws OTSParameterInvalid unless `name` is a legal name of a table or an index. */
export function checkTableName(name: string): void {
  if (!NAME.test(name) || name.length > limits.nameLength) throw invalid(`Invalid table name: '${name}'.`);
}

/** Throws OTSParameterInvalid unless `name` is a legal name of a primary key or predefined column. */
function checkColumnName(name: string): void {
  if (!NAME.test(name) || name.length > limits.nameLength) throw invalid(`Invalid column name: '${name}'.`);
}

/** The primary key of a new table: 1 to 4 columns, of which one that is not the first may be auto-increment. */
export function parseKeySchema(columns: readonly PrimaryKeySchema[]): KeySchema[] {
  if (columns.length < 1 || columns.length > limits.primaryKeyColumns) {
    throw invalid(`The number of primary key columns must be in range: [1, ${limits.primaryKeyColumns}].`);
  }
  const seen = new Set<string>();
  return columns.map((column, position) => {
    checkColumnName(column.name);
    if (seen.has(column.name)) throw invalid(`Duplicated primary key name: '${column.name}'.`);
    seen.add(column.name);
    const type = keyTypes[column.type];
    if (type === undefined) throw invalid(`Invalid primary key type: ${column.type}.`);
    return { name: column.name, type, autoIncrement: parseAutoIncrement(column, position, type, columns) };
  });
}

function parseAutoIncrement(
  column: PrimaryKeySchema,
  position: number,
  type: KeySchema['type'],
  columns: readonly PrimaryKeySchema[],
): boolean {
  if (!sent(column, 'option')) return false;
  if (column.option !== AUTO_INCREMENT) throw invalid(`Invalid primary key option: ${column.option}.`);
  if (position === 0)
    throw invalid(`The first primary key column '${column.name}' cannot be AUTO_INCREMENT.`);
  if (type !== 'integer')
    throw invalid(`The AUTO_INCREMENT primary key column '${column.name}' must be INTEGER.`);
  if (columns.filter((other) => sent(other, 'option')).length > 1) {
    throw invalid('Only one primary key column can be AUTO_INCREMENT.');
  }
  return true;
}

/** The predefined columns of a new table: those that secondary indexes can use. */
export function parseDefinedColumns(
  columns: readonly DefinedColumnSchema[],
  key: readonly KeySchema[],
): DefinedColumn[] {
  if (columns.length > limits.definedColumns) {
    throw invalid(`The number of defined columns must be in range: [0, ${limits.definedColumns}].`);
  }
  const seen = new Set(key.map((column) => column.name));
  return columns.map(({ name, type }) => {
    checkColumnName(name);
    if (seen.has(name)) throw invalid(`Duplicated column name: '${name}'.`);
    seen.add(name);
    if (!definedColumnTypes.has(type)) throw invalid(`Invalid defined column type: ${type}.`);
    return { name, type };
  });
}

export const defaultOptions: TableOptions = {
  timeToLiveSeconds: -1,
  maxVersions: 1,
  maxTimeDeviationSeconds: limits.defaultTimeDeviationSeconds,
  allowUpdate: true,
};

/** `before` with what the message names laid over it. TTL is -1 (for ever) or at least a day. */
export function parseOptions(
  message: TableOptionsMessage | null | undefined,
  before: TableOptions,
): TableOptions {
  if (!message) return before;
  const { timeToLive, maxVersions, deviationCellVersionInSec, allowUpdate } = message;
  const options: TableOptions = {
    timeToLiveSeconds:
      sent(message, 'timeToLive') && timeToLive !== undefined ? timeToLive : before.timeToLiveSeconds,
    maxVersions: sent(message, 'maxVersions') && maxVersions !== undefined ? maxVersions : before.maxVersions,
    maxTimeDeviationSeconds:
      sent(message, 'deviationCellVersionInSec') && deviationCellVersionInSec !== undefined
        ? Number(deviationCellVersionInSec)
        : before.maxTimeDeviationSeconds,
    allowUpdate: sent(message, 'allowUpdate') && allowUpdate !== undefined ? allowUpdate : before.allowUpdate,
  };
  if (options.timeToLiveSeconds !== -1 && options.timeToLiveSeconds < limits.minTimeToLiveSeconds) {
    throw invalid(`The TTL must be -1 or at least ${limits.minTimeToLiveSeconds} seconds.`);
  }
  if (options.maxVersions < 1) throw invalid('The max versions must be greater than 0.');
  if (options.maxTimeDeviationSeconds < 1) throw invalid('The max time deviation must be greater than 0.');
  return options;
}

export function parseReserved(unit: CapacityUnit): { read: number; write: number } {
  if (unit.read < 0 || unit.write < 0) throw invalid('The reserved throughput must not be negative.');
  return { read: unit.read, write: unit.write };
}

/** What an index needs of the table it is made for. */
export interface IndexedTable {
  readonly key: readonly KeySchema[];
  readonly definedColumns: readonly DefinedColumn[];
  readonly options: TableOptions;
}

const definedKeyTypes: Record<number, KeySchema['type']> = { 1: 'integer', 4: 'string', 7: 'binary' };
const LOCAL_INDEX = 1;

/**
 * A new secondary index. Its key is the columns asked for (key columns of the table, or predefined ones that can be keys)
 * and then the table's remaining key columns, so that every row has an entry of its own.
 */
export function parseIndex(meta: IndexMeta, table: IndexedTable, id: number): Index {
  checkTableName(meta.name);
  const local = meta.indexType === LOCAL_INDEX;
  if (meta.primaryKey.length < 1 || meta.primaryKey.length > limits.indexKeyColumns) {
    throw invalid(
      `The number of index primary key columns must be in range: [1, ${limits.indexKeyColumns}].`,
    );
  }
  if (table.options.maxVersions !== 1)
    throw invalid('A table with secondary indexes must have max versions 1.');
  if (table.options.timeToLiveSeconds !== -1 && table.options.allowUpdate) {
    throw invalid('A table with secondary indexes and a TTL must not allow updates.');
  }
  if (local && meta.primaryKey[0] !== table.key[0]?.name) {
    throw invalid('The first primary key column of a local index must be that of the table.');
  }
  const asked = meta.primaryKey.map((name) => indexKeyColumn(name, table));
  if (new Set(meta.primaryKey).size !== asked.length)
    throw invalid('Duplicated primary key name in the index.');
  const rest = table.key.filter((column) => !meta.primaryKey.includes(column.name));
  for (const name of meta.definedColumn) {
    if (!table.definedColumns.some((column) => column.name === name)) {
      throw invalid(`The index column '${name}' is not a defined column of the table.`);
    }
  }
  const key = [...asked, ...rest].map((column) => ({ ...column, autoIncrement: false }));
  return { id, name: meta.name, key, definedColumns: meta.definedColumn, local };
}

function indexKeyColumn(name: string, table: IndexedTable): KeySchema {
  const own = table.key.find((column) => column.name === name);
  if (own) return own;
  const type = definedKeyTypes[table.definedColumns.find((column) => column.name === name)?.type ?? 0];
  if (!type)
    throw invalid(`The index primary key column '${name}' is neither a key nor an indexable defined column.`);
  return { name, type, autoIncrement: false };
}

export function describeKey(key: readonly KeySchema[]): PrimaryKeySchema[] {
  return key.map(({ name, type, autoIncrement }) => ({
    name,
    type: keyTypeNumbers[type],
    ...(autoIncrement ? { option: AUTO_INCREMENT } : {}),
  }));
}
