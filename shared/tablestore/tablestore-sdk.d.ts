/** The part of the official `tablestore` package that we use; it ships no types of its own. */
declare module 'tablestore' {
  import type { Agent } from 'node:http';

  interface Int64 {
    toNumber(): number;
  }
  type PrimaryKey = Record<string, unknown>[];
  interface SdkRow {
    /** Missing from GetRow's answer, and null in BatchGetRow's, when there is no such row. */
    primaryKey?: { name: string; value: string | Int64 }[] | null;
    attributes?: { columnName: string; columnValue: string | number | boolean | Int64 | Buffer }[];
  }
  interface Condition {
    readonly condition: unique symbol;
  }
  interface ColumnCondition {
    readonly columnCondition: unique symbol;
  }

  class Client {
    constructor(config: {
      accessKeyId: string;
      secretAccessKey: string;
      stsToken?: string;
      endpoint: string;
      instancename: string;
      maxRetries: number;
      httpOptions: { timeout: number; agent?: Agent };
    });
    listTable(params: object): Promise<{ tableNames: string[] }>;
    createTable(params: object): Promise<unknown>;
    getRow(params: object): Promise<{ row: SdkRow }>;
    putRow(params: object): Promise<unknown>;
    updateRow(params: object): Promise<unknown>;
    deleteRow(params: object): Promise<unknown>;
    getRange(
      params: object,
    ): Promise<{ rows: SdkRow[]; nextStartPrimaryKey: { name: string; value: string | Int64 }[] | null }>;
    batchGetRow(params: object): Promise<{
      tables: (SdkRow & { isOk: boolean; errorCode?: string; errorMessage?: string })[][];
    }>;
  }

  const TableStore: {
    Client: typeof Client;
    Long: { fromNumber(value: number): Int64 };
    INF_MIN: object;
    INF_MAX: object;
    Direction: { FORWARD: string; BACKWARD: string };
    RowExistenceExpectation: { IGNORE: number; EXPECT_EXIST: number; EXPECT_NOT_EXIST: number };
    ComparatorType: { EQUAL: number };
    PrimaryKeyType: { INTEGER: number; STRING: number };
    Condition: new (expectation: number, column: ColumnCondition | null) => Condition;
    SingleColumnCondition: new (
      name: string,
      value: string | Int64,
      comparator: number,
      passIfMissing: boolean,
    ) => ColumnCondition;
  };
  export default TableStore;
  export type { Client, PrimaryKey, SdkRow, Condition, Int64 };
}
