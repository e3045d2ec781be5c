import { createHash } from 'node:crypto';
import { ProviderRefusal } from './product';

/** One page by number; pages past the end are empty, as at the provider. */
export function pageByNumber<Item>(items: readonly Item[], pageNumber: number, pageSize: number): Item[] {
  return items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
}

/**
 * One page by token over items in the order of their keys. The token names the last key that was told, so that items
 * which come or go between two pages never make another one be told twice or left out. With `query`, a token only
 * continues the question that it was handed out for.
 *
 * @throws ProviderRefusal 400 InvalidParameter.NextToken for a token that this cloud did not hand out, or for another query.
 */
export function pageByToken<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  token: string | undefined,
  maxResults: number,
  query = '',
): { page: Item[]; nextToken: string | undefined } {
  const after = token === undefined ? undefined : readToken(token, query);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  const nextToken = rest.length > maxResults && last !== undefined ? writeToken(last.key, query) : undefined;
  return { page: page.map(({ item }) => item), nextToken };
}

function writeToken(key: string, query: string): string {
  return Buffer.from(tokenStart(query) + key).toString('base64url');
}

function readToken(token: string, query: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  const start = tokenStart(query);
  if (!text.startsWith(start)) {
    throw new ProviderRefusal(400, 'InvalidParameter.NextToken', 'The NextToken is invalid.');
  }
  return text.slice(start.length);
}

function tokenStart(query: string): string {
  return `after:${createHash('sha256').update(query).digest('base64url').slice(0, 8)}:`;
}
