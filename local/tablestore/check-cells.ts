import { limits } from './limits';
import { sizeOf, type CellChange, type RowChange } from './plainbuffer/value';
import { invalid } from './refusal';
import type { TableOptions } from './table';

/** Refuses attribute columns that the service would not take: too many, too large, badly named, out of time. */
export function checkCells(change: RowChange, options: TableOptions, nowMs: number): void {
  const { cells } = change;
  if (cells.length > limits.attributeColumnsPerWrite) {
    throw invalid(
      `The number of attribute columns exceeds the limit, limit count: ${limits.attributeColumnsPerWrite}, column count: ${cells.length}.`,
    );
  }
  const keyNames = new Set(change.key.map((column) => column.name));
  let bytes = 0;
  for (const cell of cells) {
    checkName(cell.name);
    if (keyNames.has(cell.name))
      throw invalid(`The attribute column '${cell.name}' has the name of a primary key column.`);
    bytes += Buffer.byteLength(cell.name) + checkSize(cell);
    if (cell.timestampMs !== undefined) checkTimestamp(cell.timestampMs, cell, options, nowMs);
  }
  if (bytes > limits.rowWriteBytes) {
    throw invalid(
      `The total data size of the row exceeds the limit, limit size: ${limits.rowWriteBytes}, data size: ${bytes}.`,
    );
  }
}

function checkName(name: string): void {
  if (name === '' || name.startsWith('#') || Buffer.byteLength(name) > limits.nameLength) {
    throw invalid(`Invalid column name: '${name}'.`);
  }
}

function checkSize({ name, value }: CellChange): number {
  const bytes = value === undefined ? 0 : sizeOf(value);
  if (bytes > limits.attributeValueBytes) {
    throw invalid(
      `The length of attribute column: '${name}' exceeds the MaxLength:${limits.attributeValueBytes} with CurrentLength:${bytes}.`,
    );
  }
  return bytes;
}

/** A put version lies within the table's deviation of the server's time; one to be deleted may be any. */
function checkTimestamp(timestampMs: number, cell: CellChange, options: TableOptions, nowMs: number): void {
  if (timestampMs < 0 || timestampMs > Number.MAX_SAFE_INTEGER) {
    throw invalid(`The timestamp of column '${cell.name}' must be in range: [0, INT64_MAX / 1000).`);
  }
  if (cell.operation === 'deleteOne') return;
  if (Math.abs(timestampMs - nowMs) > options.maxTimeDeviationSeconds * 1000) {
    throw invalid(
      `The timestamp of column '${cell.name}' must lie within ${options.maxTimeDeviationSeconds} seconds of the server's time.`,
    );
  }
}
