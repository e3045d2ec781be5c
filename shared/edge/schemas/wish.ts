import * as z from 'zod/mini';
import type { BreakGlassAsked } from '../../domain/sharing/policy/break-glass';
import { principalOf, type Principal } from '../../domain/sharing/principal';
import { PRINCIPALS_PER_REQUEST_MAX, RESOURCES_PER_REQUEST_MAX } from '../../domain/sharing/request';
import { RESOURCE_TYPES } from '../../domain/sharing/resource-types';
import type { Wish } from '../../domain/sharing/wish';
import { instant } from './instant';
import { text } from './text';

const resource = z.strictObject({
  resourceType: z.enum(RESOURCE_TYPES),
  regionId: z
    .string()
    .check(z.regex(/^[a-z]{2}-[a-z0-9-]{1,40}$/, 'Must be a region id such as cn-hangzhou')),
  resourceId: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
        'Must be the id of a resource, such as s-bp1a2b3c4d5e6f7g8h9i',
      ),
    ),
  /** Left out = the account that sharekeeper runs in. */
  ownerAccountId: z.optional(z.string().check(z.regex(/^\d{16}$/, 'Must be an account id of 16 digits'))),
});

const principal = z.pipe(
  z.strictObject({ id: z.string().check(z.maxLength(64)) }),
  z.transform(({ id }, context): Principal => {
    const told = principalOf(id);
    if (told !== null) return told;
    context.issues.push({
      code: 'custom',
      input: id,
      path: ['id'],
      message: 'Must be an account id of 16 digits, a folder (fd-… or r-…) or a directory (rd-…)',
    });
    return z.NEVER;
  }),
);

/** What POST /v1/requests takes. */
export const wishBody = z.strictObject({
  resources: z.array(resource).check(z.minLength(1), z.maxLength(RESOURCES_PER_REQUEST_MAX)),
  principals: z.array(principal).check(z.minLength(1), z.maxLength(PRINCIPALS_PER_REQUEST_MAX)),
  reason: text(10, 500),
  /** What it is called in a ticket system. */
  ticket: z.optional(text(1, 100)),
  /** Left out = as soon as it is approved. */
  startsAt: z.optional(instant),
  /** Left out = as late as the policy allows. */
  endsAt: z.optional(instant),
  /** Access before anybody agrees, where the policy lets you; somebody looks at it afterwards. */
  breakGlass: z.optional(
    z.strictObject({
      reason: text(10, 500),
      /** The sentence that the first call is answered with. */
      confirm: z.optional(text(1, 500)),
    }),
  ),
});

export function wishFrom(body: z.output<typeof wishBody>, ownAccountId: string): Wish {
  return {
    resources: body.resources.map((named) => ({
      ownerAccountId: named.ownerAccountId ?? ownAccountId,
      regionId: named.regionId,
      resourceType: named.resourceType,
      resourceId: named.resourceId,
    })),
    principals: body.principals,
    reason: body.reason,
    ticket: body.ticket ?? null,
    startMs: body.startsAt ?? null,
    endMs: body.endsAt ?? null,
  };
}

export function breakGlassFrom({ breakGlass }: z.output<typeof wishBody>): BreakGlassAsked | null {
  return breakGlass === undefined ? null : { reason: breakGlass.reason, confirm: breakGlass.confirm ?? null };
}
