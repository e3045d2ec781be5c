import * as z from 'zod/mini';
import { instantAnswer } from './shown';

const subject = z.strictObject({
  pointer: z.string().check(z.describe('JSON pointer into the request.')),
  detail: z.string().check(z.describe('What was found there, or why it could not be read.')),
  principalIds: z
    .exactOptional(z.array(z.string()))
    .check(
      z.describe('The principals that are meant with the resource at the pointer, unless it is all of them.'),
    ),
});

const reason = z.strictObject({
  code: z.string().check(z.describe('Stable, one for each rule.')),
  severity: z.enum(['refuse', 'warn', 'inform']),
  answer: z.enum(['fail', 'unknown']).check(z.describe('`unknown`: what the rule has to know was not read.')),
  sentence: z.string(),
  fix: z.string(),
  source: z.string().check(z.describe("The page of the provider's documents that the rule is from.")),
  blocks: z.boolean().check(z.describe('Whether it stands in the way of the request.')),
  subjects: z.array(subject),
});

/** What preflight found at the provider. */
export const preflightAnswer = z.strictObject({
  judgedAt: instantAnswer,
  outcome: z.enum(['clear', 'refused']),
  reasons: z.array(reason),
});
