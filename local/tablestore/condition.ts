import type { Condition } from 'tablestore/lib/protocol/tablestore_compiled_proto.js';
import { parseColumnFilter, passes, type ColumnFilter } from './filter';
import { sent } from './messages';
import type { Row } from './plainbuffer/value';
import { conditionFailed, invalid } from './refusal';

/** What must be true of the row before it may be written. */
export interface RowCondition {
  readonly existence: 'ignore' | 'exists' | 'missing';
  readonly filter: ColumnFilter | undefined;
}

const expectations: Record<number, RowCondition['existence']> = { 0: 'ignore', 1: 'exists', 2: 'missing' };

export function parseCondition(message: Condition): RowCondition {
  const existence = expectations[message.rowExistence];
  if (existence === undefined)
    throw invalid(`There is no row existence expectation ${message.rowExistence}.`);
  const bytes = message.columnCondition;
  const filter =
    sent(message, 'columnCondition') && bytes && bytes.length > 0 ? parseColumnFilter(bytes) : undefined;
  return { existence, filter };
}

/** Throws OTSConditionCheckFail unless the row as it is now meets the condition. A missing row has no columns. */
export function checkCondition(condition: RowCondition, row: Row | undefined): void {
  if (condition.existence === 'exists' && row === undefined) throw conditionFailed();
  if (condition.existence === 'missing' && row !== undefined) throw conditionFailed();
  if (condition.filter !== undefined && !passes(condition.filter, row?.cells ?? [])) throw conditionFailed();
}

/** Whether the row must be read to decide, which costs read capacity. */
export function readsRow(condition: RowCondition): boolean {
  return condition.existence !== 'ignore' || condition.filter !== undefined;
}
