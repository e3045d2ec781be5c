import { ClassicLevel } from 'classic-level';
import { Refusal } from './refusal';

/** Something that rows can be read from. */
export interface Readable {
  get(key: Buffer): Buffer | undefined;
  /** Entries in key order, in chunks of about `chunkRows`. */
  scan(range: KeyRange, chunkRows: number): AsyncIterable<Entry[]>;
}

/** Something that rows can be read from and written to: the store itself, or a draft on top of it. */
export interface Pages extends Readable {
  /** Lays `writes` down, all of them or none. `undefined` removes. Keys are `keyText`. */
  commit(writes: Writes): void;
}

export type Entry = readonly [key: Buffer, value: Buffer];
export type Writes = ReadonlyMap<string, Buffer | undefined>;

/** Forward: from <= key < to. Backward: from >= key > to. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
  readonly backward: boolean;
}

/** Reading it sees writes at once; `landed` sees only what would survive a kill -9. */
export interface Store extends Pages {
  readonly landed: Readable;
  /** Resolves when everything committed before the call would survive a kill -9 of this process. */
  durable(): Promise<void>;
  /** Removes every key in [from, to): for rows that nothing refers to any more. */
  clear(from: Buffer, to: Buffer): Promise<void>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 1024 * 1024;

/** Keys as map keys: latin1 has one character for each byte, so nothing is lost and the order stays. */
export const keyText = (key: Buffer): string => key.toString('latin1');
export const keyBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/**
 * Opens the directory. Writes that arrive while one batch is on its way to the operating system form the next one (group
 * commit). Throws an Error that says what to do when another process has the directory open or it cannot be used.
 */
export async function openStore(directory: string): Promise<Store> {
  const level = new ClassicLevel<Buffer, Buffer>(directory, {
    keyEncoding: 'buffer',
    valueEncoding: 'buffer',
  });
  try {
    await level.open();
  } catch (error) {
    throw openFailure(directory, error);
  }

  let gathering = new Map<string, Buffer | undefined>();
  let writing: Writes = new Map();
  let scheduled = false;
  let last: Promise<void> = Promise.resolve();
  let broken = false;

  async function writeGroup(): Promise<void> {
    writing = gathering;
    gathering = new Map();
    scheduled = false;
    try {
      await level.batch(Array.from(writing, operation));
    } catch (error) {
      broken = true;
      throw new Refusal('OTSServerUnavailable', `The data directory cannot be written: ${String(error)}`);
    }
    writing = new Map();
  }

  const landed: Readable = {
    get: (key) => level.getSync(key),
    scan: (range, chunkRows) => scanLevel(level, range, chunkRows),
  };

  return {
    landed,
    get(key) {
      if (broken)
        throw new Refusal('OTSServerUnavailable', 'The data directory could not be written earlier.');
      if (gathering.size === 0 && writing.size === 0) return level.getSync(key);
      const text = keyText(key);
      if (gathering.has(text)) return gathering.get(text);
      if (writing.has(text)) return writing.get(text);
      return level.getSync(key);
    },
    scan: (range, chunkRows) => landed.scan(range, chunkRows),
    commit(writes) {
      for (const [key, value] of writes) gathering.set(key, value);
      if (scheduled || writes.size === 0) return;
      scheduled = true;
      last = last.then(writeGroup);
      // Each request that waits on `last` reports the failure; this only keeps Node from ending the process for it.
      last.catch(() => undefined);
    },
    durable: () => last,
    clear: (from, to) => level.clear({ gte: from, lt: to }),
    async close() {
      await last.catch(() => undefined);
      await level.close();
    },
  };
}

function operation([key, value]: readonly [string, Buffer | undefined]) {
  return value === undefined
    ? ({ type: 'del', key: keyBytes(key) } as const)
    : ({ type: 'put', key: keyBytes(key), value } as const);
}

async function* scanLevel(level: ClassicLevel<Buffer, Buffer>, range: KeyRange, chunkRows: number) {
  const bounds = range.backward ? { lte: range.from, gt: range.to } : { gte: range.from, lt: range.to };
  const iterator = level.iterator({ ...bounds, reverse: range.backward, highWaterMarkBytes: CHUNK_BYTES });
  try {
    for (;;) {
      const chunk = await iterator.nextv(chunkRows);
      if (chunk.length === 0) return;
      yield chunk;
    }
  } finally {
    await iterator.close();
  }
}

function openFailure(directory: string, error: unknown): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const locked = cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED';
  return locked
    ? new Error(
        `Another process has ${directory} open. Stop it, or give this server a directory of its own.`,
        { cause },
      )
    : new Error(`The directory ${directory} cannot be opened as Tablestore data: ${String(cause)}`, {
        cause,
      });
}
