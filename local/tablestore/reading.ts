import type { ReadOptions } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { parseReadFilter, passes, type ReadFilter } from './filter';
import { limits } from './limits';
import { liveRow } from './live-cells';
import { sent } from './messages';
import { encodeRow } from './plainbuffer/encode';
import type { Cell } from './plainbuffer/value';
import { invalid } from './refusal';
import { dataBytes, encodedRow, hasSingleVersions, storedDataBytes, unpackRow } from './stored-row';
import type { TableOptions } from './table';

/** Which columns and versions a read wants of each row, and which rows at all. */
export interface Reading {
  readonly columns: ReadonlySet<string> | undefined;
  readonly startColumn: string | undefined;
  readonly endColumn: string | undefined;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly maxVersions: number;
  readonly filter: ReadFilter | undefined;
}

/** A row as the answer carries it, and the bytes it counts for. */
export interface FoundRow {
  readonly encoded: Buffer;
  readonly bytes: number;
}

export function parseReading(message: ReadOptions): Reading {
  if (message.columnsToGet.length > limits.columnsToGet) {
    throw invalid(
      `The number of columns from the request exceeds the limit, limit count: ${limits.columnsToGet}, column count: ${message.columnsToGet.length}.`,
    );
  }
  const hasVersions = sent(message, 'maxVersions');
  if (!hasVersions && !message.timeRange) throw invalid('No version condition is specified.');
  if (hasVersions && message.maxVersions < 1) throw invalid('The max versions must be greater than 0.');
  return {
    columns: message.columnsToGet.length > 0 ? new Set(message.columnsToGet) : undefined,
    startColumn: sent(message, 'startColumn') ? message.startColumn : undefined,
    endColumn: sent(message, 'endColumn') ? message.endColumn : undefined,
    ...parseTimeRange(message.timeRange),
    maxVersions: hasVersions ? message.maxVersions : Infinity,
    filter:
      sent(message, 'filter') && message.filter.length > 0 ? parseReadFilter(message.filter) : undefined,
  };
}

function parseTimeRange(range: ReadOptions['timeRange']): { fromMs: number; toMs: number } {
  if (!range) return { fromMs: 0, toMs: Infinity };
  const time = (field: 'startTime' | 'endTime' | 'specificTime'): number | undefined =>
    sent(range, field) ? range[field]?.toNumber() : undefined;
  const specific = time('specificTime');
  const [fromMs, toMs] =
    specific === undefined ? [time('startTime'), time('endTime')] : [specific, specific + 1];
  if (fromMs === undefined || toMs === undefined)
    throw invalid('A time range needs both ends or a specific time.');
  if (fromMs < 0 || toMs <= fromMs)
    throw invalid('The time range must begin before it ends, and not before 0.');
  return { fromMs, toMs };
}

/** What `reading` sees of a stored row at `nowMs`; undefined when it sees no row at all. */
export function readRow(
  packed: Buffer,
  options: TableOptions,
  reading: Reading,
  nowMs: number,
): FoundRow | undefined {
  if (wantsAll(reading) && options.timeToLiveSeconds === -1 && hasSingleVersions(packed)) {
    return { encoded: encodedRow(packed), bytes: storedDataBytes(packed) };
  }
  const row = liveRow(unpackRow(packed), options, nowMs);
  if (row === undefined) return undefined;
  const selected = selectCells(row.cells, reading);
  const narrowed = row.cells.length > 0 || reading.columns !== undefined;
  if (selected.length === 0 && narrowed) return undefined;
  const cells = filtered(selected, reading.filter);
  if (cells === undefined) return undefined;
  return { encoded: encodeRow(row.key, cells), bytes: dataBytes(row.key, cells) };
}

function wantsAll(reading: Reading): boolean {
  return (
    reading.columns === undefined &&
    reading.startColumn === undefined &&
    reading.endColumn === undefined &&
    reading.fromMs === 0 &&
    reading.toMs === Infinity &&
    reading.filter === undefined
  );
}

function selectCells(cells: readonly Cell[], reading: Reading): readonly Cell[] {
  const { columns, startColumn, endColumn, fromMs, toMs, maxVersions } = reading;
  let name: string | undefined;
  let versions = 0;
  return cells.filter((cell) => {
    if (columns !== undefined && !columns.has(cell.name)) return false;
    if (startColumn !== undefined && cell.name < startColumn) return false;
    if (endColumn !== undefined && cell.name >= endColumn) return false;
    if (cell.timestampMs < fromMs || cell.timestampMs >= toMs) return false;
    versions = cell.name === name ? versions + 1 : 1;
    name = cell.name;
    return versions <= maxVersions;
  });
}

/** The service selects columns first and filters what is left: a filter does not see a column that was not asked for. */
function filtered(cells: readonly Cell[], filter: ReadFilter | undefined): readonly Cell[] | undefined {
  if (filter === undefined) return cells;
  if (filter.kind !== 'window') return passes(filter, cells) ? cells : undefined;
  const names = [...new Set(cells.map((cell) => cell.name))].slice(
    filter.offset,
    filter.offset + filter.limit,
  );
  const inWindow = new Set(names);
  return cells.filter((cell) => inWindow.has(cell.name));
}
