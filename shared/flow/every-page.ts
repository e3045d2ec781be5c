import type { Lists } from './ports';

const IDS_PER_PAGE_MAX = 1_000;

/** The ids of a whole list, page by page. */
export async function* everyPage(lists: Lists, list: string): AsyncGenerator<string[]> {
  let after: string | null = null;
  do {
    const page: { ids: string[]; next: string | null } = await lists.page(list, {
      limit: IDS_PER_PAGE_MAX,
      ...(after === null ? {} : { after }),
    });
    yield page.ids;
    after = page.next;
  } while (after !== null);
}
