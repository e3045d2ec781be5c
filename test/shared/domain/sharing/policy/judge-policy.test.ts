import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../../../shared/domain/sharing/policy/default-policy';
import { judgePolicy } from '../../../../../shared/domain/sharing/policy/judge-policy';
import type { Policy } from '../../../../../shared/domain/sharing/policy/policy';
import type { Person } from '../../../../../shared/domain/sharing/person';
import type { Wish } from '../../../../../shared/domain/sharing/wish';
import {
  allow,
  DAY_MS,
  deny,
  KNOWN,
  MEMBER,
  NOW_MS,
  OTHER_MEMBER,
  OUTSIDER,
  OWNER,
  policyOf,
  REN,
  someone,
  wish,
} from './cases';

/** `rule,rule → who x count` or `pointer code` of every reason. */
function outcome(
  policy: Policy,
  asked: Wish,
  person: Person = REN,
  known: typeof KNOWN | null = KNOWN,
): string {
  const judged = judgePolicy(policy, person, asked, known, NOW_MS);
  if (judged.is === 'refused')
    return judged.reasons.map(({ pointer, code }) => `${pointer} ${code}`).join('; ');
  const approvals = judged.approvals.map(({ who, count }) => `${count} of ${JSON.stringify(who)}`);
  return `${judged.rules.join(',')} -> ${approvals.join(' and ') || 'nobody'}`;
}

const data = { groups: ['data'] };
const platform = { groups: ['platform'] };
const snapshots = { resourceTypes: ['Snapshot' as const] };

describe('the policy that comes with sharekeeper', () => {
  const { policy } = DEFAULT_POLICY;
  test('lets a requester ask for anything managed, and wants one approver', () => {
    expect(outcome(policy, wish([OUTSIDER, 'rd-abc']))).toBe(
      'anything-managed -> 1 of {"roles":["approver"]}',
    );
  });
  test('needs nothing of the directory', () => {
    expect(outcome(policy, wish([MEMBER]), REN, null)).toBe(
      'anything-managed -> 1 of {"roles":["approver"]}',
    );
  });
  test('lets nothing last for more than 365 days', () => {
    expect(outcome(policy, wish([MEMBER], { endMs: NOW_MS + 365 * DAY_MS + 1 }))).toBe('/endsAt too-long');
    expect(judgePolicy(policy, REN, wish([MEMBER], { endMs: null }), KNOWN, NOW_MS)).toMatchObject({
      endMs: NOW_MS + 365 * DAY_MS,
    });
  });
  test('lets nobody ask without the role requester', () => {
    expect(outcome(policy, wish([MEMBER]), someone('ada', ['approver']))).toBe('/resources/0 not-allowed');
  });
});

describe('a wish is allowed', () => {
  const table: [string, Policy, Wish, string][] = [
    [
      'by the first rule that fits',
      policyOf(allow({ name: 'a' }), allow({ name: 'b' })),
      wish([MEMBER]),
      'a -> 1 of {"roles":["approver"]}',
    ],
    [
      'by a group of its asker',
      policyOf(allow({ who: data, approval: 'auto' })),
      wish([MEMBER]),
      'backups -> nobody',
    ],
    [
      'by its subject',
      policyOf(allow({ who: { subjects: [REN.subject] }, approval: 'auto' })),
      wish([MEMBER]),
      'backups -> nobody',
    ],
    [
      'by a pattern of its id',
      policyOf(allow({ what: { resourceIds: ['s-prod-*'] }, approval: 'auto' })),
      wish([MEMBER]),
      'backups -> nobody',
    ],
    [
      'by a pattern of its region',
      policyOf(allow({ what: { regionIds: ['cn-*'] }, approval: 'auto' })),
      wish([MEMBER]),
      'backups -> nobody',
    ],
    [
      'by its owner account',
      policyOf(allow({ what: { ownerAccountIds: [OWNER] }, approval: 'auto' })),
      wish([MEMBER]),
      'backups -> nobody',
    ],
    [
      'by a later rule where an earlier one asks for more',
      policyOf(allow({ name: 'quick', longestDays: 1, reasonCharactersMin: 400 }), allow({ name: 'slow' })),
      wish([MEMBER]),
      'slow -> 1 of {"roles":["approver"]}',
    ],
    [
      'grant by grant, with the approvals of each',
      policyOf(
        allow({ name: 'in', whom: ['inside'], approval: [{ who: data, count: 1 }] }),
        allow({
          name: 'out',
          whom: ['outside'],
          approval: [
            { who: platform, count: 2 },
            { who: data, count: 2 },
          ],
        }),
      ),
      wish([OUTSIDER, MEMBER]),
      'in,out -> 2 of {"groups":["data"]} and 2 of {"groups":["platform"]}',
    ],
    [
      'and a part that needs nobody does not make up for one that does',
      policyOf(
        allow({ name: 'in', whom: ['inside'], approval: 'auto' }),
        allow({ name: 'out', whom: ['outside'] }),
      ),
      wish([MEMBER, OUTSIDER]),
      'in,out -> 1 of {"roles":["approver"]}',
    ],
    [
      'with a ticket of the form asked for',
      policyOf(allow({ ticketPattern: 'OPS-#*', approval: 'auto' })),
      wish([MEMBER], { ticket: 'OPS-4711' }),
      'backups -> nobody',
    ],
  ];
  test.each(table)('%s', (_why, policy, asked, result) => {
    expect(outcome(policy, asked)).toBe(result);
  });
});

describe('a wish is refused', () => {
  const table: [string, Policy, Wish, string][] = [
    [
      'where no rule is about its asker',
      policyOf(allow({ who: platform })),
      wish([MEMBER]),
      '/resources/0 not-allowed',
    ],
    [
      'where a rule wants a group and a role and its asker has one of them',
      policyOf(allow({ who: { ...data, roles: ['operator'] } })),
      wish([MEMBER]),
      '/resources/0 not-allowed',
    ],
    [
      'where no rule is about its resource',
      policyOf(allow({ what: { resourceTypes: ['Image'] } })),
      wish([MEMBER]),
      '/resources/0 not-allowed',
    ],
    [
      'where no rule is about one of its principals',
      policyOf(allow({ whom: [MEMBER] })),
      wish([MEMBER, OTHER_MEMBER]),
      '/resources/0 not-allowed',
    ],
    [
      'where it lasts too long',
      policyOf(allow({ longestDays: 7 })),
      wish([MEMBER], { endMs: NOW_MS + 8 * DAY_MS }),
      '/endsAt too-long',
    ],
    [
      'where its reason is too short',
      policyOf(allow({ reasonCharactersMin: 100 })),
      wish([MEMBER]),
      '/reason reason-too-short',
    ],
    [
      'where it has no ticket',
      policyOf(allow({ ticketPattern: 'OPS-#*' })),
      wish([MEMBER]),
      '/ticket ticket-needed',
    ],
    [
      'where its ticket is of another form',
      policyOf(allow({ ticketPattern: 'OPS-#*' })),
      wish([MEMBER], { ticket: 'DEV-1' }),
      '/ticket ticket-unfit',
    ],
    [
      'where a rule denies it, whatever allows it and wherever that stands',
      policyOf(allow({ approval: 'auto' }), deny({ what: snapshots })),
      wish([MEMBER]),
      '/resources/0 denied',
    ],
    [
      'where a rule denies an account in a folder that it names',
      policyOf(allow(), deny({ whom: [MEMBER] })),
      wish(['fd-dev']),
      '/resources/0 denied',
    ],
    [
      'where a rule denies a folder below the one that it names',
      policyOf(allow(), deny({ whom: ['fd-deep'] })),
      wish(['fd-dev']),
      '/resources/0 denied',
    ],
    [
      'where whether a rule denies it is not known',
      policyOf(allow(), deny({ whom: [MEMBER] })),
      wish(['fd-unheard']),
      '/resources/0 directory-unknown',
    ],
    [
      'where whether a rule allows it is not known',
      policyOf(allow({ whom: ['inside'] })),
      wish(['fd-unheard']),
      '/resources/0 directory-unknown',
    ],
    [
      'with every reason at once',
      policyOf(
        allow({ whom: ['inside'], longestDays: 7, reasonCharactersMin: 200, ticketPattern: 'OPS-#*' }),
        deny({ whom: [OTHER_MEMBER] }),
      ),
      wish([MEMBER, OTHER_MEMBER, OUTSIDER], { endMs: null, startMs: null }),
      '/resources/0 denied; /resources/0 not-allowed; /reason reason-too-short; /ticket ticket-needed',
    ],
  ];
  test.each(table)('%s', (_why, policy, asked, result) => {
    expect(outcome(policy, asked)).toBe(result);
  });

  test('and denied to some people only, not to others', () => {
    const policy = policyOf(allow({ approval: 'auto' }), deny({ who: data }));
    expect(outcome(policy, wish([MEMBER]))).toBe('/resources/0 denied');
    expect(outcome(policy, wish([MEMBER]), someone('mei', ['requester']))).toBe('backups -> nobody');
  });

  test('with words that name the rule, the resource and whom', () => {
    const judged = judgePolicy(
      policyOf(allow(), deny({ whom: [MEMBER] })),
      REN,
      wish([MEMBER]),
      KNOWN,
      NOW_MS,
    );
    expect(judged).toEqual({
      is: 'refused',
      reasons: [
        {
          pointer: '/resources/0',
          code: 'denied',
          message: 'The rule "crown-jewels" denies sharing this with 1600000000000002: These never leave.',
        },
      ],
    });
  });
});

describe('an end that is left open', () => {
  test('is the earliest that the rules which count allow, from the start on', () => {
    const policy = policyOf(
      allow({ name: 'in', whom: ['inside'], longestDays: 90 }),
      allow({ name: 'out', whom: ['outside'], longestDays: 10 }),
    );
    const asked = wish([MEMBER, OUTSIDER], { startMs: NOW_MS + DAY_MS, endMs: null });
    expect(judgePolicy(policy, REN, asked, KNOWN, NOW_MS)).toMatchObject({ endMs: NOW_MS + 11 * DAY_MS });
  });
  test('stays open where a rule lets it', () => {
    const asked = wish([MEMBER], { endMs: null });
    expect(judgePolicy(policyOf(allow({ longestDays: null })), REN, asked, KNOWN, NOW_MS)).toMatchObject({
      endMs: null,
    });
  });
});
