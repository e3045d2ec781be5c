/** How the one ordered key space of the store is divided. The first byte says what an entry is. */
const space = { table: 0x01, row: 0x02, counter: 0x03, clock: 0x04 } as const;

/** The definition of a table, by name. */
export function tableKey(name: string): Buffer {
  return Buffer.concat([Buffer.of(space.table), Buffer.from(name, 'utf8')]);
}

export const allTables = { from: Buffer.of(space.table), to: Buffer.of(space.table + 1) } as const;

export const allRows = { from: Buffer.of(space.row), to: Buffer.of(space.row + 1) } as const;

/** A row of the table (or index) numbered `id`. Numbers are never used twice, so a dropped table's rows stay dropped. */
export function rowKey(id: number, primaryKey: Buffer): Buffer {
  return Buffer.concat([numbered(space.row, id), primaryKey]);
}

export function rowsOf(id: number): { readonly from: Buffer; readonly to: Buffer } {
  return { from: numbered(space.row, id), to: numbered(space.row, id + 1) };
}

/** The last auto-increment value that the table numbered `id` gave out. */
export function counterKey(id: number): Buffer {
  return numbered(space.counter, id);
}

/** The last number given to a table or index. */
export const lastTableIdKey: Buffer = Buffer.of(space.counter);

/** The latest server time that a row was written with. */
export const lastTimeKey: Buffer = Buffer.of(space.clock);

function numbered(prefix: number, id: number): Buffer {
  const bytes = Buffer.allocUnsafe(5);
  bytes[0] = prefix;
  bytes.writeUInt32BE(id, 1);
  return bytes;
}
