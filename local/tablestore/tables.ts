import { limits } from './limits';
import { allRows, allTables, counterKey, lastTableIdKey, rowsOf, tableKey } from './keyspace';
import { invalid, noSuchTable, Refusal } from './refusal';
import { checkTableName } from './schema';
import { keyText, type Store } from './store';
import { indexAsTable, type Index, type Table } from './table';

/** The definitions of all tables: in memory for every request, in the store for the next start. */
export interface Tables {
  names(): string[];
  /** The table. Throws OTSObjectNotExist. */
  get(name: string): Table;
  /** The table or index that can be read under `name`. Throws OTSObjectNotExist. */
  readable(name: string): Table;
  /** Gives the table and its indexes numbers that none ever had. Throws OTSObjectAlreadyExist or OTSQuotaExhausted. */
  add(table: Table): void;
  replace(table: Table): void;
  remove(table: Table): void;
  /** Gives the index a number. Throws OTSObjectAlreadyExist. */
  addIndex(table: Table, index: Index): Index;
  dropIndex(table: Table, index: Index): void;
}

/** Reads every definition, and finishes dropping the rows of tables that were removed before the last stop. */
export async function loadTables(store: Store, log: (line: string) => void): Promise<Tables> {
  const byName = new Map<string, Table>();
  for await (const chunk of store.scan({ ...allTables, backward: false }, 100)) {
    for (const [, value] of chunk) {
      const table = JSON.parse(value.toString()) as Table;
      byName.set(table.name, table);
    }
  }
  let lastId = store.get(lastTableIdKey)?.readUInt32BE(0) ?? 0;
  const used = new Set(
    [...byName.values()].flatMap((table) => [table.id, ...table.indexes.map((index) => index.id)]),
  );
  for await (const id of storedIds(store)) if (!used.has(id)) discard(id);

  /** Nobody can reach rows of a number that is not in use, so they may go at leisure. */
  function discard(id: number): void {
    const { from, to } = rowsOf(id);
    store
      .clear(from, to)
      .catch((error: unknown) => log(`rows of a dropped table are still on disk: ${String(error)}`));
  }

  function save(table: Table): void {
    byName.set(table.name, table);
    store.commit(new Map([[keyText(tableKey(table.name)), Buffer.from(JSON.stringify(table))]]));
  }

  function nextId(): number {
    lastId += 1;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(lastId);
    store.commit(new Map([[keyText(lastTableIdKey), bytes]]));
    return lastId;
  }

  function checkFree(names: readonly string[]): void {
    const taken = [...byName.values()].flatMap((table) => [
      table.name,
      ...table.indexes.map((index) => index.name),
    ]);
    if (names.some((name) => taken.includes(name))) {
      throw new Refusal('OTSObjectAlreadyExist', 'Requested table already exists.');
    }
  }

  return {
    names: () => [...byName.keys()].sort(),
    get(name) {
      const table = byName.get(name);
      if (table) return table;
      checkTableName(name);
      throw noSuchTable();
    },
    readable(name) {
      const own = byName.get(name);
      if (own) return own;
      for (const table of byName.values()) {
        const index = table.indexes.find((candidate) => candidate.name === name);
        if (index) return indexAsTable(table, index);
      }
      checkTableName(name);
      throw noSuchTable();
    },
    add(table) {
      const names = [table.name, ...table.indexes.map((index) => index.name)];
      checkFree(names);
      if (new Set(names).size < names.length)
        throw invalid('Two indexes, or an index and its table, have one name.');
      if (byName.size >= limits.tables)
        throw new Refusal('OTSQuotaExhausted', 'Number of tables exceeds the quota.');
      const id = nextId();
      save({ ...table, id, indexes: table.indexes.map((index) => ({ ...index, id: nextId() })) });
    },
    replace: save,
    remove(table) {
      byName.delete(table.name);
      store.commit(
        new Map([
          [keyText(tableKey(table.name)), undefined],
          [keyText(counterKey(table.id)), undefined],
        ]),
      );
      for (const { id } of [table, ...table.indexes]) discard(id);
    },
    addIndex(table, index) {
      checkFree([index.name]);
      const numbered = { ...index, id: nextId() };
      save({ ...table, indexes: [...table.indexes, numbered] });
      return numbered;
    },
    dropIndex(table, index) {
      save({ ...table, indexes: table.indexes.filter((other) => other.id !== index.id) });
      discard(index.id);
    },
  };
}

/** The numbers that rows are stored under, found by stepping from one to the next. */
async function* storedIds(store: Store): AsyncGenerator<number> {
  let { from } = rowsOf(0);
  for (;;) {
    const id = await firstId(store, from);
    if (id === undefined) return;
    yield id;
    from = rowsOf(id).to;
  }
}

async function firstId(store: Store, from: Buffer): Promise<number | undefined> {
  for await (const [entry] of store.scan({ from, to: allRows.to, backward: false }, 1)) {
    return entry?.[0].readUInt32BE(1);
  }
  return undefined;
}
