import { describe, expect, test } from 'vitest';
import type { Sight } from '../../../shared/domain/sharing/ledger';
import type { RequestState, ShareRequest } from '../../../shared/domain/sharing/request';
import { grantView, requestView } from '../../../shared/edge/representation';

/** 2026-12-01T00:00:00Z */
const T = 1_796_083_200_000;
const AT = '2026-12-01T00:00:00.000Z';

const ada = { subject: 'https://idp|ada', name: 'Ada', roles: ['approver' as const], groups: [] };
const ren = { subject: 'https://idp|ren', name: 'Ren', roles: ['requester' as const], groups: [] };
const resource = {
  ownerAccountId: '1600000000000001',
  regionId: 'cn-hangzhou',
  resourceType: 'Snapshot',
  resourceId: 's-1',
} as const;
const principal = { type: 'account', id: '1600000000000002' } as const;
const decision = { by: ada, atMs: T, comment: 'Fine' };
const shownDecision = { by: { subject: 'https://idp|ada', name: 'Ada' }, decidedAt: AT, comment: 'Fine' };

function requestIn(state: RequestState): ShareRequest {
  return {
    requestId: 'req-1',
    resources: [resource],
    principals: [principal],
    reason: 'Nightly restore test',
    startMs: null,
    endMs: T,
    requestedBy: ren,
    createdMs: T,
    ticket: null,
    policyVersion: 'default-1',
    rules: ['anything-managed'],
    approvals: [{ who: { roles: ['approver'] }, count: 1 }],
    votes: [],
    extensionOf: null,
    breakGlass: null,
    state,
  };
}

describe('a request', () => {
  const states: [RequestState, object][] = [
    [
      { is: 'pending', lapseMs: T },
      { status: 'pending', lapsesAt: AT },
    ],
    [
      { is: 'approved', decision, inLedgers: true },
      { status: 'approved', decision: shownDecision },
    ],
    [
      { is: 'denied', decision },
      { status: 'denied', decision: shownDecision },
    ],
    [
      { is: 'withdrawn', atMs: T },
      { status: 'withdrawn', withdrawnAt: AT },
    ],
    [
      { is: 'lapsed', atMs: T },
      { status: 'lapsed', lapsedAt: AT },
    ],
    [
      {
        is: 'revoked',
        decision,
        revokedBy: ren,
        revokedMs: T,
        revokeReason: 'The test is over',
        inLedgers: false,
      },
      {
        status: 'revoked',
        decision: shownDecision,
        revocation: {
          by: { subject: 'https://idp|ren', name: 'Ren' },
          revokedAt: AT,
          reason: 'The test is over',
        },
      },
    ],
  ];
  test.each(states)('in the state %j shows it in words and UTC times', (state, shown) => {
    expect(requestView(requestIn(state))).toEqual({
      requestId: 'req-1',
      resources: [resource],
      principals: [principal],
      reason: 'Nightly restore test',
      startsAt: null,
      endsAt: AT,
      requestedBy: { subject: 'https://idp|ren', name: 'Ren' },
      createdAt: AT,
      ticket: null,
      policyVersion: 'default-1',
      rules: ['anything-managed'],
      approvals: [{ who: { roles: ['approver'] }, count: 1, lacking: 1 }],
      votes: [],
      extensionOf: null,
      breakGlass: null,
      ...shown,
    });
  });
});

describe('a grant', () => {
  const via = { by: 'resource-share', resourceShareId: 'rs-1' } as const;
  const sights: [Sight, object][] = [
    [
      { is: 'absent', sinceMs: T },
      { status: 'absent', since: AT },
    ],
    [
      { is: 'arriving', sinceMs: T, resourceShareId: 'rs-1' },
      { status: 'arriving', since: AT, resourceShareId: 'rs-1' },
    ],
    [
      { is: 'invited', sinceMs: T, deadlineMs: T + 1, resourceShareId: 'rs-1' },
      { status: 'invited', since: AT, answerBy: '2026-12-01T00:00:00.001Z', resourceShareId: 'rs-1' },
    ],
    [
      { is: 'granted', sinceMs: T, via },
      { status: 'granted', since: AT, via },
    ],
    [
      { is: 'failed', sinceMs: T, reason: 'refused', detail: 'Encrypted' },
      { status: 'failed', since: AT, failure: { reason: 'refused', detail: 'Encrypted' } },
    ],
    [
      { is: 'leaving', sinceMs: T, via },
      { status: 'leaving', since: AT, via },
    ],
    [
      { is: 'gone', sinceMs: T },
      { status: 'gone', since: AT },
    ],
  ];
  test.each(sights)('last seen as %j says so', (sight, shown) => {
    const windows = [{ requestId: 'req-1', startMs: T, endMs: null }];
    expect(grantView(resource, { principal, windows, sight })).toEqual({
      resource,
      principal,
      windows: [{ requestId: 'req-1', startsAt: AT, endsAt: null }],
      ...shown,
    });
  });
});
