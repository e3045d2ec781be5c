import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../../shared/domain/sharing/decision';
import { extensionOf } from '../../../../shared/domain/sharing/extension';
import {
  isWanted,
  newLedger,
  withWindow,
  withWindowEnded,
  type Ledger,
} from '../../../../shared/domain/sharing/ledger';
import { newRequest } from '../../../../shared/domain/sharing/new-request';
import type { Principal } from '../../../../shared/domain/sharing/principal';
import type { ShareRequest } from '../../../../shared/domain/sharing/request';
import type { Wish } from '../../../../shared/domain/sharing/wish';
import { allow, MEMBER, NOW_MS, OWNER, policyOf, REN, someone, wish } from './policy/cases';

const RESOURCE = {
  ownerAccountId: OWNER,
  regionId: 'cn-hangzhou',
  resourceType: 'Snapshot',
  resourceId: 's-1',
} as const;
const PRINCIPAL: Principal = { type: 'account', id: MEMBER };

/** An approved request, small whole numbers for times so that edges meet often. */
interface Approved {
  startMs: number;
  endMs: number | null;
  revokedMs: number | null;
}

const approved: fc.Arbitrary<Approved> = fc
  .record({
    startMs: fc.nat(30),
    lengthMs: fc.option(fc.integer({ min: 1, max: 20 })),
    revokedAfterMs: fc.option(fc.nat(25)),
  })
  .map(({ startMs, lengthMs, revokedAfterMs }) => ({
    startMs,
    endMs: lengthMs === null ? null : startMs + lengthMs,
    revokedMs: revokedAfterMs === null ? null : startMs - 3 + revokedAfterMs,
  }));

/** Enters requests as flows do: an approval and its revocation may arrive in any order, and more than once. */
function entered(requests: Approved[], order: number[]): Ledger {
  const steps = requests.flatMap(({ startMs, endMs, revokedMs }, at) => {
    const window = { requestId: `req-${at}`, startMs, endMs };
    const approve = (ledger: Ledger) => withWindow(ledger, [PRINCIPAL], window, startMs);
    if (revokedMs === null) return [approve, approve];
    const revoke = (ledger: Ledger) => withWindowEnded(ledger, [PRINCIPAL], window, revokedMs);
    return [approve, revoke, approve, revoke];
  });
  const shuffled = steps
    .map((step, at) => ({ step, sort: order[at] ?? at }))
    .toSorted((a, b) => a.sort - b.sort);
  return shuffled.reduce((ledger, { step }) => step(ledger), newLedger(RESOURCE));
}

test('access at any time is the union of the windows that were approved and not revoked', () => {
  fc.assert(
    fc.property(
      fc.array(approved, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(1_000), { minLength: 32, maxLength: 32 }),
      (requests, order) => {
        const grant = entered(requests, order).grants[MEMBER];
        if (grant === undefined) throw new Error('there is no grant');
        for (let atMs = -5; atMs <= 60; atMs++) {
          const union = requests.some(
            ({ startMs, endMs, revokedMs }) =>
              startMs <= atMs && atMs < (endMs ?? Infinity) && atMs < (revokedMs ?? Infinity),
          );
          expect(isWanted(grant, atMs), `at ${atMs}`).toBe(union);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

describe('requests that extend each other', () => {
  const ADA = someone('ada', ['approver']);

  function approvedRequest(
    requestId: string,
    asked: Wish,
    extended: string | null,
    atMs: number,
  ): ShareRequest {
    const request = newRequest(
      { requestId, by: REN, atMs, extensionOf: extended },
      asked,
      { version: 'v1', number: 1, policy: policyOf(allow()), uploaded: null },
      {
        rules: ['backups'],
        approvals: [{ who: {}, count: 1 }],
        endMs: asked.endMs,
        brokenGlass: null,
      },
    );
    const verdict = judge(request, ADA, { decision: 'approve', comment: '' }, atMs);
    if (verdict.is !== 'becomes') throw new Error(verdict.is);
    return verdict.request;
  }

  test('never leave a gap, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 6 }), (lengths) => {
        let ledger = newLedger(RESOURCE);
        let last: ShareRequest | null = null;
        const enter = (request: ShareRequest) => {
          const { requestId, startMs, endMs } = request;
          ledger = withWindow(
            ledger,
            request.principals,
            { requestId, startMs: startMs ?? NOW_MS, endMs },
            NOW_MS,
          );
          last = request;
        };
        let endMs = NOW_MS;
        for (const [at, length] of lengths.entries()) {
          endMs += length;
          const before: ShareRequest | null = last;
          if (before === null) {
            enter(approvedRequest('req-0', wish([MEMBER], { endMs }), null, NOW_MS));
            continue;
          }
          const { requestId } = before as ShareRequest;
          const asked = { endMs, reason: 'It takes longer', ticket: null };
          const extension = extensionOf(before, REN, asked, NOW_MS);
          if (extension.is === 'refused') throw new Error(extension.why.reason);
          enter(approvedRequest(`req-${at}`, extension.wish, requestId, NOW_MS));
        }
        const grant = ledger.grants[MEMBER];
        if (grant === undefined) throw new Error('there is no grant');
        const edges = grant.windows.flatMap(({ startMs, endMs: end }) => [startMs, end ?? Infinity]);
        for (const edge of edges) {
          for (const atMs of [edge - 1, edge, edge + 1]) {
            expect(isWanted(grant, atMs), `at ${atMs}`).toBe(atMs >= NOW_MS && atMs < endMs);
          }
        }
      }),
    );
  });
});
