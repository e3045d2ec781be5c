import { pageByToken } from '../paging';
import type { Call } from '../product';
import { numberOf, textOf } from '../read-parameters';
import { PAGE_DEFAULT } from './limits';

/** One page under its field name, with NextToken as this world's last page has it: absent or empty. */
export function pageOf<Item>(
  call: Call,
  field: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  view: (item: Item) => Record<string, unknown>,
): Record<string, unknown> {
  const { NextToken: _token, MaxResults: _size, ...asked } = call.parameters;
  const query = JSON.stringify([field, call.caller.accountId, call.regionId, asked]);
  const size = numberOf(call, 'MaxResults') ?? PAGE_DEFAULT;
  const { page, nextToken } = pageByToken(items, keyOf, textOf(call, 'NextToken'), size, query);
  const isEmptyAtEnd = call.switchAt('last-page-token') === 'empty';
  return {
    [field]: page.map(view),
    ...(nextToken !== undefined ? { NextToken: nextToken } : isEmptyAtEnd ? { NextToken: '' } : {}),
  };
}

/** Sorts by time first; ids keep two of one millisecond apart. */
export function timeKey(ms: number, ...ids: string[]): string {
  return [String(ms).padStart(14, '0'), ...ids].join(' ');
}
