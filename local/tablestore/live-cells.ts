import type { Cell, Row } from './plainbuffer/value';
import type { TableOptions } from './table';

/**
 * The row without the cells that the table's TTL has ended ("Data versions and TTL": a cell lives for the TTL from its
 * version number) and without versions beyond the table's limit. A row all of whose cells are gone is gone itself; a row
 * that never had cells is its key alone, and stays.
 */
export function liveRow(row: Row, options: TableOptions, nowMs: number): Row | undefined {
  const cells = newestVersions(row.cells, options.maxVersions).filter((cell) =>
    isAlive(cell, options, nowMs),
  );
  if (cells.length === row.cells.length) return row;
  return cells.length === 0 ? undefined : { key: row.key, cells };
}

function isAlive(cell: Cell, options: TableOptions, nowMs: number): boolean {
  return options.timeToLiveSeconds === -1 || cell.timestampMs > nowMs - options.timeToLiveSeconds * 1000;
}

/** Cells must be sorted by column and then newest first. */
export function newestVersions(cells: readonly Cell[], count: number): readonly Cell[] {
  let name: string | undefined;
  let versions = 0;
  return cells.filter((cell) => {
    versions = cell.name === name ? versions + 1 : 1;
    name = cell.name;
    return versions <= count;
  });
}
