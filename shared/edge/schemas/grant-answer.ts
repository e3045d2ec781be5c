import * as z from 'zod/mini';
import { instantAnswer, nextAnswer, principalAnswer, resourceAnswer } from './shown';

const window = z.strictObject({
  requestId: z.string(),
  startsAt: instantAnswer,
  endsAt: z.nullable(instantAnswer).check(z.describe('Null: open end.')),
});

const via = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('resource-share'), resourceShareId: z.string() }),
  z.strictObject({ by: z.literal('image-permission') }),
]);

const facts = {
  resource: resourceAnswer,
  principal: principalAnswer,
  windows: z
    .array(window)
    .check(z.describe('One for each approved request; access is wanted while any is open.')),
  since: instantAnswer,
};

/** One resource for one principal, by what the provider last showed of it. */
export const grantAnswer = z.discriminatedUnion('status', [
  z.strictObject({ ...facts, status: z.literal('absent') }),
  z.strictObject({ ...facts, status: z.literal('arriving'), resourceShareId: z.string() }),
  z.strictObject({
    ...facts,
    status: z.literal('invited'),
    answerBy: instantAnswer,
    resourceShareId: z.string(),
  }),
  z.strictObject({ ...facts, status: z.literal('granted'), via }),
  z.strictObject({ ...facts, status: z.literal('leaving'), via }),
  z.strictObject({ ...facts, status: z.literal('gone') }),
  z.strictObject({
    ...facts,
    status: z.literal('failed'),
    failure: z.strictObject({
      reason: z.enum(['refused', 'invitation-unanswered', 'invitation-ended', 'left', 'provider-failed']),
      detail: z.string(),
    }),
  }),
]);

export const grantPageAnswer = z.strictObject({ grants: z.array(grantAnswer), next: nextAnswer });
