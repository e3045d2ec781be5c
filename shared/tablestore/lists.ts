import type { Lists } from '../flow/ports';
import { HIGHEST, LOWEST, type Bound, type Range, type Rows } from './rows';
import { spread, TABLES } from './tables';

/** Ordered lists of aggregate ids. An entry is a hint: its aggregate may not be there, or may have moved on. */
export function openLists(rows: Rows): Lists {
  return {
    async page(list, { limit, after, newestFirst }) {
      const at = spread(list);
      const low: Bounds = [
        ['list', at],
        ['sort', LOWEST],
        ['id', LOWEST],
      ];
      const high: Bounds = [
        ['list', at],
        ['sort', HIGHEST],
        ['id', HIGHEST],
      ];
      const backward = newestFirst === true;
      const start = after === undefined ? (backward ? high : low) : boundsFrom(at, after);
      const end = backward ? low : high;
      const page = await rows.range({ table: TABLES.lists.name, from: start, to: end, backward, limit });
      const ids = page.rows.map((row) => String(row.key.id));
      const next = page.next === null ? null : cursorFrom(page.next);
      return { ids, next };
    },
  };
}

type Bounds = Range['from'];

/** A cursor names the first entry that was not read, in a form that is opaque to whoever carries it. */
function cursorFrom(key: readonly (readonly [string, string | number])[]): string {
  const [, sort, id] = key.map(([, value]) => value);
  return Buffer.from(JSON.stringify([sort, id])).toString('base64url');
}

function boundsFrom(list: string, cursor: string): [string, Bound][] {
  const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const [sort, id] = Array.isArray(parsed) ? parsed : [];
  if (typeof sort !== 'string' || typeof id !== 'string') throw new SyntaxError('Not a cursor of this list');
  return [
    ['list', list],
    ['sort', sort],
    ['id', id],
  ];
}
