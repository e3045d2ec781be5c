import * as z from 'zod/mini';
import { instantAnswer } from './shown';

const endpoint = {
  endpointId: z.string(),
  url: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  types: z.array(z.string()).check(z.describe('Event types that are sent. Empty: all.')),
  createdAt: instantAnswer,
};

const attempt = {
  endpointId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  stream: z.string(),
  number: z.int(),
  attemptedAt: instantAnswer,
  latencyMs: z.number(),
};
const noAnswer = z.nullable(z.int()).check(z.describe('Null: no answer came.'));

export const deliveryAnswer = z.discriminatedUnion('status', [
  z.strictObject({ ...attempt, status: z.literal('delivered'), responseStatus: z.int() }),
  z.strictObject({
    ...attempt,
    status: z.literal('failed'),
    responseStatus: noAnswer,
    why: z.string(),
    nextAttemptAt: instantAnswer,
  }),
  z.strictObject({
    ...attempt,
    status: z.literal('abandoned'),
    responseStatus: noAnswer,
    why: z.string(),
  }),
]);

export const newWebhookEndpointAnswer = z.strictObject({
  ...endpoint,
  secret: z.string().check(z.describe('Signs what is sent. Shown in this answer and in no other.')),
});
export const webhookEndpointsAnswer = z.strictObject({ endpoints: z.array(z.strictObject(endpoint)) });
export const deliveriesAnswer = z.strictObject({ deliveries: z.array(deliveryAnswer) });
