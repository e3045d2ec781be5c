import * as z from 'zod/mini';

/** The query of a call that can be tried. */
export const dryRunQuery = z.strictObject({
  dryRun: z
    .prefault(z.enum(['true', 'false']), 'false')
    .check(z.describe('true: tell what preflight finds, and write nothing.')),
});
