import * as z from 'zod/mini';
import { EVENT_TYPES } from '../../domain/webhooks/catalogue';
import { text } from './text';

/** What POST /v1/webhook-endpoints takes. Whether the address may be called at all is judged further in. */
export const webhookEndpointBody = z.strictObject({
  url: z.string().check(
    z.maxLength(2_000),
    z.refine((url) => URL.canParse(url) && /^https?:/i.test(url), 'Must be an https address'),
  ),
  description: z._default(text(0, 200), ''),
  /** Empty = every type. */
  types: z._default(z.array(z.enum(EVENT_TYPES)).check(z.maxLength(EVENT_TYPES.length)), []),
});
