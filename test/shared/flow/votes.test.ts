import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalNeeded } from '../../../shared/domain/sharing/policy/policy';
import type { Person } from '../../../shared/domain/sharing/person';
import { decide } from '../../../shared/flow/decide';
import { TINY } from '../alicloud/tiny-cloud';
import { allow, policyOf } from '../domain/sharing/policy/cases';
import { openDesk, person, REN, type Desk } from './sharing-desk';

const { plain } = TINY.snapshots;
const YES = { decision: 'approve', comment: '' } as const;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => await desk.close());

async function asked(...approval: ApprovalNeeded[]): Promise<string> {
  await desk.uploads(policyOf(allow({ approval })));
  return (await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer])).requestId;
}

function approvers(count: number, group: string): Person[] {
  return Array.from({ length: count }, (_, at) => ({
    ...person(`${group}-${at}`, 'approver'),
    groups: [group],
  }));
}

async function allAtOnce(requestId: string, voters: Person[]): Promise<Record<string, number>> {
  const answers = await Promise.all(voters.map((voter) => decide(desk.state(), voter, requestId, YES)));
  const tally: Record<string, number> = {};
  for (const answer of answers) {
    const outcome = answer.ok ? 'counted' : answer.refusal.reason;
    tally[outcome] = (tally[outcome] ?? 0) + 1;
  }
  return tally;
}

async function eventTypes(requestId: string): Promise<string[]> {
  return (await desk.events(`request/${requestId}`)).map(({ type, number }) => `${number} ${type}`);
}

describe('fifty votes at once', () => {
  it('of one person count once', async () => {
    const requestId = await asked({ who: { groups: ['platform'] }, count: 2 });
    const one = approvers(1, 'platform');
    expect(
      await allAtOnce(
        requestId,
        Array.from({ length: 50 }, () => one[0] as Person),
      ),
    ).toEqual({
      counted: 1,
      'already-voted': 49,
    });
    expect(await eventTypes(requestId)).toEqual(['1 request.created', '2 request.approval_given']);
  });

  it('of fifty people count until the needed three are there, and the third completes it', async () => {
    const requestId = await asked({ who: { groups: ['platform'] }, count: 3 });
    expect(await allAtOnce(requestId, approvers(50, 'platform'))).toEqual({ counted: 3, 'wrong-state': 47 });
    expect(await eventTypes(requestId)).toEqual([
      '1 request.created',
      '2 request.approval_given',
      '3 request.approval_given',
      '4 request.approval_given',
      '5 request.approved',
    ]);
    const stored = await desk.state().aggregates.load('request', requestId);
    expect(stored?.doc.state).toMatchObject({ is: 'approved', inLedgers: true });
    expect(new Set(stored?.doc.votes.map(({ by }) => by.subject)).size).toBe(3);
  });

  it('of two groups count as many of each as are needed', async () => {
    const requestId = await asked(
      { who: { groups: ['platform'] }, count: 2 },
      { who: { groups: ['data'] }, count: 1 },
    );
    const tally = await allAtOnce(requestId, [...approvers(25, 'platform'), ...approvers(25, 'data')]);
    expect(tally.counted).toBe(3);
    expect((tally['wrong-state'] ?? 0) + (tally['vote-not-needed'] ?? 0)).toBe(47);
    expect((await eventTypes(requestId)).at(-1)).toBe('5 request.approved');
  });
});

it('a vote that ends access earlier is told, and the grant ends then', async () => {
  const requestId = await asked({ who: { groups: ['platform'] }, count: 1 });
  const endMs = desk.clock.nowMs() + 3_600_000;
  const [voter] = approvers(1, 'platform');
  await decide(desk.state(), voter as Person, requestId, { ...YES, endMs });
  const [, given] = await desk.events(`request/${requestId}`);
  expect(given?.data['shortenedToMs']).toBe(endMs);
  const ledgers = await desk.ledgersOf(requestId);
  expect(
    ledgers.flatMap(({ grants }) => Object.values(grants).map(({ windows }) => windows[0]?.endMs)),
  ).toEqual([endMs]);
});

it('a request that nobody decides lapses when the policy says', async () => {
  await desk.uploads({ ...policyOf(allow()), pendingLapsesAfterHours: 2 });
  const { requestId } = await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer]);
  desk.wind(2 * 3_600_000 - 60_000);
  await desk.polls();
  expect((await desk.state().aggregates.load('request', requestId))?.doc.state.is).toBe('pending');
  desk.wind(60_000);
  await desk.polls();
  expect((await desk.state().aggregates.load('request', requestId))?.doc.state.is).toBe('lapsed');
  expect(await eventTypes(requestId)).toEqual(['1 request.created', '2 request.lapsed']);
});

it('what the policy approves by itself is decided by its version, and reaches the provider', async () => {
  await desk.readDirectory();
  await desk.uploads(policyOf(allow({ whom: ['inside'], approval: 'auto' })));
  const request = await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer]);
  expect(request).toMatchObject({
    policyVersion: 'v1',
    rules: ['backups'],
    approvals: [],
    state: { is: 'approved', decision: { by: { policyVersion: 'v1', rules: ['backups'] } } },
  });
  const events = await desk.events(`request/${request.requestId}`);
  expect(events.map(({ type, by }) => [type, by])).toEqual([
    ['request.created', { kind: 'person', subject: REN.subject, name: REN.name }],
    ['request.approved', { kind: 'policy', version: 'v1' }],
  ]);
  await desk.polls();
  desk.wind(60_000);
  await desk.polls();
  expect(await desk.sights(request.requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'granted' });
});

it('a request keeps the policy that judged it when another one is uploaded', async () => {
  const requestId = await asked({ who: { groups: ['platform'] }, count: 1 });
  await desk.uploads(
    policyOf(allow({ name: 'strict', approval: [{ who: { groups: ['data'] }, count: 1 }] })),
  );
  expect(await allAtOnce(requestId, approvers(1, 'platform'))).toEqual({ counted: 1 });
  const stored = await desk.state().aggregates.load('request', requestId);
  expect(stored?.doc).toMatchObject({ policyVersion: 'v1', state: { is: 'approved' } });
});
