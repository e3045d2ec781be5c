import { counterKey } from './keyspace';
import { keyText, type Store } from './store';

/**
 * The next value of a table's auto-increment column: larger than every one before it, in all partition keys. Like the
 * service's values they look like microseconds and leave gaps.
 */
export function nextAutoIncrement(store: Store, tableId: number, nowMs: number): bigint {
  const key = counterKey(tableId);
  const last = store.get(key)?.readBigInt64BE(0) ?? 0n;
  const now = BigInt(nowMs) * 1000n;
  const next = now > last ? now : last + 1n;
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(next);
  store.commit(new Map([[keyText(key), bytes]]));
  return next;
}
