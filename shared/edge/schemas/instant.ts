import * as z from 'zod/mini';

/** A time such as `2026-11-21T08:00:00Z`, as epoch milliseconds. Only UTC, so that nobody has to guess a zone. */
export const instant = z.pipe(
  z.iso.datetime({ error: 'Must be a time in UTC such as 2026-11-21T08:00:00Z' }),
  z.transform((written) => Date.parse(written)),
);
