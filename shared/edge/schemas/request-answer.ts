import * as z from 'zod/mini';
import { grantAnswer } from './grant-answer';
import { instantAnswer, nextAnswer, personAnswer, principalAnswer, resourceAnswer } from './shown';

const decision = z.strictObject({ by: personAnswer, decidedAt: instantAnswer, comment: z.string() });

const facts = {
  requestId: z.string(),
  resources: z.array(resourceAnswer),
  principals: z.array(principalAnswer),
  reason: z.string(),
  startsAt: z.nullable(instantAnswer).check(z.describe('Null: from the moment of approval.')),
  endsAt: z.nullable(instantAnswer).check(z.describe('Null: until it is revoked.')),
  requestedBy: personAnswer,
  createdAt: instantAnswer,
  policyVersion: z.string().check(z.describe('The version of the policy that judges this request.')),
};

/** A request in each of its states, with more facts where there are any. */
function inEachState<More extends z.core.$ZodLooseShape>(more: More) {
  const every = { ...facts, ...more };
  return z.discriminatedUnion('status', [
    z.strictObject({ ...every, status: z.literal('pending'), lapsesAt: instantAnswer }),
    z.strictObject({ ...every, status: z.literal('approved'), decision }),
    z.strictObject({ ...every, status: z.literal('denied'), decision }),
    z.strictObject({ ...every, status: z.literal('withdrawn'), withdrawnAt: instantAnswer }),
    z.strictObject({ ...every, status: z.literal('lapsed'), lapsedAt: instantAnswer }),
    z.strictObject({
      ...every,
      status: z.literal('revoked'),
      decision,
      revocation: z.strictObject({ by: personAnswer, revokedAt: instantAnswer, reason: z.string() }),
    }),
  ]);
}

export const requestAnswer = inEachState({});
export const requestWithGrantsAnswer = inEachState({ grants: z.array(grantAnswer) });
export const requestPageAnswer = z.strictObject({ requests: z.array(requestAnswer), next: nextAnswer });
