import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { draftOn } from '../../../local/tablestore/draft';
import { allRows } from '../../../local/tablestore/keyspace';
import { keyText, openStore, type Readable, type Store } from '../../../local/tablestore/store';
import { createTable, startRunning } from './running';
import { always } from './sdk';

let directory: string;
let store: Store;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tablestore-store-'));
  store = await openStore(directory);
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

const key = (text: string): Buffer => Buffer.from(text);
const put = (pairs: Record<string, string | undefined>): void =>
  store.commit(
    new Map(
      Object.entries(pairs).map(([name, value]) => [
        keyText(key(name)),
        value === undefined ? value : key(value),
      ]),
    ),
  );
const scanned = async (pages: Readable, from: string, to: string, backward = false): Promise<string[]> => {
  const found: string[] = [];
  for await (const chunk of pages.scan({ from: key(from), to: key(to), backward }, 2)) {
    for (const [name, value] of chunk) found.push(`${name.toString()}=${value.toString()}`);
  }
  return found;
};

it('a write is seen by the next writer at once, by readers when it would survive a crash', async () => {
  put({ a: '1' });
  expect(store.get(key('a'))?.toString()).toBe('1');
  expect(store.landed.get(key('a'))).toBeUndefined();
  await Promise.resolve();
  put({ a: '2', b: '1' });
  expect(store.get(key('a'))?.toString()).toBe('2');
  await store.durable();
  expect([store.landed.get(key('a'))?.toString(), store.landed.get(key('b'))?.toString()]).toEqual([
    '2',
    '1',
  ]);
  put({ a: undefined });
  expect(store.get(key('a'))).toBeUndefined();
  await store.durable();
  expect(store.landed.get(key('a'))).toBeUndefined();
});

it('a draft lies over what is stored, in order, both ways, until it lands', async () => {
  put({ a: '1', c: '1', e: '1', g: '1' });
  await store.durable();
  const draft = draftOn(store);
  for (const name of ['b', 'c', 'f', 'z']) draft.put(key(name), key('2'));
  draft.remove(key('e'));
  expect(await scanned(draft, 'a', 'h')).toEqual(['a=1', 'b=2', 'c=2', 'f=2', 'g=1']);
  expect(await scanned(draft, 'g', 'a', true)).toEqual(['g=1', 'f=2', 'c=2', 'b=2']);
  expect(await scanned(store, 'a', 'h')).toEqual(['a=1', 'c=1', 'e=1', 'g=1']);
  draft.land();
  await store.durable();
  expect(await scanned(store, 'a', 'h')).toEqual(['a=1', 'b=2', 'c=2', 'f=2', 'g=1']);
});

it('rows of a deleted table leave the disk', async () => {
  await store.close();
  let running = await startRunning({ directory });
  await createTable(running.client, 'gone', [{ name: 'id', type: 2 }]);
  await running.client.putRow({
    tableName: 'gone',
    condition: always(),
    primaryKey: [{ id: 'x' }],
    attributeColumns: [{ a: 'x' }],
  });
  await running.client.deleteTable({ tableName: 'gone' });
  running = await running.restart();
  await running.server.close();
  store = await openStore(directory);
  const left: string[] = [];
  for await (const chunk of store.scan({ ...allRows, backward: false }, 10)) left.push(...chunk.map(String));
  expect(left).toEqual([]);
});
