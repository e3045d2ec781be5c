import * as z from 'zod/mini';
import { INVITATION_STATUSES } from '../../domain/receiving/invitation';
import { SHARED_STATUSES } from '../../domain/receiving/received';
import { RESOURCE_TYPES } from '../../domain/sharing/resource-types';
import { instantAnswer } from './shown';

const place = { accountId: z.string(), regionId: z.string() };

export const invitationAnswer = z.strictObject({
  ...place,
  invitationId: z.string(),
  resourceShareId: z.string(),
  resourceShareName: z.string(),
  senderAccountId: z.string(),
  status: z.enum(INVITATION_STATUSES),
  createdAt: instantAnswer,
  answerBy: instantAnswer.check(z.describe('After it nobody can answer any more.')),
  failures: z
    .array(
      z.strictObject({
        resourceType: z.string(),
        resourceId: z.string(),
        reason: z.string(),
        description: z.string(),
      }),
    )
    .check(z.describe('Why accepting it failed.')),
});

export const invitationsAnswer = z.strictObject({ invitations: z.array(invitationAnswer) });

const details = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('Snapshot'),
    snapshotName: z.string(),
    status: z.string(),
    available: z.boolean(),
    category: z.string(),
    encrypted: z.boolean(),
    kmsKeyId: z.string(),
    sizeGiB: z.number(),
    createdAt: instantAnswer,
    retentionDays: z.nullable(z.number()),
    retentionEndsAt: z.nullable(instantAnswer),
  }),
  z.strictObject({
    kind: z.literal('Image'),
    imageName: z.string(),
    status: z.string(),
    encrypted: z.boolean(),
    productCode: z.string(),
    sizeGiB: z.number(),
  }),
  z.strictObject({
    kind: z.literal('DeploymentSet'),
    deploymentSetName: z.string(),
    strategy: z.string(),
    room: z.array(z.strictObject({ zoneId: z.string(), available: z.number() })),
  }),
  z.strictObject({
    kind: z.literal('VSwitch'),
    vSwitchName: z.string(),
    vpcId: z.string(),
    zoneId: z.string(),
    cidrBlock: z.string(),
    addressesLeft: z.nullable(z.number()),
  }),
]);

export const receivedResourcesAnswer = z.strictObject({
  resources: z.array(
    z.strictObject({
      ...place,
      resourceType: z.string(),
      resourceId: z
        .nullable(z.string())
        .check(z.describe('What it is called in this account. Null: it does not show here yet.')),
      source: z.strictObject({ ownerAccountId: z.string(), regionId: z.string(), resourceId: z.string() }),
      resourceShares: z.array(z.strictObject({ resourceShareId: z.string(), resourceShareName: z.string() })),
      status: z
        .nullable(z.enum(SHARED_STATUSES))
        .check(z.describe('Null: it comes through no resource share.')),
      details: z.nullable(details),
    }),
  ),
});

export const useAnswer = z.strictObject({
  ...place,
  useId: z.string(),
  call: z.string(),
  status: z
    .enum(['open', 'unsure', 'done', 'refused', 'try-again', 'unknown'])
    .check(z.describe('`unsure` and `unknown`: it was sent, and nobody knows what came of it.')),
  madeId: z.nullable(z.string()).check(z.describe('The id of the disk, snapshot or instance.')),
  requestId: z.string().check(z.describe("Alibaba Cloud's own, empty when its answer was lost.")),
  detail: z.string(),
});

export const instructionsAnswer = z.strictObject({
  resourceType: z.enum(RESOURCE_TYPES),
  steps: z.array(z.string()),
  limits: z.array(z.strictObject({ code: z.string(), sentence: z.string() })),
  whenItEnds: z.array(z.string()),
  source: z.string(),
});
