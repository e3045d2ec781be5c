import { createRequire } from 'node:module';

/** The official SDK as it is, with just the types that these tests need. It has none of its own. */
export interface Int64 {
  toNumber(): number;
  toString(): string;
}
export type ColumnValue = string | number | boolean | Buffer | Int64 | object;
export type Key = Record<string, ColumnValue>[];
export interface ReturnedKeyColumn {
  name: string;
  value: ColumnValue;
}
export interface ReturnedColumn {
  columnName: string;
  columnValue: ColumnValue;
  timestamp: Int64;
}
export interface ReturnedRow {
  primaryKey?: ReturnedKeyColumn[];
  attributes?: ReturnedColumn[];
}
export interface Consumed {
  capacityUnit: { read: number; write: number };
}
export interface BatchRow {
  isOk: boolean;
  errorCode: string | null;
  errorMessage: string | null;
  tableName: string;
  primaryKey: ReturnedKeyColumn[] | null;
  attributes: ReturnedColumn[] | null;
}
export type Params = Record<string, unknown>;

export interface SdkClient {
  config: Record<string, unknown>;
  setupRequestListeners(request: SdkRequest): void;
  createTable(params: Params): Promise<{ RequestId: string }>;
  updateTable(params: Params): Promise<{ tableOptions: Record<string, unknown> }>;
  describeTable(params: Params): Promise<{
    tableMeta: { tableName: string; primaryKey: Params[]; definedColumn: Params[] };
    tableOptions: {
      timeToLive: number;
      maxVersions: number;
      deviationCellVersionInSec: Int64;
      allowUpdate: boolean;
    };
    tableStatus: number;
    indexMetas: Params[];
    reservedThroughputDetails: { capacityUnit: { read: number; write: number } };
    streamDetails: { enableStream: boolean; expirationTime: number } | null;
  }>;
  listTable(params: Params): Promise<{ tableNames: string[] }>;
  deleteTable(params: Params): Promise<unknown>;
  createIndex(params: Params): Promise<unknown>;
  dropIndex(params: Params): Promise<unknown>;
  getRow(params: Params): Promise<{ consumed: Consumed; row: ReturnedRow }>;
  putRow(params: Params): Promise<{ consumed: Consumed; row: ReturnedRow }>;
  updateRow(params: Params): Promise<{ consumed: Consumed; row: ReturnedRow }>;
  deleteRow(params: Params): Promise<{ consumed: Consumed; row: ReturnedRow }>;
  getRange(params: Params): Promise<{
    consumed: Consumed;
    rows: ReturnedRow[];
    nextStartPrimaryKey: ReturnedKeyColumn[] | null;
  }>;
  batchGetRow(params: Params): Promise<{ tables: BatchRow[][] }>;
  batchWriteRow(params: Params): Promise<{ tables: BatchRow[] }>;
  startLocalTransaction(params: Params): Promise<{ transactionId: string }>;
  commitTransaction(params: Params): Promise<unknown>;
  abortTransaction(params: Params): Promise<unknown>;
}

export interface SdkRequest {
  httpRequest: { body: Buffer; headers: Record<string, string>; path: string };
  addListener(event: string, listener: (request: SdkRequest) => void): void;
}

export interface SdkFilter {
  addSubCondition?(filter: SdkFilter): void;
}

interface Sdk {
  Client: new (config: Params) => SdkClient;
  Long: { fromNumber(value: number): Int64; fromString(value: string): Int64 };
  Condition: new (existence: number, filter?: SdkFilter) => object;
  RowExistenceExpectation: { IGNORE: number; EXPECT_EXIST: number; EXPECT_NOT_EXIST: number };
  SingleColumnCondition: new (
    column: string,
    value: ColumnValue,
    comparator: number,
    passIfMissing?: boolean,
    latestVersionOnly?: boolean,
  ) => SdkFilter;
  CompositeCondition: new (operator: number) => Required<SdkFilter>;
  ColumnPaginationFilter: new (limit: number, offset: number) => SdkFilter;
  LogicalOperator: { NOT: number; AND: number; OR: number };
  ComparatorType: Record<
    'EQUAL' | 'NOT_EQUAL' | 'GREATER_THAN' | 'GREATER_EQUAL' | 'LESS_THAN' | 'LESS_EQUAL',
    number
  >;
  ReturnType: { NONE: number; Primarykey: number; AfterModify: number };
  INF_MIN: object;
  INF_MAX: object;
  PK_AUTO_INCR: object;
}

export const TableStore = createRequire(__filename)('tablestore') as Sdk;

export const int = (value: number | string): Int64 =>
  typeof value === 'number' ? TableStore.Long.fromNumber(value) : TableStore.Long.fromString(value);

const { IGNORE, EXPECT_EXIST, EXPECT_NOT_EXIST } = TableStore.RowExistenceExpectation;
export const always = (filter?: SdkFilter): object => new TableStore.Condition(IGNORE, filter);
export const ifExists = (filter?: SdkFilter): object => new TableStore.Condition(EXPECT_EXIST, filter);
export const ifMissing = (filter?: SdkFilter): object => new TableStore.Condition(EXPECT_NOT_EXIST, filter);

/** Attributes as a plain object of printable values: integers and blobs as strings, the newest version of each column. */
export function columnsOf(row: {
  attributes?: ReturnedColumn[] | null;
}): Record<string, string | number | boolean> {
  const columns: Record<string, string | number | boolean> = {};
  for (const { columnName, columnValue } of row.attributes ?? [])
    columns[columnName] ??= printable(columnValue);
  return columns;
}

export function keyOf(columns: ReturnedKeyColumn[] | null | undefined): (string | number | boolean)[] {
  return (columns ?? []).map(({ value }) => printable(value));
}

export function printable(value: ColumnValue): string | number | boolean {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (typeof value !== 'object') return value;
  return String(value as Int64);
}

/** `CODE: message` of a service error. The SDK hands out the protobuf bytes of the error as text. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const [code] = /OTS[A-Za-z]+/.exec(text) ?? [];
    if (code === undefined) return text;
    // After the code come the field's tag and the message's length: one byte, or two of which the first is no character.
    const rest = text.slice(text.indexOf(code) + code.length + 1);
    const message = rest.slice(rest.startsWith('\ufffd') ? 2 : 1, rest.lastIndexOf(' requestId:'));
    return `${code}: ${message}`;
  }
  return 'not refused';
}
