import { newestVersions } from './live-cells';
import type { Cell, CellChange, KeyColumn, Row, Value } from './plainbuffer/value';
import { invalid } from './refusal';

const INT64_MAX = (1n << 63n) - 1n;
const INT64_MIN = -(1n << 63n);

/** The row that PutRow leaves: its cells and nothing of what was there. */
export function putRow(
  key: readonly KeyColumn[],
  changes: readonly CellChange[],
  maxVersions: number,
  nowMs: number,
): Row {
  const columns = new Map<string, Cell[]>();
  for (const change of changes) {
    if (change.operation !== 'put' || change.value === undefined) {
      throw invalid(`PutRow cannot ${change.operation} column '${change.name}'.`);
    }
    addVersion(columns, { name: change.name, value: change.value, timestampMs: change.timestampMs ?? nowMs });
  }
  return { key, cells: sorted(columns, maxVersions) };
}

/** The row that UpdateRow leaves; undefined when there was none and nothing was put. */
export function updateRow(
  before: Row | undefined,
  key: readonly KeyColumn[],
  changes: readonly CellChange[],
  maxVersions: number,
  nowMs: number,
): Row | undefined {
  const columns = new Map<string, Cell[]>();
  for (const cell of before?.cells ?? []) addVersion(columns, cell);
  const incremented = new Set<string>();
  for (const change of changes) {
    if (change.operation === 'increment') {
      if (incremented.has(change.name))
        throw invalid(`Column '${change.name}' is incremented twice in one request.`);
      incremented.add(change.name);
    }
    applyChange(columns, change, nowMs);
  }
  const onlyDeletes = changes.every(
    (change) => change.operation === 'deleteAll' || change.operation === 'deleteOne',
  );
  if (before === undefined && onlyDeletes) return undefined;
  return { key, cells: sorted(columns, maxVersions) };
}

function applyChange(columns: Map<string, Cell[]>, change: CellChange, nowMs: number): void {
  const { name, value } = change;
  const timestampMs = change.timestampMs ?? nowMs;
  switch (change.operation) {
    case 'put':
      if (value === undefined) throw invalid(`Column '${name}' has no value.`);
      return addVersion(columns, { name, value, timestampMs });
    case 'deleteAll':
      columns.delete(name);
      return;
    case 'deleteOne': {
      if (change.timestampMs === undefined)
        throw invalid(`Deleting one version of column '${name}' needs its timestamp.`);
      const left = (columns.get(name) ?? []).filter((cell) => cell.timestampMs !== timestampMs);
      if (left.length === 0) columns.delete(name);
      else columns.set(name, left);
      return;
    }
    case 'increment':
      return addVersion(columns, {
        name,
        value: sum(name, columns.get(name)?.[0]?.value, value),
        timestampMs,
      });
  }
}

/** A column that is missing counts from 0. */
function sum(name: string, before: Value | undefined, by: Value | undefined): Value {
  if (by?.type !== 'integer') throw invalid(`Column '${name}' can be incremented by an INTEGER alone.`);
  if (before === undefined) return by;
  if (before.type !== 'integer')
    throw invalid(`Column '${name}' is not an INTEGER and cannot be incremented.`);
  const integer = before.integer + by.integer;
  if (integer > INT64_MAX || integer < INT64_MIN)
    throw invalid(`Incrementing column '${name}' overflows INTEGER.`);
  return { type: 'integer', integer };
}

/** Keeps versions newest first; a second write of the same version replaces the first. */
function addVersion(columns: Map<string, Cell[]>, cell: Cell): void {
  const versions = columns.get(cell.name);
  if (versions === undefined) {
    columns.set(cell.name, [cell]);
    return;
  }
  const at = versions.findIndex((other) => other.timestampMs <= cell.timestampMs);
  if (at === -1) versions.push(cell);
  else versions.splice(at, versions[at]?.timestampMs === cell.timestampMs ? 1 : 0, cell);
}

function sorted(columns: ReadonlyMap<string, readonly Cell[]>, maxVersions: number): readonly Cell[] {
  const names = [...columns.keys()].sort(byUtf8);
  return newestVersions(
    names.flatMap((name) => columns.get(name) ?? []),
    maxVersions,
  );
}

/** Byte order of the names. JavaScript's own order differs where surrogates meet characters from U+E000 up. */
function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
