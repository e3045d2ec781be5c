import TableStore from 'tablestore';
import type { Condition as SdkCondition, Int64, PrimaryKey, SdkRow } from 'tablestore';
import type { Columns, Condition, Key, Row } from './rows';

/** The SDK writes a plain JavaScript number as a DOUBLE, so every number of ours goes as an INTEGER. */
export function valueTo(value: string | number): string | Int64 {
  if (typeof value === 'string') return value;
  if (!Number.isSafeInteger(value)) throw new TypeError(`Tablestore holds whole numbers here, got ${value}`);
  return TableStore.Long.fromNumber(value);
}

export function keyTo(key: Key): PrimaryKey {
  return key.map(([name, value]) => ({ [name]: valueTo(value) }));
}

export function keyFrom(primaryKey: readonly { name: string; value: string | Int64 }[]): Key {
  return primaryKey.map(({ name, value }) => [name, typeof value === 'string' ? value : value.toNumber()]);
}

export function rowFrom(row: SdkRow): Row {
  const columns: Columns = {};
  for (const { columnName, columnValue } of row.attributes ?? []) {
    if (typeof columnValue === 'string') columns[columnName] = columnValue;
    else if (typeof columnValue === 'object' && 'toNumber' in columnValue)
      columns[columnName] = columnValue.toNumber();
    else throw new TypeError(`Column ${columnName} is neither a STRING nor an INTEGER`);
  }
  return { key: Object.fromEntries(keyFrom(row.primaryKey ?? [])), columns };
}

export function conditionFor(condition: Condition): SdkCondition {
  const { IGNORE, EXPECT_EXIST, EXPECT_NOT_EXIST } = TableStore.RowExistenceExpectation;
  switch (condition.row) {
    case 'any':
      return new TableStore.Condition(IGNORE, null);
    case 'must-not-exist':
      return new TableStore.Condition(EXPECT_NOT_EXIST, null);
    case 'must-exist': {
      if (!('column' in condition)) return new TableStore.Condition(EXPECT_EXIST, null);
      // The SDK's default lets a row pass that lacks the column; a compare-and-set must not.
      const equals = new TableStore.SingleColumnCondition(
        condition.column,
        valueTo(condition.equals),
        TableStore.ComparatorType.EQUAL,
        false,
      );
      return new TableStore.Condition(EXPECT_EXIST, equals);
    }
  }
}
