import { describe, expect, it } from 'vitest';
import { isHeldBack, lastAfter, type LastCall } from '../../../../shared/domain/sharing/pace';
import type { ProviderCall } from '../../../../shared/domain/sharing/provider-call';

const SECOND_MS = 1_000;
const removal: ProviderCall = { call: 'DeleteResourceShare', resourceShareId: 'rs-1' };
const done = { is: 'done', requestId: 'q' } as const;

function madeAt(...timesMs: number[]): LastCall | null {
  return timesMs.reduce<LastCall | null>(
    (before, atMs) => lastAfter(before, { call: removal, outcome: done, atMs }),
    null,
  );
}

describe('a call that did not help', () => {
  it('waits half a minute at first, and twice as long each time after', () => {
    expect(isHeldBack(removal, madeAt(0), 29 * SECOND_MS)).toBe(true);
    expect(isHeldBack(removal, madeAt(0), 30 * SECOND_MS)).toBe(false);
    expect(isHeldBack(removal, madeAt(0, 30_000), 89 * SECOND_MS)).toBe(true);
    expect(isHeldBack(removal, madeAt(0, 30_000), 90 * SECOND_MS)).toBe(false);
  });

  it('is made at least once an hour, so that what holds it back may pass', () => {
    const often = madeAt(...Array.from({ length: 40 }, (_, at) => at * 60_000));
    expect(isHeldBack(removal, often, 39 * 60_000 + 3_600_000)).toBe(false);
  });

  it('is not made, whichever it is, on a look that is older than what another run has done since', () => {
    const other: ProviderCall = { ...removal, resourceShareId: 'rs-2' };
    expect(isHeldBack(other, madeAt(100), 99)).toBe(true);
    expect(isHeldBack(other, madeAt(100), 100)).toBe(false);
  });

  it('holds back no other call, and none whose outcome nobody knows', () => {
    const other: ProviderCall = { call: 'DeleteResourceShare', resourceShareId: 'rs-2' };
    expect(isHeldBack(other, madeAt(0), 1)).toBe(false);
    const unknown = lastAfter(null, { call: removal, outcome: { is: 'unknown', why: '' }, atMs: 0 });
    expect(isHeldBack(removal, unknown, 1)).toBe(false);
  });

  it('waits as long as the provider asks when it was put off', () => {
    const outcome = { is: 'try-again', code: 'DeleteResourceShareConflict', afterMs: 10_000 } as const;
    const putOff = lastAfter(null, { call: removal, outcome, atMs: 0 });
    expect(isHeldBack(removal, putOff, 9_999)).toBe(true);
    expect(isHeldBack(removal, putOff, 10_000)).toBe(false);
  });
});
