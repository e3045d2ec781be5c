import { describe, expect, it } from 'vitest';
import { isZoneOf } from '../../../../shared/domain/receiving/create-disk';
import { instructionsFor } from '../../../../shared/domain/receiving/instructions';
import {
  mayBeAcceptedUnasked,
  standingFor,
  type ReceivedInvitation,
} from '../../../../shared/domain/receiving/invitation';
import { receivedResources } from '../../../../shared/domain/receiving/received';
import { standingOf, type ReceiverWrite } from '../../../../shared/domain/receiving/receiver-write';
import { sharedFrom } from '../../../../shared/domain/receiving/shared-from';
import { RESOURCE_TYPES } from '../../../../shared/domain/sharing/resource-types';

const SOURCE = {
  ownerAccountId: '1600000000000001',
  regionId: 'cn-hangzhou',
  resourceId: 's-bp1a2b3c4d5e6f7g8h9i',
};

describe('the source of a received snapshot', () => {
  it.each([
    ['acs:ecs:sharedFrom:1600000000000001:cn-hangzhou:s-bp1a2b3c4d5e6f7g8h9i', ''],
    ['acs:ecs:sharedFrom', '1600000000000001:cn-hangzhou:s-bp1a2b3c4d5e6f7g8h9i'],
    ['acs:ecs:sharedFrom:1600000000000001', 'cn-hangzhou:s-bp1a2b3c4d5e6f7g8h9i'],
    ['acs:ecs:sharedFrom:1600000000000001:cn-hangzhou:s-bp1a2b3c4d5e6f7g8h9i', 'true'],
  ])('is read from the tag %s = "%s", beside others', (key, value) => {
    expect(
      sharedFrom([
        { key: 'team', value: 'billing' },
        { key, value },
      ]),
    ).toEqual(SOURCE);
  });

  it.each([
    ['acs:ecs:sharedFrom', ''],
    ['acs:ecs:sharedFrom:12:cn-hangzhou:s-bp1', ''],
    ['acs:ecs:sharedFrom:1600000000000001:cn-hangzhou:m-bp1a2b3c', ''],
    ['note', 'acs:ecs:sharedFrom:1600000000000001:cn-hangzhou:s-bp1a2b3c4d5e6f7g8h9i'],
  ])('is not made up from %s = "%s"', (key, value) => {
    expect(sharedFrom([{ key, value }])).toBeNull();
  });
});

const OFFER: ReceivedInvitation = {
  invitationId: 'i-1',
  resourceShareId: 'rs-1',
  resourceShareName: 'offer',
  senderAccountId: '2000000000000001',
  status: 'Pending',
  createMs: 1_000,
  failures: [],
};
const DAY_MS = 86_400_000;

describe('an invitation', () => {
  it('is accepted unasked only in time, from an owner on the list, and not after it failed', () => {
    const list = ['2000000000000001'];
    expect(mayBeAcceptedUnasked(OFFER, list, 2_000)).toBe(true);
    expect(mayBeAcceptedUnasked(OFFER, [], 2_000)).toBe(false);
    expect(mayBeAcceptedUnasked(OFFER, ['2000000000000002'], 2_000)).toBe(false);
    expect(mayBeAcceptedUnasked(OFFER, list, 1_000 + 7 * DAY_MS)).toBe(false);
    expect(mayBeAcceptedUnasked({ ...OFFER, status: 'AcceptFailed' }, list, 2_000)).toBe(false);
  });

  it.each([
    ['Pending', 'open', 'open'],
    ['AcceptFailed', 'open', 'open'],
    ['Accepted', 'already', 'ended'],
    ['Rejected', 'ended', 'already'],
    ['Cancelled', 'ended', 'ended'],
    ['Expired', 'ended', 'ended'],
  ] as const)('that is %s: yes is %s, no is %s', (status, yes, no) => {
    expect(standingFor({ ...OFFER, status }, 'accept')).toBe(yes);
    expect(standingFor({ ...OFFER, status }, 'reject')).toBe(no);
  });
});

it('every type has instructions: steps, limits, and what ends with the sharing', () => {
  for (const type of RESOURCE_TYPES) {
    const { steps, limits, whenItEnds, source } = instructionsFor(type);
    expect([steps.length > 1, limits.length > 0, whenItEnds.length > 0]).toEqual([true, true, true]);
    expect(limits.map(({ code }) => code)).toContain('no-re-share');
    expect(source).toMatch(/^https:\/\/www\.alibabacloud\.com\/help\//);
  }
});

it('a resource in two shares is listed once, and usable when it is through one of them', () => {
  const shared = (resourceShareId: string, status: 'LimitExceeded' | 'Available') => ({
    resourceType: 'Snapshot',
    resourceId: SOURCE.resourceId,
    resourceShareId,
    resourceShareName: 'ours',
    ownerAccountId: SOURCE.ownerAccountId,
    status,
  });
  const both = [shared('rs-1', 'Available'), shared('rs-2', 'LimitExceeded')];
  expect(receivedResources('cn-hangzhou', '1600000000000002', both, [])).toEqual([
    {
      resourceType: 'Snapshot',
      resourceId: null,
      source: SOURCE,
      resourceShares: [
        { resourceShareId: 'rs-1', resourceShareName: 'ours' },
        { resourceShareId: 'rs-2', resourceShareName: 'ours' },
      ],
      status: 'Available',
      seen: null,
    },
  ]);
});

it('zones are told by their region, on both sites', () => {
  expect(isZoneOf('cn-hangzhou-h', 'cn-hangzhou')).toBe(true);
  expect(isZoneOf('ap-southeast-1a', 'ap-southeast-1')).toBe(true);
  expect(isZoneOf('cn-hangzhou-finance-h', 'cn-hangzhou')).toBe(false);
  expect(isZoneOf('cn-beijing-h', 'cn-hangzhou')).toBe(false);
});

it('a write is looked at before it is repeated whenever an earlier one may have happened', () => {
  const write = (state: ReceiverWrite['state']): ReceiverWrite => ({
    name: 'use-1',
    place: { accountId: '1600000000000002', regionId: 'cn-hangzhou' },
    call: {
      call: 'RejectResourceShareInvitation',
      invitationId: 'i-1',
      resourceShareId: 'rs-1',
      senderAccountId: '2',
    },
    by: { kind: 'function', name: 'invitation-poller' },
    state,
  });
  const nowMs = 1_000_000;
  const done = { is: 'done', requestId: 'r', madeId: null } as const;
  expect([
    standingOf(null, nowMs),
    standingOf(write({ is: 'open', sinceMs: nowMs - 59_999 }), nowMs),
    standingOf(write({ is: 'open', sinceMs: nowMs - 60_000 }), nowMs),
    standingOf(write({ is: 'unsure', atMs: nowMs, why: '' }), nowMs),
    standingOf(write({ is: 'ended', atMs: 1, outcome: { is: 'unknown', why: '' } }), nowMs),
    standingOf(write({ is: 'ended', atMs: 1, outcome: { is: 'try-again', code: 'x', afterMs: 1 } }), nowMs),
    standingOf(write({ is: 'ended', atMs: 1, outcome: done }), nowMs),
  ]).toEqual([
    { is: 'to-do', looksFirst: false },
    { is: 'under-way' },
    { is: 'to-do', looksFirst: true },
    { is: 'to-do', looksFirst: true },
    { is: 'to-do', looksFirst: true },
    { is: 'to-do', looksFirst: false },
    { is: 'done', outcome: done },
  ]);
});
