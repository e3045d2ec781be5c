import * as z from 'zod/mini';
import type { Ballot } from '../../domain/sharing/decision';
import { REVIEW_VERDICTS } from '../../domain/sharing/request';
import { instant } from './instant';
import { text } from './text';

/** What POST /v1/requests/{requestId}/decision takes. */
export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  comment: z.prefault(text(0, 500), ''),
  /** With an approval: access ends this early, not as late as was asked. */
  endsAt: z.optional(instant),
});

export function ballotFrom({ decision, comment, endsAt }: z.output<typeof decisionBody>): Ballot {
  return { decision, comment, endMs: endsAt ?? null };
}

/** What POST /v1/requests/{requestId}/revoke takes. */
export const revokeBody = z.strictObject({ reason: text(3, 500) });

/** What POST /v1/requests/{requestId}/review takes. */
export const reviewBody = z.strictObject({ verdict: z.enum(REVIEW_VERDICTS), comment: text(3, 500) });
