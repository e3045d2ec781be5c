/** The part of the installed SDK's compiled protobuf classes that the server reads and writes. */
declare module 'tablestore/lib/protocol/tablestore_compiled_proto.js' {
  export interface Int64 {
    toNumber(): number;
  }

  export interface Codec<Read, Written = Read> {
    decode(bytes: Uint8Array): Read;
    encode(message: Written): { finish(): Uint8Array };
  }

  export interface CapacityUnit {
    read: number;
    write: number;
  }
  export interface Consumed {
    capacityUnit: CapacityUnit;
  }
  export interface PrimaryKeySchema {
    name: string;
    type: number;
    option?: number;
  }
  export interface DefinedColumnSchema {
    name: string;
    type: number;
  }
  export interface IndexMeta {
    name: string;
    primaryKey: string[];
    definedColumn: string[];
    indexUpdateMode: number;
    indexType: number;
    indexSyncPhase?: number;
  }
  export interface TableMeta {
    tableName: string;
    primaryKey: PrimaryKeySchema[];
    definedColumn: DefinedColumnSchema[];
    indexMeta?: IndexMeta[];
  }
  /** On the way in, a field that the client left out is not an own property. */
  export interface TableOptions {
    timeToLive?: number;
    maxVersions?: number;
    deviationCellVersionInSec?: Int64 | number;
    allowUpdate?: boolean;
  }
  export interface ReservedThroughput {
    capacityUnit: CapacityUnit;
  }
  export interface ReservedThroughputDetails {
    capacityUnit: CapacityUnit;
    lastIncreaseTime: number;
    lastDecreaseTime?: number;
  }
  export interface StreamSpecification {
    enableStream: boolean;
    expirationTime?: number;
  }
  export interface StreamDetails {
    enableStream: boolean;
    streamId?: string;
    expirationTime?: number;
    lastEnableTime?: number;
  }
  export interface TimeRange {
    startTime?: Int64;
    endTime?: Int64;
    specificTime?: Int64;
  }
  export interface Condition {
    rowExistence: number;
    columnCondition?: Buffer;
  }
  export interface ReturnContent {
    returnType: number;
    returnColumnNames: string[];
  }
  /** What GetRow, BatchGetRow and GetRange ask of each row. */
  export interface ReadOptions {
    columnsToGet: string[];
    timeRange?: TimeRange | null;
    maxVersions: number;
    filter: Buffer;
    startColumn: string;
    endColumn: string;
  }
  export interface RowWrite {
    condition: Condition;
    returnContent?: ReturnContent | null;
  }
  export interface RowResult {
    isOk: boolean;
    error?: { code: string; message: string };
    consumed?: Consumed;
    row?: Uint8Array;
  }
  export interface RowAnswer {
    consumed: Consumed;
    row?: Uint8Array;
  }
  export interface TableName {
    tableName: string;
  }
  export interface TableResults {
    tables: { tableName: string; rows: RowResult[] }[];
  }
  export type Empty = Record<string, never>;

  export interface Messages {
    Error: Codec<{ code: string; message: string }>;

    CreateTableRequest: Codec<{
      tableMeta: TableMeta;
      reservedThroughput: ReservedThroughput;
      tableOptions?: TableOptions | null;
      streamSpec?: StreamSpecification | null;
      indexMetas: IndexMeta[];
    }>;
    CreateTableResponse: Codec<Empty>;
    UpdateTableRequest: Codec<{
      tableName: string;
      reservedThroughput?: ReservedThroughput | null;
      tableOptions?: TableOptions | null;
      streamSpec?: StreamSpecification | null;
    }>;
    UpdateTableResponse: Codec<{
      reservedThroughputDetails: ReservedThroughputDetails;
      tableOptions: TableOptions;
      streamDetails?: StreamDetails;
    }>;
    DescribeTableRequest: Codec<TableName>;
    DescribeTableResponse: Codec<{
      tableMeta: TableMeta;
      reservedThroughputDetails: ReservedThroughputDetails;
      tableOptions: TableOptions;
      tableStatus: number;
      streamDetails?: StreamDetails;
      indexMetas: IndexMeta[];
    }>;
    ListTableRequest: Codec<Empty>;
    ListTableResponse: Codec<{ tableNames: string[] }>;
    DeleteTableRequest: Codec<TableName>;
    DeleteTableResponse: Codec<Empty>;
    CreateIndexRequest: Codec<{ mainTableName: string; indexMeta: IndexMeta; includeBaseData: boolean }>;
    CreateIndexResponse: Codec<Empty>;
    DropIndexRequest: Codec<{ mainTableName: string; indexName: string }>;
    DropIndexResponse: Codec<Empty>;

    GetRowRequest: Codec<ReadOptions & { tableName: string; primaryKey: Buffer; transactionId: string }>;
    GetRowResponse: Codec<{ consumed: Consumed; row: Uint8Array }>;
    PutRowRequest: Codec<RowWrite & { tableName: string; row: Buffer; transactionId: string }>;
    PutRowResponse: Codec<RowAnswer>;
    UpdateRowRequest: Codec<RowWrite & { tableName: string; rowChange: Buffer; transactionId: string }>;
    UpdateRowResponse: Codec<RowAnswer>;
    DeleteRowRequest: Codec<RowWrite & { tableName: string; primaryKey: Buffer; transactionId: string }>;
    DeleteRowResponse: Codec<RowAnswer>;
    GetRangeRequest: Codec<
      ReadOptions & {
        tableName: string;
        direction: number;
        limit: number;
        inclusiveStartPrimaryKey: Buffer;
        exclusiveEndPrimaryKey: Buffer;
        transactionId: string;
      }
    >;
    GetRangeResponse: Codec<{ consumed: Consumed; rows: Uint8Array; nextStartPrimaryKey?: Uint8Array }>;
    BatchGetRowRequest: Codec<{ tables: (ReadOptions & { tableName: string; primaryKey: Buffer[] })[] }>;
    BatchGetRowResponse: Codec<TableResults>;
    BatchWriteRowRequest: Codec<{
      tables: { tableName: string; rows: (RowWrite & { type: number; rowChange: Buffer })[] }[];
      transactionId: string;
    }>;
    BatchWriteRowResponse: Codec<TableResults>;

    StartLocalTransactionRequest: Codec<{ tableName: string; key: Buffer }>;
    StartLocalTransactionResponse: Codec<{ transactionId: string }>;
    CommitTransactionRequest: Codec<{ transactionId: string }>;
    CommitTransactionResponse: Codec<Empty>;
    AbortTransactionRequest: Codec<{ transactionId: string }>;
    AbortTransactionResponse: Codec<Empty>;
  }

  export interface FilterMessages {
    Filter: Codec<{ type: number; filter: Buffer }>;
    SingleColumnValueFilter: Codec<{
      comparator: number;
      columnName: string;
      columnValue: Buffer;
      filterIfMissing: boolean;
      latestVersionOnly: boolean;
    }>;
    CompositeColumnValueFilter: Codec<{ combinator: number; subFilters: { type: number; filter: Buffer }[] }>;
    ColumnPaginationFilter: Codec<{ offset: number; limit: number }>;
  }

  const compiled: {
    readonly main: { readonly proto: Messages };
    readonly filter: { readonly proto: FilterMessages };
  };
  export default compiled;
}
