import { ProviderError } from '../flow/ports';

/** The provider's own bound for every list that is read here. */
export const PAGE_SIZE = 100;
/** 100,000 items: far above every quota, so more of them mean that the list does not end. */
const PAGES_MAX = 1_000;

export interface TokenPage<Item> {
  items: Item[];
  /** '' on the last page. */
  nextToken: string;
}

/** Every page of a list that goes on by token, one after the other. Throws when one of them cannot be read. */
export async function* pagesByToken<Item>(
  action: string,
  read: (nextToken: string | undefined) => Promise<TokenPage<Item>>,
): AsyncGenerator<Item[]> {
  let nextToken: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const page = await read(nextToken);
    yield page.items;
    if (page.nextToken === '') return;
    nextToken = page.nextToken;
  }
  throw endless(action);
}

export async function allByToken<Item>(
  action: string,
  read: (nextToken: string | undefined) => Promise<TokenPage<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pagesByToken(action, read)) items.push(...page);
  return items;
}

/**
 * Every item of a list that goes on by page number. Something that comes or goes between two pages moves the others
 * from one page to the next, where they are met twice or not at all; then the first page's count does not come out.
 */
export async function allByNumber<Item>(
  action: string,
  read: (pageNumber: number) => Promise<{ items: Item[]; totalCount: number }>,
): Promise<Item[]> {
  const first = await read(1);
  const items = [...first.items];
  for (let pageNumber = 2; items.length < first.totalCount; pageNumber++) {
    if (pageNumber > PAGES_MAX) throw endless(action);
    const page = await read(pageNumber);
    if (page.items.length === 0) throw changedWhileRead(action);
    items.push(...page.items);
  }
  if (items.length > first.totalCount) throw changedWhileRead(action);
  return items;
}

/** What was read in several calls does not fit together. */
export function changedWhileRead(what: string): ProviderError {
  return new ProviderError('try-again', {
    code: 'ChangedWhileRead',
    message: `${what} changed while it was read, so there is no whole picture of it. Reading it again helps.`,
    afterMs: 1_000,
  });
}

function endless(action: string): ProviderError {
  return new ProviderError('unknown', {
    code: 'EndlessList',
    message: `${action} had more than ${PAGES_MAX} pages of ${PAGE_SIZE}: it was not read to the end.`,
  });
}

/** Everything that is asked for by id, a bounded number of ids in each call. Each id once. */
export async function inBatches<Item>(
  ids: readonly string[],
  perCallMax: number,
  read: (some: string[]) => Promise<Item[]>,
): Promise<Item[]> {
  const distinct = [...new Set(ids)];
  const items: Item[] = [];
  for (let at = 0; at < distinct.length; at += perCallMax) {
    items.push(...(await read(distinct.slice(at, at + perCallMax))));
  }
  return items;
}
