import { describe, expect, it } from 'vitest';
import {
  isWanted,
  newLedger,
  withWindow,
  withWindowEnded,
  type Ledger,
} from '../../../../shared/domain/sharing/ledger';

const RESOURCE = {
  ownerAccountId: '1000000000000001',
  regionId: 'cn-hangzhou',
  resourceType: 'Snapshot',
  resourceId: 's-1',
} as const;
const PRINCIPAL = { type: 'account', id: '1000000000000002' } as const;
const WINDOW = { requestId: 'req-1', startMs: 100, endMs: 200 };

function wantedAt(ledger: Ledger, atMs: number): boolean {
  const grant = ledger.grants[PRINCIPAL.id];
  return grant !== undefined && isWanted(grant, atMs);
}

describe('a window', () => {
  const ledger = withWindow(newLedger(RESOURCE), [PRINCIPAL], WINDOW, 100);

  it('is open from its first millisecond to the one before its end', () => {
    expect([99, 100, 199, 200].map((atMs) => wantedAt(ledger, atMs))).toEqual([false, true, true, false]);
  });

  it('that was revoked is not opened again by an approval that arrives late', () => {
    const revoked = withWindowEnded(ledger, [PRINCIPAL], WINDOW, 150);
    expect(wantedAt(withWindow(revoked, [PRINCIPAL], WINDOW, 100), 160)).toBe(false);
    const revokedFirst = withWindowEnded(newLedger(RESOURCE), [PRINCIPAL], WINDOW, 150);
    expect(wantedAt(withWindow(revokedFirst, [PRINCIPAL], WINDOW, 100), 160)).toBe(false);
  });
});
