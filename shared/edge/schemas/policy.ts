import * as z from 'zod/mini';
import {
  APPROVALS_PER_GROUP_MAX,
  APPROVAL_GROUPS_MAX,
  HOURS_MAX,
  LONGEST_DAYS_MAX,
  PATTERN_CHARACTERS_MAX,
  RULE_ENTRIES_MAX,
  RULES_MAX,
} from '../../domain/sharing/policy/policy';
import { principalOf } from '../../domain/sharing/principal';
import { ROLES } from '../../domain/sharing/person';
import { RESOURCE_TYPES } from '../../domain/sharing/resource-types';
import { text } from './text';

const SUBJECT_CHARACTERS_MAX = 512;
const REASON_CHARACTERS_MAX = 500;

/** A list that means "one of these": an empty one would mean nobody and nothing, and is a mistake. */
function someOf<Item extends z.ZodMiniType>(item: Item) {
  return z.array(item).check(z.minLength(1), z.maxLength(RULE_ENTRIES_MAX));
}

function whole(least: number, most: number) {
  return z.int().check(z.minimum(least), z.maximum(most));
}

const pattern = text(1, PATTERN_CHARACTERS_MAX);

export const who = z.strictObject({
  roles: z.exactOptional(someOf(z.enum(ROLES))),
  groups: z.exactOptional(someOf(text(1, SUBJECT_CHARACTERS_MAX))),
  subjects: z.exactOptional(someOf(text(1, SUBJECT_CHARACTERS_MAX))),
});

const what = z.strictObject({
  resourceTypes: z.exactOptional(someOf(z.enum(RESOURCE_TYPES))),
  ownerAccountIds: z.exactOptional(someOf(pattern)),
  regionIds: z.exactOptional(someOf(pattern)),
  resourceIds: z.exactOptional(someOf(pattern)),
});

const KINDS_OF_WHOM = ['anyone', 'inside', 'outside', 'directory'];
const whom = z.string().check(
  z.maxLength(64),
  z.refine(
    (written) =>
      KINDS_OF_WHOM.includes(written) || ['account', 'folder'].includes(principalOf(written)?.type ?? ''),
    `Must be ${KINDS_OF_WHOM.join(', ')}, an account id of 16 digits, or a folder (fd-… or r-…)`,
  ),
);

const approval = z.strictObject({ who, count: whole(1, APPROVALS_PER_GROUP_MAX) }).check(
  z.refine(({ who: { subjects }, count }) => subjects === undefined || new Set(subjects).size >= count, {
    error: 'More approvals than people are named, so nobody could ever approve',
    path: ['count'],
  }),
);

const scope = {
  name: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'Must be 1 to 50 of a-z, 0-9 and -')),
  who,
  what,
  whom: someOf(whom),
};

const allowRule = z.strictObject({
  ...scope,
  effect: z.literal('allow'),
  longestDays: z.nullable(whole(1, LONGEST_DAYS_MAX)),
  reasonCharactersMin: whole(0, REASON_CHARACTERS_MAX),
  ticketPattern: z.nullable(pattern),
  approval: z.union([
    z.literal('auto'),
    z.array(approval).check(z.minLength(1), z.maxLength(APPROVAL_GROUPS_MAX)),
  ]),
});

const denyRule = z.strictObject({ ...scope, effect: z.literal('deny'), because: text(3, 500) });

const rules = z.array(z.discriminatedUnion('effect', [allowRule, denyRule], { error: sayEffects })).check(
  z.minLength(1),
  z.maxLength(RULES_MAX),
  // Also where rules are wrong otherwise, so that everything is told at once.
  z.superRefine(sayRepeatedNames, { when: ({ value }) => Array.isArray(value) }),
);

function sayEffects({ code }: { code: string }): string | undefined {
  return code === 'invalid_union' ? 'Must be "allow" or "deny"' : undefined;
}

/** Takes whatever stands there: rules that are no rules have no name. */
function sayRepeatedNames(
  written: readonly unknown[],
  context: {
    addIssue(issue: { code: 'custom'; input: unknown; path: PropertyKey[]; message: string }): void;
  },
): void {
  const names = written.map((rule) =>
    rule !== null && typeof rule === 'object' && 'name' in rule ? rule.name : undefined,
  );
  names.forEach((name, at) => {
    const first = names.indexOf(name);
    if (typeof name !== 'string' || first === at) return;
    const message = `Every rule has a name of its own: see /rules/${first}`;
    context.addIssue({ code: 'custom', input: name, path: [at, 'name'], message });
  });
}

const breakGlass = z.strictObject({
  who,
  longestHours: whole(1, HOURS_MAX),
  reasonCharactersMin: whole(10, REASON_CHARACTERS_MAX),
  confirmation: z.boolean(),
  reviewWithinHours: whole(1, HOURS_MAX),
});

/** What PUT /v1/policy takes, with everything wrong with it told at its place. */
export const policyBody = z.strictObject({
  rules,
  pendingLapsesAfterHours: whole(1, HOURS_MAX),
  unknownBlocks: z.boolean(),
  breakGlass: z.nullable(breakGlass),
});
