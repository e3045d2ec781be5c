import { pageByNumber, pageByToken } from '../paging';
import type { Call, ParameterSpec } from '../product';
import { numberOf, textOf } from '../read-parameters';

/** The two ways in which ECS pages its newer lists. PageNumber and PageSize are deprecated there. */
export const BOTH_PAGINGS: Record<string, ParameterSpec> = {
  MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
  NextToken: { type: 'string' },
  PageNumber: { type: 'integer', minimum: 1 },
  PageSize: { type: 'integer', minimum: 1, maximum: 100 },
};

const DEFAULT_PAGE_SIZE = 10;

/** One page and the fields that tell about it. The items must come in the order of their keys. */
export interface Listed<Item> {
  page: Item[];
  fields: Record<string, unknown>;
}

/**
 * One page of a list with both pagings, by token unless only page numbers are given. With token paging the provider's
 * TotalCount means nothing, so it is 0 here: who relies on it shall notice.
 */
export function listed<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  call: Call,
): Listed<Item> {
  const token = textOf(call, 'NextToken');
  const maxResults = numberOf(call, 'MaxResults');
  const byToken = token !== undefined || maxResults !== undefined;
  if (!byToken && (numberOf(call, 'PageNumber') ?? numberOf(call, 'PageSize')) !== undefined) {
    return listedByNumber(items, call);
  }
  const { page, nextToken } = pageByToken(items, keyOf, token, maxResults ?? DEFAULT_PAGE_SIZE);
  return {
    page,
    fields: {
      ...nextTokenField(nextToken, call),
      PageNumber: 1,
      PageSize: maxResults ?? DEFAULT_PAGE_SIZE,
      TotalCount: byToken ? 0 : items.length,
    },
  };
}

/** One page of a list that is paged by number only. */
export function listedByNumber<Item>(items: readonly Item[], call: Call): Listed<Item> {
  const pageNumber = numberOf(call, 'PageNumber') ?? 1;
  const pageSize = numberOf(call, 'PageSize') ?? DEFAULT_PAGE_SIZE;
  return {
    page: pageByNumber(items, pageNumber, pageSize),
    fields: { PageNumber: pageNumber, PageSize: pageSize, TotalCount: items.length },
  };
}

/** NextToken where there is more; on the last page it is absent or empty, which no document tells. */
export function nextTokenField(nextToken: string | undefined, call: Call): { NextToken?: string } {
  if (nextToken !== undefined) return { NextToken: nextToken };
  return call.switchAt('last-page-token') === 'empty' ? { NextToken: '' } : {};
}

/** A key by which the newest comes first, and things of the same moment have one order. */
export function newestFirst(creationMs: number, id: string): string {
  return `${String(Number.MAX_SAFE_INTEGER - creationMs).padStart(16, '0')}:${id}`;
}
