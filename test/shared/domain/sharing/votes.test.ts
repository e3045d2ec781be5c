import { describe, expect, test } from 'vitest';
import { judge, type Ballot } from '../../../../shared/domain/sharing/decision';
import { newRequest } from '../../../../shared/domain/sharing/new-request';
import type { ApprovalNeeded } from '../../../../shared/domain/sharing/policy/policy';
import type { ShareRequest } from '../../../../shared/domain/sharing/request';
import type { Person } from '../../../../shared/domain/sharing/person';
import { allow, DAY_MS, MEMBER, NOW_MS, policyOf, REN, someone, wish } from './policy/cases';

const ADA = someone('ada', ['approver'], ['platform']);
const BO = someone('bo', ['requester', 'approver'], ['platform', 'data']);
const SAM = someone('sam', ['approver'], ['data']);
const KIM = someone('kim', ['approver'], ['platform']);
const NOA = someone('noa', ['approver'], ['finance']);

const PLATFORM = { groups: ['platform'] };
const DATA = { groups: ['data'] };
const ONE_OF_EACH = [
  { who: PLATFORM, count: 1 },
  { who: DATA, count: 1 },
];

function asked(approvals: ApprovalNeeded[], by: Person = REN): ShareRequest {
  return newRequest(
    { requestId: 'req-1', by, atMs: NOW_MS, extensionOf: null },
    wish([MEMBER], { endMs: NOW_MS + 30 * DAY_MS }),
    { version: 'v3', number: 3, policy: policyOf(allow()), uploaded: null },
    { rules: ['backups'], approvals, endMs: NOW_MS + 30 * DAY_MS, brokenGlass: null },
  );
}

const YES: Ballot = { decision: 'approve', comment: '' };
const NO: Ballot = { decision: 'deny', comment: '' };

/** What each ballot in turn comes to: the state it leaves, or why it is refused. */
function inTurn(request: ShareRequest, ballots: [Person, Ballot][]): string[] {
  let now = request;
  return ballots.map(([by, ballot], at) => {
    const verdict = judge(now, by, ballot, NOW_MS + at);
    if (verdict.is !== 'becomes') return verdict.is === 'refused' ? verdict.why.reason : verdict.is;
    now = verdict.request;
    return now.state.is;
  });
}

describe('a request that waits for one of each of two groups', () => {
  const table: [string, [Person, Ballot][], string[]][] = [
    [
      'is approved by the second of the two',
      [
        [ADA, YES],
        [SAM, YES],
      ],
      ['pending', 'approved'],
    ],
    [
      'takes them in any order',
      [
        [SAM, YES],
        [ADA, YES],
      ],
      ['pending', 'approved'],
    ],
    ['takes one who is in both for both', [[BO, YES]], ['approved']],
    [
      'takes nobody twice',
      [
        [ADA, YES],
        [ADA, YES],
        [ADA, NO],
      ],
      ['pending', 'already-voted', 'already-voted'],
    ],
    [
      'needs no second of a group that has agreed',
      [
        [ADA, YES],
        [KIM, YES],
      ],
      ['pending', 'vote-not-needed'],
    ],
    [
      'is denied by one of them, whoever has agreed',
      [
        [ADA, YES],
        [KIM, NO],
      ],
      ['pending', 'denied'],
    ],
    [
      'is no matter of an approver in neither',
      [
        [NOA, YES],
        [NOA, NO],
      ],
      ['approver-group-needed', 'approver-group-needed'],
    ],
    [
      'is over once it is denied',
      [
        [SAM, NO],
        [ADA, YES],
      ],
      ['denied', 'wrong-state'],
    ],
  ];
  test.each(table)('%s', (_what, ballots, outcome) => {
    expect(inTurn(asked(ONE_OF_EACH), ballots)).toEqual(outcome);
  });

  test('is never decided by its asker, in however many groups', () => {
    expect(
      inTurn(asked(ONE_OF_EACH, BO), [
        [BO, YES],
        [BO, NO],
      ]),
    ).toEqual(['own-request', 'own-request']);
  });

  test('is no longer decided when its time is over', () => {
    const late = judge(asked(ONE_OF_EACH), ADA, YES, NOW_MS + 48 * 3_600_000);
    expect(late).toEqual({
      is: 'refused',
      why: { reason: 'wrong-state', state: 'lapsed', needs: 'pending' },
    });
  });
});

test('a group that has to agree twice needs two people', () => {
  const twice = asked([{ who: PLATFORM, count: 2 }]);
  expect(
    inTurn(twice, [
      [ADA, YES],
      [SAM, YES],
      [KIM, YES],
    ]),
  ).toEqual(['pending', 'approver-group-needed', 'approved']);
});

test('a group does not stand in for the role of an approver', () => {
  const colleague = someone('eva', ['requester'], ['platform', 'data']);
  expect(inTurn(asked(ONE_OF_EACH), [[colleague, YES]])).toEqual(['role-needed']);
});

describe('an approver', () => {
  const shortening = (endMs: number): Ballot => ({ ...YES, endMs });

  test('may let access end earlier, the next one earlier still, and it is kept who did', () => {
    const first = judge(asked(ONE_OF_EACH), ADA, shortening(NOW_MS + 20 * DAY_MS), NOW_MS);
    if (first.is !== 'becomes') throw new Error(first.is);
    const second = judge(first.request, SAM, shortening(NOW_MS + 10 * DAY_MS), NOW_MS);
    expect(second).toMatchObject({
      request: {
        endMs: NOW_MS + 10 * DAY_MS,
        state: { is: 'approved' },
        votes: [{ shortenedToMs: NOW_MS + 20 * DAY_MS }, { shortenedToMs: NOW_MS + 10 * DAY_MS }],
      },
    });
  });

  test.each([
    ['later than asked', NOW_MS + 31 * DAY_MS],
    ['as asked', NOW_MS + 30 * DAY_MS],
    ['before it begins', NOW_MS],
  ])('may not let it end %s', (_when, endMs) => {
    expect(judge(asked(ONE_OF_EACH), ADA, shortening(endMs), NOW_MS)).toMatchObject({
      is: 'refused',
      why: { reason: 'invalid', problems: [{ pointer: '/endsAt', code: 'not-earlier' }] },
    });
  });
});
