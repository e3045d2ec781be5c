import * as z from 'zod/mini';
import { instant } from './instant';
import { text } from './text';

/** What POST /v1/requests/{requestId}/extension takes. */
export const extensionBody = z.strictObject({
  endsAt: instant,
  reason: text(10, 500),
  ticket: z.optional(text(1, 100)),
});

export function extensionFrom({ endsAt, reason, ticket }: z.output<typeof extensionBody>) {
  return { endMs: endsAt, reason, ticket: ticket ?? null };
}
