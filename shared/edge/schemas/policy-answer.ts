import * as z from 'zod/mini';
import { policyBody } from './policy';
import { instantAnswer, personAnswer } from './shown';

export const policyAnswer = z.strictObject({
  version: z.string().check(z.describe('What requests name it by.')),
  policy: policyBody,
  uploaded: z
    .nullable(z.strictObject({ by: personAnswer, uploadedAt: instantAnswer }))
    .check(z.describe('Null: it came with sharekeeper.')),
});
