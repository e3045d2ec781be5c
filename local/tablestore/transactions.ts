import { randomUUID } from 'node:crypto';
import { draftOn, type Draft } from './draft';
import { limits } from './limits';
import { conflict, invalid, Refusal } from './refusal';
import type { Pages, Store } from './store';
import type { Table } from './table';

/** Local transactions: each holds one partition key of one table until it ends or is 60 seconds old. */
export interface Transactions {
  /** Throws OTSRowOperationConflict when the partition key is held already. */
  start(table: Table, partitionKey: Buffer, nowMs: number): string;
  /** What the transaction has written laid over the store. Throws when it has ended or does not hold the key. */
  pages(id: string, table: Table, partitionKey: Buffer, nowMs: number): Pages;
  /** The store, unless a transaction holds the key: then OTSRowOperationConflict. */
  outside(table: Table, partitionKey: Buffer, nowMs: number): Pages;
  commit(id: string, nowMs: number): void;
  abort(id: string, nowMs: number): void;
}

interface Transaction {
  readonly id: string;
  readonly held: string;
  readonly draft: Draft;
  readonly endsMs: number;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createTransactions(store: Store): Transactions {
  const byId = new Map<string, Transaction>();
  const byKey = new Map<string, Transaction>();

  function end(transaction: Transaction): void {
    byId.delete(transaction.id);
    byKey.delete(transaction.held);
  }

  function open(id: string, nowMs: number): Transaction {
    if (!ID.test(id)) throw invalid('TransactionID is invalid.');
    const transaction = byId.get(id);
    if (transaction && transaction.endsMs <= nowMs) end(transaction);
    const still = byId.get(id);
    if (!still) throw new Refusal('OTSSessionNotExist', 'Session not exist or may be timeout.');
    return still;
  }

  function holder(held: string, nowMs: number): Transaction | undefined {
    const transaction = byKey.get(held);
    if (transaction && transaction.endsMs <= nowMs) end(transaction);
    return byKey.get(held);
  }

  return {
    start(table, partitionKey, nowMs) {
      if (!table.localTransactions) {
        throw invalid(
          'Try to call method using explicit transaction on explicit-transaction-disabled table.',
        );
      }
      const held = heldKey(table, partitionKey);
      if (holder(held, nowMs)) throw conflict();
      const id = randomUUID();
      const transaction = { id, held, draft: draftOn(store), endsMs: nowMs + limits.transactionLifeMs };
      byId.set(id, transaction);
      byKey.set(held, transaction);
      return id;
    },
    pages(id, table, partitionKey, nowMs) {
      const transaction = open(id, nowMs);
      if (transaction.held !== heldKey(table, partitionKey)) {
        throw invalid('The row is not in the partition key that the transaction was started with.');
      }
      return bounded(transaction.draft);
    },
    outside(table, partitionKey, nowMs) {
      if (byKey.size > 0 && holder(heldKey(table, partitionKey), nowMs)) throw conflict();
      return store;
    },
    commit(id, nowMs) {
      const transaction = open(id, nowMs);
      transaction.draft.land();
      end(transaction);
    },
    abort: (id, nowMs) => end(open(id, nowMs)),
  };
}

/** The draft, refusing writes beyond what a transaction may hold. */
function bounded(draft: Draft): Pages {
  return {
    get: (key) => draft.get(key),
    scan: (range, chunkRows) => draft.scan(range, chunkRows),
    commit(writes) {
      let bytes = draft.bytes;
      for (const [key, value] of writes) bytes += key.length + (value?.length ?? 0);
      if (bytes > limits.transactionBytes) {
        throw invalid(`A local transaction can write at most ${limits.transactionBytes} bytes.`);
      }
      draft.commit(writes);
    },
  };
}

function heldKey(table: Table, partitionKey: Buffer): string {
  return `${table.id}/${partitionKey.toString('latin1')}`;
}
