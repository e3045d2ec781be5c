import { z } from 'zod';

const accountId = z.string().regex(/^\d{16}$/);
const QUOTAS = [
  'shares',
  'sharedResources',
  'pendingInvitations',
  'sharedSnapshots',
  'accountsPerSnapshot',
  'accountsPerImage',
] as const;

/**
 * What other people may do in the cloud while a workflow runs. In-process it is called with one of these, over the
 * control endpoint it is posted as JSON.
 */
export const actSchema = z.discriminatedUnion('act', [
  /** Accepts an invitation; without an id, every one that the account has waiting. */
  z.strictObject({ act: z.literal('accept'), accountId, invitationId: z.string().optional() }),
  z.strictObject({ act: z.literal('reject'), accountId, invitationId: z.string().optional() }),
  /** An outside receiver leaves a share. */
  z.strictObject({ act: z.literal('leave'), accountId, shareId: z.string() }),
  /** Starts an instance in a deployment set that the account owns or received. */
  z.strictObject({
    act: z.literal('place-instance'),
    accountId,
    regionId: z.string(),
    deploymentSetId: z.string(),
    instanceId: z.string().optional(),
  }),
  z.strictObject({
    act: z.literal('remove-instance'),
    regionId: z.string(),
    deploymentSetId: z.string(),
    instanceId: z.string(),
  }),
  /** An account that the world knows joins a directory, at the root of the first one unless told. */
  z.strictObject({ act: z.literal('add-member'), accountId, folderId: z.string().optional() }),
  z.strictObject({ act: z.literal('move-member'), accountId, folderId: z.string() }),
  z.strictObject({ act: z.literal('remove-member'), accountId }),
  z.strictObject({
    act: z.literal('create-folder'),
    parentFolderId: z.string(),
    folderName: z.string(),
  }),
  z.strictObject({
    act: z.literal('rename-folder'),
    folderId: z.string(),
    folderName: z.string(),
  }),
  z.strictObject({ act: z.literal('move-folder'), folderId: z.string(), parentFolderId: z.string() }),
  z.strictObject({ act: z.literal('delete-folder'), folderId: z.string() }),
  z.strictObject({ act: z.literal('set-quota'), accountId, quota: z.enum(QUOTAS), value: z.int().min(0) }),
  /** How many instances a deployment set takes, whoever runs them. */
  z.strictObject({
    act: z.literal('set-capacity'),
    regionId: z.string(),
    deploymentSetId: z.string(),
    capacity: z.int().min(0),
  }),
  /** Any provider action as an account, past signature and rate limits: `{"act":"call","action":"…"}`. */
  z.strictObject({
    act: z.literal('call'),
    accountId,
    product: z.string(),
    action: z.string(),
    regionId: z.string(),
    parameters: z.record(z.string(), z.string()).default({}),
  }),
]);

export type Act = z.input<typeof actSchema>;
