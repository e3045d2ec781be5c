import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstBroken } from '../../../shared/domain/audit/event';
import { decide } from '../../../shared/flow/decide';
import { dyingAt } from '../../kit/dying-rows';
import { TINY } from '../alicloud/tiny-cloud';
import { ADA, openDesk, REN, type Desk } from './sharing-desk';

const MINUTE_MS = 60_000;
const { plain, permanent } = TINY.snapshots;

describe('an approver whose process dies', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    await desk.readDirectory();
  });
  afterEach(async () => await desk.close());

  it.each(['before', 'after'] as const)(
    '%s any one of its calls leaves a request that is untouched, or that the next timers complete',
    async (when) => {
      let nth = 1;
      for (; ; nth++) {
        const { requestId } = await desk.asks(
          REN,
          [
            ['Snapshot', plain],
            ['Snapshot', permanent],
          ],
          [TINY.consumer],
        );
        const ports = desk.state((healthy) => dyingAt(nth, when, healthy));
        const died = await decide(ports, ADA, requestId, { decision: 'approve', comment: '' }).then(
          () => false,
          () => true,
        );
        desk.wind(3 * MINUTE_MS);
        await desk.polls();
        desk.wind(MINUTE_MS);
        await desk.polls();
        const stored = await desk.state().aggregates.load('request', requestId);
        const state = stored?.doc.state;
        if (state?.is === 'approved') {
          expect(state.inLedgers).toBe(true);
          expect(Object.values(await desk.sights(requestId))).toEqual(['granted', 'granted']);
          await desk.revokes(ADA, requestId);
        } else {
          expect(state?.is).toBe('pending');
          expect(await desk.sights(requestId)).toEqual({});
          expect(died).toBe(true);
        }
        const events = await desk.events(`request/${requestId}`);
        expect(firstBroken(events)).toBe(null);
        if (!died) break;
      }
      expect(nth).toBeGreaterThan(8);
    },
  );
});
