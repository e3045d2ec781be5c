import * as z from 'zod/mini';
import { RESOURCE_TYPES } from '../../domain/sharing/resource-types';

/** What many answers show. Schemas of answers are for the document and the tests: no function loads them. */

export const instantAnswer = z.iso.datetime().check(z.describe('UTC, with milliseconds.'));

export const nextAnswer = z
  .nullable(z.string())
  .check(z.describe('Send it as `after` to read on. Null: that was the last page.'));

export const personAnswer = z.strictObject({
  subject: z.string().check(z.describe('`<issuer>|<subject>` of the token: what tells people apart.')),
  name: z.string().check(z.describe('For reading only.')),
});

export const resourceAnswer = z.strictObject({
  ownerAccountId: z.string(),
  regionId: z.string(),
  resourceType: z.enum(RESOURCE_TYPES),
  resourceId: z.string(),
});

export const principalAnswer = z.strictObject({
  type: z.enum(['account', 'folder', 'directory']),
  id: z.string(),
});
