import { ProviderRefusal } from './product';

/** One page by number; pages past the end are empty, as at the provider. */
export function pageByNumber<Item>(items: readonly Item[], pageNumber: number, pageSize: number): Item[] {
  return items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
}

/**
 * One page by token over items in the order of their keys. The token names the last key that was told, so that items
 * which come or go between two pages never make another one be told twice or left out.
 *
 * @throws ProviderRefusal 400 InvalidParameter.NextToken for a token that this cloud did not hand out.
 */
export function pageByToken<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  token: string | undefined,
  maxResults: number,
): { page: Item[]; nextToken: string | undefined } {
  const after = token === undefined ? undefined : readToken(token);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  const nextToken = rest.length > maxResults && last !== undefined ? writeToken(last.key) : undefined;
  return { page: page.map(({ item }) => item), nextToken };
}

const TOKEN_START = 'after:';

function writeToken(key: string): string {
  return Buffer.from(TOKEN_START + key).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith(TOKEN_START)) {
    throw new ProviderRefusal(
      400,
      'InvalidParameter.NextToken',
      'The specified parameter NextToken is not valid.',
    );
  }
  return text.slice(TOKEN_START.length);
}
