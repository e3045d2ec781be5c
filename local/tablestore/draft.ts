import { keyText, keyBytes, type Entry, type KeyRange, type Pages, type Writes } from './store';

/** Writes that are seen through the draft alone until they land on `base` together, or are forgotten. */
export interface Draft extends Pages {
  readonly writes: Writes;
  /** Bytes of keys and values waiting in the draft. */
  readonly bytes: number;
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
  land(): void;
}

export function draftOn(base: Pages): Draft {
  const writes = new Map<string, Buffer | undefined>();
  let bytes = 0;
  const set = (key: string, value: Buffer | undefined): void => {
    writes.set(key, value);
    bytes += key.length + (value?.length ?? 0);
  };
  return {
    writes,
    get bytes() {
      return bytes;
    },
    get(key) {
      const text = keyText(key);
      return writes.has(text) ? writes.get(text) : base.get(key);
    },
    scan: (range, chunkRows) =>
      writes.size === 0 ? base.scan(range, chunkRows) : merged(base, writes, range, chunkRows),
    put: (key, value) => set(keyText(key), value),
    remove: (key) => set(keyText(key), undefined),
    commit(more) {
      for (const [key, value] of more) set(key, value);
    },
    land: () => base.commit(writes),
  };
}

/** The base's entries with the draft's laid over them, in order. */
async function* merged(
  base: Pages,
  writes: Writes,
  range: KeyRange,
  chunkRows: number,
): AsyncGenerator<Entry[]> {
  const inFront = (a: string, b: string): boolean => (range.backward ? a > b : a < b);
  const [from, to] = [keyText(range.from), keyText(range.to)];
  const own = [...writes.keys()].filter((key) => !inFront(key, from) && inFront(key, to));
  own.sort((a, b) => (inFront(a, b) ? -1 : 1));
  let next = 0;
  const ownBefore = (limit: string | undefined): Entry[] => {
    const entries: Entry[] = [];
    for (
      let key = own[next];
      key !== undefined && (limit === undefined || inFront(key, limit));
      key = own[++next]
    ) {
      const value = writes.get(key);
      if (value !== undefined) entries.push([keyBytes(key), value]);
    }
    return entries;
  };
  for await (const chunk of base.scan(range, chunkRows)) {
    yield chunk.flatMap((entry) => {
      const text = keyText(entry[0]);
      return writes.has(text) ? ownBefore(text) : [...ownBefore(text), entry];
    });
  }
  yield ownBefore(undefined);
}
