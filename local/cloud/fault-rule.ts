import { z } from 'zod';
import type { FaultRule } from './faults';

const status = z.int().min(200).max(599);
const when = z.enum(['before', 'after']);

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('throttle'),
    code: z.enum(['Throttling', 'Throttling.User', 'Throttling.Api']).exactOptional(),
    status: status.exactOptional(),
    retryAfterMs: z.int().min(0).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('error'),
    status,
    code: z.string(),
    message: z.string().exactOptional(),
    when: when.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('html'), status: status.exactOptional(), when: when.exactOptional() }),
  z.strictObject({ kind: z.literal('redirect') }),
  z.strictObject({ kind: z.literal('timeout'), when }),
  z.strictObject({ kind: z.literal('reset'), when }),
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().min(1).max(600_000) }),
]);

/** A fault as it is posted to the control endpoint. */
export const faultRuleSchema: z.ZodType<FaultRule> = z.strictObject({
  product: z.string().exactOptional(),
  action: z.string().exactOptional(),
  accountId: z.string().exactOptional(),
  regionId: z.string().exactOptional(),
  fault: faultSchema,
  count: z.int().min(1).exactOptional(),
  skip: z.int().min(0).exactOptional(),
});
