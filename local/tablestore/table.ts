import type { KeyValue } from './plainbuffer/value';

/** The definition of a table: what is stored about it, and all that row operations need to know. */
export interface Table {
  readonly id: number;
  readonly name: string;
  readonly key: readonly KeySchema[];
  readonly definedColumns: readonly DefinedColumn[];
  readonly options: TableOptions;
  readonly reserved: { readonly read: number; readonly write: number };
  readonly reservedChangedMs: number;
  readonly stream: { readonly expirationHours: number; readonly enabledMs: number } | undefined;
  readonly localTransactions: boolean;
  readonly indexes: readonly Index[];
}

export interface KeySchema {
  readonly name: string;
  readonly type: KeyValue['type'];
  readonly autoIncrement: boolean;
}

/** A predefined attribute column; `type` is the protocol's DefinedColumnType number. */
export interface DefinedColumn {
  readonly name: string;
  readonly type: number;
}

export interface TableOptions {
  /** -1 = for ever. */
  readonly timeToLiveSeconds: number;
  readonly maxVersions: number;
  /** How far a cell's own timestamp may be from the server's time. */
  readonly maxTimeDeviationSeconds: number;
  readonly allowUpdate: boolean;
}

/** A secondary index. Its rows are kept like those of a table numbered `id`. */
export interface Index {
  readonly id: number;
  readonly name: string;
  /** The columns asked for, followed by the table's key columns that were not among them. */
  readonly key: readonly KeySchema[];
  readonly definedColumns: readonly string[];
  readonly local: boolean;
}

/** An index seen as a table that can be read. */
export function indexAsTable(table: Table, index: Index): Table {
  return { ...table, id: index.id, name: index.name, key: index.key, indexes: [] };
}
