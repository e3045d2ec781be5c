import * as z from 'zod/mini';
import type { Problem } from '../problem';
import { STATUS_OF, type Code } from '../problem-status';

const CODES = Object.keys(STATUS_OF) as [Code, ...Code[]];

/** A refusal on the wire: RFC 9457, with members of ours. */
export const problemAnswer = z.object({
  type: z.string().check(z.describe('`urn:sharekeeper:problem:` and the code.')),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().check(z.describe('The id of the call, as the logs have it.')),
  code: z.enum(CODES).check(z.describe('Stable: what a program decides by.')),
  nextStep: z.string().check(z.describe('What the caller can do about it.')),
  errors: z
    .exactOptional(
      z.array(
        z.strictObject({
          pointer: z.string(),
          code: z.string(),
          message: z.string(),
          fix: z.exactOptional(z.string()).check(z.describe('What to do about it.')),
          source: z.exactOptional(z.string()).check(z.describe('The page that documents it.')),
        }),
      ),
    )
    .check(
      z.describe(
        'Everything that is wrong, at once. A pointer into the body is a JSON pointer, one into the query starts with `?`, and one at a header is its name and a colon.',
      ),
    ),
  confirm: z
    .exactOptional(z.string())
    .check(z.describe('With `confirmation-needed`: the sentence that the call has to repeat.')),
} satisfies Partial<Record<keyof Problem, z.ZodMiniType>>);
