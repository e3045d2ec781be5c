import * as z from 'zod/mini';
import { text } from './text';

/** What POST /v1/requests/{requestId}/decision takes. */
export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  comment: z.prefault(text(0, 500), ''),
});

/** What POST /v1/requests/{requestId}/revoke takes. */
export const revokeBody = z.strictObject({ reason: text(3, 500) });
