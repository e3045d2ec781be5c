import * as z from 'zod/mini';
import { text } from './text';

/** What POST /v1/webhook-endpoints takes. Whether the address may be called, and each type is one, is judged further in. */
export const webhookEndpointBody = z.strictObject({
  url: z.string().check(z.maxLength(2_000), z.regex(/^[\x21-\x7e]+$/, 'Must be an address in ASCII')),
  description: z.prefault(text(0, 200), ''),
  /** Empty = every type. */
  types: z.prefault(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(100)), []),
});
