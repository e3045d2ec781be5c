import { limits } from './limits';
import { filterMessages, parse, parseRow } from './messages';
import { decodeVariant } from './plainbuffer/decode';
import { compareValues, type Cell, type Value } from './plainbuffer/value';
import { invalid } from './refusal';

/** A condition on a row's attribute columns, as filters of reads and conditions of writes carry it. */
export type ColumnFilter =
  | { readonly kind: 'not'; readonly of: ColumnFilter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly ColumnFilter[] }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly comparator: Comparator;
      readonly value: Value;
      readonly passIfMissing: boolean;
      readonly latestVersionOnly: boolean;
    };

type Comparator = '=' | '!=' | '>' | '>=' | '<' | '<=';

/** What a read's filter field can hold: a condition, or a window over the row's columns. */
export type ReadFilter =
  | ColumnFilter
  | { readonly kind: 'window'; readonly offset: number; readonly limit: number };

const [SINGLE, COMPOSITE, PAGINATION] = [1, 2, 3];
const comparators: Record<number, Comparator> = { 1: '=', 2: '!=', 3: '>', 4: '>=', 5: '<', 6: '<=' };
const combinators: Record<number, 'not' | 'and' | 'or'> = { 1: 'not', 2: 'and', 3: 'or' };

export function parseReadFilter(bytes: Buffer): ReadFilter {
  const message = parse(filterMessages.Filter, bytes);
  if (message.type !== PAGINATION) return parseColumnFilter(bytes);
  const { offset, limit } = parse(filterMessages.ColumnPaginationFilter, message.filter);
  if (offset < 0 || limit < 1) throw invalid('A column pagination filter needs offset >= 0 and limit > 0.');
  return { kind: 'window', offset, limit };
}

export function parseColumnFilter(bytes: Buffer): ColumnFilter {
  let leaves = 0;
  const read = (message: { type: number; filter: Buffer }, depth: number): ColumnFilter => {
    if (depth > limits.filterDepth) throw invalid(`Filters are nested deeper than ${limits.filterDepth}.`);
    if (message.type === SINGLE) {
      leaves += 1;
      if (leaves > limits.filterLeaves) {
        throw invalid(`The number of column conditions exceeds the limit: ${limits.filterLeaves}.`);
      }
      return parseComparison(message.filter);
    }
    if (message.type !== COMPOSITE) throw invalid(`Filter type ${message.type} cannot stand here.`);
    const { combinator, subFilters } = parse(filterMessages.CompositeColumnValueFilter, message.filter);
    const kind = combinators[combinator];
    if (kind === undefined) throw invalid(`There is no logical operator ${combinator}.`);
    const of = subFilters.map((sub) => read(sub, depth + 1));
    const [first] = of;
    if (first === undefined) throw invalid('A composite filter has no sub-filters.');
    if (kind !== 'not') return { kind, of };
    if (of.length > 1) throw invalid('NOT takes exactly one sub-filter.');
    return { kind, of: first };
  };
  return read(parse(filterMessages.Filter, bytes), 1);
}

function parseComparison(bytes: Buffer): ColumnFilter {
  const message = parse(filterMessages.SingleColumnValueFilter, bytes);
  const comparator = comparators[message.comparator];
  if (comparator === undefined) throw invalid(`There is no comparator ${message.comparator}.`);
  return {
    kind: 'compare',
    column: message.columnName,
    comparator,
    value: parseRow(decodeVariant, message.columnValue),
    passIfMissing: !message.filterIfMissing,
    latestVersionOnly: message.latestVersionOnly,
  };
}

/** Whether a row with these cells (newest version of a column first) passes. A row that does not exist has no cells. */
export function passes(filter: ColumnFilter, cells: readonly Cell[]): boolean {
  switch (filter.kind) {
    case 'not':
      return !passes(filter.of, cells);
    case 'and':
      return filter.of.every((part) => passes(part, cells));
    case 'or':
      return filter.of.some((part) => passes(part, cells));
    case 'compare': {
      const versions = cells.filter((cell) => cell.name === filter.column);
      const [newest] = versions;
      if (newest === undefined) return filter.passIfMissing;
      if (filter.latestVersionOnly) return holds(filter.comparator, newest.value, filter.value);
      return versions.some((version) => holds(filter.comparator, version.value, filter.value));
    }
  }
}

/** Values of different types have no order, so no comparison of them holds. */
function holds(comparator: Comparator, left: Value, right: Value): boolean {
  const compared = compareValues(left, right);
  if (compared === undefined) return false;
  switch (comparator) {
    case '=':
      return compared === 0;
    case '!=':
      return compared !== 0;
    case '>':
      return compared > 0;
    case '>=':
      return compared >= 0;
    case '<':
      return compared < 0;
    case '<=':
      return compared <= 0;
  }
}
