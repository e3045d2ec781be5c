import { randomUUID } from 'node:crypto';
import { chain, STREAM_START, type StreamEvent, type StreamHead } from '../domain/audit/event';
import type { Aggregates, Change, Clock, Documents, Kind, Stored } from '../flow/ports';
import { removeHints, writeHints } from './hints';
import { TablestoreError, type Columns, type Condition, type Key, type Row, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** The shape in which documents are stored now; a reader of a later shape knows by it what it has before it. */
const SCHEMA_VERSION = 1;

/**
 * One row per aggregate: document, version, the head of its event stream, and the events that are not relayed yet.
 * Written together by one conditional write, so no crash can part a state from its event.
 */
export function openAggregates(rows: Rows, clock: Clock): Aggregates {
  return {
    async load(kind, id) {
      const row = await rows.get(TABLES.aggregates.name, aggregateKey(kind, id));
      return row === null ? null : storedFrom(row);
    },

    async loadMany<K extends Kind>(kind: K, ids: readonly string[]) {
      const found = await rows.getMany(
        TABLES.aggregates.name,
        [...new Set(ids)].map((id) => aggregateKey(kind, id)),
      );
      return new Map(found.map((row) => [idOf(kind, row), storedFrom<Documents[K]>(row)]));
    },

    async save(kind, id, over, change) {
      if (over !== null && !isStoredRow(over))
        throw new TypeError('Only a document that was loaded can be saved over');
      await writeHints(rows, streamOf(kind, id), id, change, clock.nowMs());
      const opId = randomUUID();
      const columns = columnsFor(streamOf(kind, id), over, change, opId, clock.nowMs());
      const condition: Condition =
        over === null
          ? { row: 'must-not-exist' }
          : { row: 'must-exist', column: 'ver', equals: over.version };
      try {
        const written = await rows.put(TABLES.aggregates.name, aggregateKey(kind, id), columns, condition);
        if (written === 'condition-failed') return 'conflict';
        await removeHints(rows, id, change.leaves);
        return 'saved';
      } catch (error) {
        if (!(error instanceof TablestoreError) || !error.outcomeUnknown) throw error;
        // The write may have landed: only the row itself can tell whose it is now.
        const now = await rows.get(TABLES.aggregates.name, aggregateKey(kind, id));
        if (now?.columns.opId === opId) return 'saved';
        if ((now?.columns.ver ?? 0) === (over?.version ?? 0)) throw error;
        return 'conflict';
      }
    },
  };
}

export function streamOf(kind: Kind, id: string): string {
  return `${kind}/${id}`;
}

export function aggregateKey(kind: Kind, id: string): Key {
  return [['key', spread(streamOf(kind, id))]];
}

/** A document as we hand it out, with what its row holds besides: the next write goes on from there. */
interface StoredRow<Doc> extends Stored<Doc> {
  head: StreamHead;
  outbox: StreamEvent[];
}

function isStoredRow<Doc>(stored: Stored<Doc>): stored is StoredRow<Doc> {
  return 'head' in stored && 'outbox' in stored;
}

function storedFrom<Doc>(row: Row): StoredRow<Doc> {
  const { ver, doc, headNumber, headHash } = row.columns;
  if (typeof ver !== 'number' || typeof doc !== 'string') {
    throw new TypeError(`The row ${JSON.stringify(row.key)} is not an aggregate`);
  }
  return {
    doc: JSON.parse(doc) as Doc,
    version: ver,
    head: { number: Number(headNumber), hash: String(headHash) },
    outbox: outboxOf(row),
  };
}

export function outboxOf(row: Row): StreamEvent[] {
  return JSON.parse(String(row.columns.outbox)) as StreamEvent[];
}

function columnsFor(
  stream: string,
  over: StoredRow<unknown> | null,
  change: Change<unknown>,
  opId: string,
  nowMs: number,
): Columns {
  const head = over?.head ?? STREAM_START;
  const added = chain(stream, head, change.events, nowMs);
  const last = added.at(-1) ?? head;
  return {
    ver: (over?.version ?? 0) + 1,
    opId,
    doc: JSON.stringify(change.doc),
    headNumber: last.number,
    headHash: last.hash,
    outbox: JSON.stringify([...(over?.outbox ?? []), ...added]),
    schema: SCHEMA_VERSION,
    writtenMs: nowMs,
  };
}

function idOf(kind: Kind, row: Row): string {
  const key = String(row.key.key);
  return key.slice(key.indexOf('/') + 1 + kind.length + 1);
}
