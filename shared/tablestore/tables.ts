import { createHash } from 'node:crypto';

export interface TableDefinition {
  name: string;
  /** Primary key columns in order; the first one is the partition key. */
  primaryKey: readonly (readonly [name: string, type: 'STRING' | 'INTEGER'])[];
  /** Rows go by themselves after this long without a write; left out = never. Tablestore: a day at least. */
  keptSeconds?: number;
}

/** Every table of an installation. */
export const TABLES = {
  /** One row per aggregate: its document, version, stream head, and the events that are not relayed yet. */
  aggregates: { name: 'aggregates', primaryKey: [['key', 'STRING']] },
  /** Ordered lists of aggregate ids; hints. */
  lists: {
    name: 'lists',
    primaryKey: [
      ['list', 'STRING'],
      ['sort', 'STRING'],
      ['id', 'STRING'],
    ],
  },
  /** Aggregates to look at again at a time; hints. */
  due: {
    name: 'due',
    primaryKey: [
      ['queue', 'STRING'],
      ['dueMs', 'INTEGER'],
      ['id', 'STRING'],
    ],
  },
  /** Streams that may hold events to relay; hints. */
  dirty: {
    name: 'dirty',
    primaryKey: [
      ['shard', 'STRING'],
      ['stream', 'STRING'],
    ],
  },
  leases: { name: 'leases', primaryKey: [['name', 'STRING']] },
  /** Every event, for ever. */
  events: {
    name: 'events',
    primaryKey: [
      ['stream', 'STRING'],
      ['number', 'INTEGER'],
    ],
  },
  /** Events on their way to an endpoint. */
  deliveries: {
    name: 'deliveries',
    primaryKey: [
      ['endpoint', 'STRING'],
      ['stream', 'STRING'],
      ['number', 'INTEGER'],
    ],
  },
  /** What was tried, newest last. */
  deliveryLog: {
    name: 'delivery_log',
    primaryKey: [
      ['endpoint', 'STRING'],
      ['atMs', 'INTEGER'],
      ['attempt', 'STRING'],
    ],
  },
  /** Calls that came with a key, and their answers. The row says how long it counts; the table only tidies up. */
  idempotency: { name: 'idempotency', primaryKey: [['scope', 'STRING']], keptSeconds: 2 * 86_400 },
} as const satisfies Record<string, TableDefinition>;

/** Tablestore splits tables by ranges of the partition key, so every one starts with two hex digits of a hash. */
export function spread(partition: string): string {
  return `${createHash('sha256').update(partition).digest('hex').slice(0, 2)}/${partition}`;
}
