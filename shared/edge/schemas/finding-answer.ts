import * as z from 'zod/mini';
import { instantAnswer, nextAnswer, resourceAnswer } from './shown';

const cost = z.strictObject({
  currency: z.string(),
  low: z.number(),
  likely: z.nullable(z.number()),
  high: z.number(),
  exact: z.boolean(),
  perGbMonth: z.number(),
  priceSource: z.string(),
});

const facts = {
  findingId: z.string(),
  rule: z.string(),
  severity: z.enum(['low', 'medium', 'high']),
  resource: resourceAnswer,
  title: z.string(),
  advice: z.string(),
  cost: z
    .nullable(cost)
    .check(z.describe('A month at the list price. Null: it costs nothing, or the price is not known.')),
  evidence: z.record(z.string(), z.unknown()),
  firstSeenAt: instantAnswer,
  lastSeenAt: instantAnswer,
};

const findingAnswer = z.discriminatedUnion('status', [
  z.strictObject({ ...facts, status: z.literal('open') }),
  z.strictObject({ ...facts, status: z.literal('resolved'), resolvedAt: instantAnswer }),
]);

const sweep = {
  sweep: z.literal('shared-snapshots'),
  ownerAccountId: z.string(),
  regionId: z.string(),
  startedAt: instantAnswer,
  endedAt: instantAnswer,
  snapshotsRead: z.int(),
  sharedSnapshots: z.int(),
  expiredShared: z.int(),
  findings: z.strictObject({ opened: z.int(), changed: z.int(), resolved: z.int() }),
  sharedNotListed: z.strictObject({ count: z.int(), snapshotIds: z.array(z.string()) }),
};

const sweepAnswer = z.discriminatedUnion('completeness', [
  z.strictObject({ ...sweep, completeness: z.literal('complete') }),
  z.strictObject({ ...sweep, completeness: z.literal('incomplete'), incompleteBecause: z.string() }),
]);

export const findingPageAnswer = z.strictObject({ findings: z.array(findingAnswer), next: nextAnswer });
export const sweepPageAnswer = z.strictObject({ sweeps: z.array(sweepAnswer), next: nextAnswer });
