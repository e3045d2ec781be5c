import { limits } from './limits';
import { sizeOf, type KeyColumn, type KeyMarker, type KeyValue } from './plainbuffer/value';
import { invalid, Refusal } from './refusal';
import type { KeySchema } from './table';

const protocolNames: Record<(KeyValue | KeyMarker)['type'], string> = {
  integer: 'VT_INTEGER',
  string: 'VT_STRING',
  binary: 'VT_BLOB',
  infMin: 'VT_INF_MIN',
  infMax: 'VT_INF_MAX',
  autoIncrement: 'VT_AUTO_INCREMENT',
};

type AnyKey = readonly KeyColumn<KeyValue | KeyMarker>[];

/** The key of one row that exists or could. Throws OTSInvalidPK or OTSParameterInvalid as the service words it. */
export function rowKeyOf(columns: AnyKey, schema: readonly KeySchema[]): KeyColumn[] {
  return checked(columns, schema).map(({ name, value }) => {
    if (isMarker(value))
      throw invalid(`${protocolNames[value.type]} is an invalid type for the primary key.`);
    return { name, value };
  });
}

/** The key of a row to be put: the auto-increment column may be left to the server, which asks `next` for a value. */
export function newRowKeyOf(columns: AnyKey, schema: readonly KeySchema[], next: () => bigint): KeyColumn[] {
  const chosen = checked(columns, schema).map((column, position) =>
    column.value.type === 'autoIncrement' && schema[position]?.autoIncrement
      ? { name: column.name, value: { type: 'integer', integer: next() } as const }
      : column,
  );
  return rowKeyOf(chosen, schema);
}

/** One end of a range: each column may also be INF_MIN or INF_MAX. */
export function rangeEndOf(columns: AnyKey, schema: readonly KeySchema[]): AnyKey {
  for (const { value } of checked(columns, schema)) {
    if (value.type === 'autoIncrement')
      throw invalid('VT_AUTO_INCREMENT is an invalid type for the primary key.');
  }
  return columns;
}

/** The first key column alone, as a local transaction is started with. */
export function partitionKeyOf(columns: AnyKey, schema: readonly KeySchema[]): KeyColumn {
  const [column] = rowKeyOf(columns, schema.slice(0, 1));
  if (column === undefined) throw invalid('A local transaction needs the partition key.');
  return column;
}

function checked(columns: AnyKey, schema: readonly KeySchema[]): AnyKey {
  if (columns.length !== schema.length) {
    throw new Refusal(
      'OTSInvalidPK',
      `Validate PK size fail. Input: ${columns.length}, Meta: ${schema.length}.`,
    );
  }
  schema.forEach((meta, position) => {
    const column = columns[position];
    if (column === undefined) throw new Error('Both lists have the same length');
    checkColumn(column, meta);
  });
  return columns;
}

function checkColumn({ name, value }: KeyColumn<KeyValue | KeyMarker>, meta: KeySchema): void {
  if (name !== meta.name) {
    throw new Refusal('OTSInvalidPK', `Validate PK name fail. Input: ${name}, Meta: ${meta.name}.`);
  }
  if (!isMarker(value) && value.type !== meta.type) {
    throw new Refusal(
      'OTSInvalidPK',
      `Validate PK type fail. Input: ${protocolNames[value.type]}, Meta: ${protocolNames[meta.type]}.`,
    );
  }
  if (value.type !== 'integer' && sizeOf(value) > limits.keyValueBytes) {
    throw invalid(
      `The length of primary key column: '${name}' exceeds the MaxLength:${limits.keyValueBytes} with CurrentLength:${sizeOf(value)}.`,
    );
  }
}

function isMarker(value: KeyValue | KeyMarker): value is KeyMarker {
  return value.type === 'infMin' || value.type === 'infMax' || value.type === 'autoIncrement';
}
