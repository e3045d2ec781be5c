import * as z from 'zod/mini';
import { REVIEW_VERDICTS } from '../../domain/sharing/request';
import { ROLES } from '../../domain/sharing/person';
import { grantAnswer } from './grant-answer';
import { preflightAnswer } from './preflight-answer';
import { instantAnswer, nextAnswer, personAnswer, principalAnswer, resourceAnswer } from './shown';

const policyDecider = z
  .strictObject({ policyVersion: z.string(), rules: z.array(z.string()) })
  .check(z.describe('The policy itself, where it asks for nobody.'));

const decision = z.strictObject({
  by: z.union([personAnswer, policyDecider]),
  decidedAt: instantAnswer,
  comment: z.string(),
});

const approval = z.strictObject({
  who: z.strictObject({
    roles: z.exactOptional(z.array(z.enum(ROLES))),
    groups: z.exactOptional(z.array(z.string())),
    subjects: z.exactOptional(z.array(z.string())),
  }),
  count: z.int(),
  lacking: z.int().check(z.describe('How many of them have not agreed yet.')),
});

const vote = z.strictObject({
  by: personAnswer,
  votedAt: instantAnswer,
  comment: z.string(),
  shortenedTo: z.nullable(instantAnswer),
});

const review = z.discriminatedUnion('status', [
  z.strictObject({ status: z.enum(['due', 'overdue']), dueAt: instantAnswer }),
  z.strictObject({
    status: z.literal('done'),
    by: personAnswer,
    reviewedAt: instantAnswer,
    verdict: z.enum(REVIEW_VERDICTS),
    comment: z.string(),
  }),
]);

const facts = {
  requestId: z.string(),
  resources: z.array(resourceAnswer),
  principals: z.array(principalAnswer),
  reason: z.string(),
  startsAt: z.nullable(instantAnswer).check(z.describe('Null: from the moment of approval.')),
  endsAt: z.nullable(instantAnswer).check(z.describe('Null: until it is revoked.')),
  requestedBy: personAnswer,
  createdAt: instantAnswer,
  ticket: z.nullable(z.string()),
  policyVersion: z.string().check(z.describe('The version of the policy that judges this request.')),
  rules: z.array(z.string()).check(z.describe('The rules of that policy that allow it.')),
  approvals: z.array(approval).check(z.describe('Who has to agree.')),
  votes: z.array(vote).check(z.describe('Who has agreed, in order.')),
  extensionOf: z.nullable(z.string()).check(z.describe('The request that this one goes on from.')),
  breakGlass: z.nullable(z.strictObject({ reason: z.string(), review })),
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

const preflight = z
  .nullable(preflightAnswer)
  .check(z.describe('What was found at the provider before anybody was asked to agree.'));

export const requestAnswer = inEachState({ preflight });
export const requestWithGrantsAnswer = inEachState({ preflight, grants: z.array(grantAnswer) });
/** In a list requests come without what preflight found. */
export const requestPageAnswer = z.strictObject({ requests: z.array(inEachState({})), next: nextAnswer });
