import type { Rows } from '../../shared/tablestore/rows';

/** Rows of a process that dies at its n-th call: before the call has an effect, or after it and before the answer. */
export function dyingAt(nth: number, when: 'before' | 'after', rows: Rows): Rows {
  let made = 0;
  const step = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    made += 1;
    if (made > nth || (made === nth && when === 'before')) throw new Error('the process is dead');
    const result = await call();
    if (made === nth) throw new Error('the process is dead');
    return result;
  };
  return {
    get: (table, key) => step(() => rows.get(table, key)),
    getMany: (table, keys) => step(() => rows.getMany(table, keys)),
    put: (table, key, columns, condition) => step(() => rows.put(table, key, columns, condition)),
    update: (table, key, columns, condition) => step(() => rows.update(table, key, columns, condition)),
    remove: (table, key, condition) => step(() => rows.remove(table, key, condition)),
    range: (range) => step(() => rows.range(range)),
  };
}
