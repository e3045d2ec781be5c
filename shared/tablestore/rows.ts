/** What rows are made of here. Integers are JavaScript numbers on our side and Tablestore INTEGERs on the wire. */
export type Key = readonly (readonly [name: string, value: string | number])[];
export type Columns = Record<string, string | number>;

export interface Row {
  key: Record<string, string | number>;
  columns: Columns;
}

/** What must hold for a write to happen. There is no write without a condition. */
export type Condition =
  | { row: 'must-not-exist' }
  | { row: 'must-exist' }
  /** The row exists and the column has this value. */
  | { row: 'must-exist'; column: string; equals: string | number }
  /** Either way: only for writes that are the same each time they are made. */
  | { row: 'any' };

export type Bound = string | number | typeof LOWEST | typeof HIGHEST;
export const LOWEST = Symbol('lowest');
export const HIGHEST = Symbol('highest');

export interface Range {
  table: string;
  /** Inclusive start and exclusive end, column by column; for `backward` the start is the higher one. */
  from: readonly (readonly [name: string, bound: Bound])[];
  to: readonly (readonly [name: string, bound: Bound])[];
  backward?: boolean;
  limit: number;
}

/**
 * The one wrapper around the Tablestore SDK. Every call has a deadline and its own retry, because the SDK's are broken:
 * it never retries a write, and a connection lost in mid-answer leaves its promise pending for ever.
 * Throws TablestoreError: `outcomeUnknown` tells whether a write may have happened.
 */
export interface Rows {
  get(table: string, key: Key): Promise<Row | null>;
  /** Rows that exist, in no particular order. Any number of keys. */
  getMany(table: string, keys: readonly Key[]): Promise<Row[]>;
  /** Replaces the whole row. */
  put(
    table: string,
    key: Key,
    columns: Columns,
    condition: Condition,
  ): Promise<'written' | 'condition-failed'>;
  /** Changes the named columns and leaves the others. */
  update(
    table: string,
    key: Key,
    columns: Columns,
    condition: Condition,
  ): Promise<'written' | 'condition-failed'>;
  remove(table: string, key: Key, condition: Condition): Promise<'written' | 'condition-failed'>;
  /** One page; `next` is the key to go on from, null at the end. A page may be empty and still have a next. */
  range(range: Range): Promise<{ rows: Row[]; next: Key | null }>;
}

export class TablestoreError extends Error {
  readonly code: string;
  /** True when a write was sent and no answer came: it may or may not have happened. */
  readonly outcomeUnknown: boolean;

  constructor(code: string, message: string, options: { outcomeUnknown: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'TablestoreError';
    this.code = code;
    this.outcomeUnknown = options.outcomeUnknown;
  }
}
