import type { Clock } from '../clock';
import { serverTime } from './server-time';
import { openStore, type Store } from './store';
import { loadTables, type Tables } from './tables';
import { createTransactions, type Transactions } from './transactions';

/** One Tablestore instance: its data and what is going on in it. */
export interface Instance {
  readonly store: Store;
  readonly tables: Tables;
  readonly transactions: Transactions;
  /** The time that rows are read at, in epoch milliseconds. */
  readonly nowMs: () => number;
  /** The time that cells are written with: never earlier than a time given before, even before a restart. */
  readonly writeMs: () => number;
}

/** Opens the data in `directory`. Throws an Error with a sentence for the person when that cannot be. */
export async function openInstance(
  directory: string,
  clock: Clock,
  log: (line: string) => void,
): Promise<Instance> {
  const store = await openStore(directory);
  const tables = await loadTables(store, log);
  const time = serverTime(store, clock, log);
  return { store, tables, transactions: createTransactions(store), nowMs: time.nowMs, writeMs: time.writeMs };
}
