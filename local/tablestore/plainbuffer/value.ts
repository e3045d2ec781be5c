/** What an attribute column can hold. Strings stay the UTF-8 bytes that came in, because Tablestore orders them by byte. */
export type Value =
  | { readonly type: 'integer'; readonly integer: bigint }
  | { readonly type: 'double'; readonly double: number }
  | { readonly type: 'boolean'; readonly boolean: boolean }
  | { readonly type: 'string'; readonly bytes: Buffer }
  | { readonly type: 'binary'; readonly bytes: Buffer };

/** What a column of a row's primary key can hold. */
export type KeyValue = Extract<Value, { type: 'integer' | 'string' | 'binary' }>;

/** What may stand in place of a primary key value: the ends of a range, and "the server chooses". */
export type KeyMarker = { readonly type: 'infMin' | 'infMax' | 'autoIncrement' };

export type AnyValue = Value | KeyMarker;

export interface KeyColumn<V = KeyValue> {
  readonly name: string;
  readonly value: V;
}

/** One version of one attribute column, as it is stored. */
export interface Cell {
  readonly name: string;
  readonly value: Value;
  readonly timestampMs: number;
}

/** One attribute column of a request: a value to put, or what to do to the column. */
export interface CellChange {
  readonly name: string;
  readonly value: Value | undefined;
  readonly operation: 'put' | 'deleteAll' | 'deleteOne' | 'increment';
  /** Absent = the server's time. */
  readonly timestampMs: number | undefined;
}

/** A row as it is stored: columns in byte order of their names, the newest version of each first. */
export interface Row {
  readonly key: readonly KeyColumn[];
  readonly cells: readonly Cell[];
}

/** A row as a request carries it. */
export interface RowChange {
  readonly key: readonly KeyColumn<KeyValue | KeyMarker>[];
  readonly cells: readonly CellChange[];
  readonly deleteMarker: boolean;
}

/** Bytes that a value counts for in capacity units and size limits (8 for numbers, 1 for a boolean). */
export function sizeOf(value: AnyValue): number {
  switch (value.type) {
    case 'integer':
    case 'double':
    case 'autoIncrement':
      return 8;
    case 'boolean':
      return 1;
    case 'string':
    case 'binary':
      return value.bytes.length;
    case 'infMin':
    case 'infMax':
      return 0;
  }
}

/** Orders two values of one type as Tablestore does; undefined when the types differ and there is no order. */
export function compareValues(a: Value, b: Value): number | undefined {
  if (a.type === 'integer' && b.type === 'integer') return order(a.integer, b.integer);
  if (a.type === 'double' && b.type === 'double') return order(a.double, b.double);
  if (a.type === 'boolean' && b.type === 'boolean') return order(a.boolean, b.boolean);
  if (a.type === 'string' && b.type === 'string') return a.bytes.compare(b.bytes);
  if (a.type === 'binary' && b.type === 'binary') return a.bytes.compare(b.bytes);
  return undefined;
}

/** NaN has no order, so it is neither less than, equal to nor greater than anything. */
function order<T extends bigint | number | boolean>(a: T, b: T): number | undefined {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : undefined;
}
