import * as z from 'zod/mini';

export const PAGE_DEFAULT = '50';
export const PAGE_MAX = 100;

export const limit = z.prefault(
  z
    .pipe(z.string().check(z.regex(/^[1-9]\d{0,2}$/, 'Must be a whole number from 1')), z.transform(Number))
    .check(z.maximum(PAGE_MAX)),
  PAGE_DEFAULT,
);

/** `limit` and `after` of a list; `after` is what the page before it gave as `next`. */
export const pageQuery = z.strictObject({
  limit,
  after: z.exactOptional(
    z.string().check(z.maxLength(1_000), z.refine(isCursor, 'Must be the "next" of the page before')),
  ),
});

/** `limit` of what is only ever read from its newest end. */
export const newestQuery = z.strictObject({ limit });

/** Whether it has the form in which lists name a place: base64url of a JSON pair of texts. */
function isCursor(written: string): boolean {
  if (!/^[A-Za-z0-9_-]+$/.test(written)) return false;
  try {
    const place: unknown = JSON.parse(Buffer.from(written, 'base64url').toString('utf8'));
    return Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string');
  } catch {
    return false;
  }
}
