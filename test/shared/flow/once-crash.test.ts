import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstBroken } from '../../../shared/domain/audit/event';
import type { Person } from '../../../shared/domain/sharing/person';
import { ask } from '../../../shared/flow/ask';
import { decide } from '../../../shared/flow/decide';
import type { KeptAnswer } from '../../../shared/flow/keyed-call';
import { once, type Attempt } from '../../../shared/flow/once';
import type { Answer } from '../../../shared/flow/refusal';
import { openKeyedCalls } from '../../../shared/tablestore/keyed-calls';
import type { Rows } from '../../../shared/tablestore/rows';
import { dyingAt } from '../../kit/dying-rows';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { ADA, openDesk, REN, type Desk } from './sharing-desk';

const MINUTE_MS = 60_000;

const wish = {
  resources: [{ ...PLACE, resourceType: 'Snapshot' as const, resourceId: TINY.snapshots.plain }],
  principals: [{ type: 'account' as const, id: TINY.consumer }],
  reason: 'The restore drill needs it',
  ticket: null,
  startMs: null,
  endMs: null,
};

type Ports = ReturnType<Desk['state']>;
type Work = (ports: Ports, attempt: Attempt) => Promise<Answer<{ doc: { requestId: string } }>>;

describe('a call with a key whose process dies', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    await desk.readDirectory();
  });
  afterEach(async () => await desk.close());

  /** Calls once through such rows, as the door does; answers the id of the request, and whether it was replayed. */
  async function calls(who: Person, key: string, work: Work, through = (rows: Rows) => rows) {
    const opened: Rows[] = [];
    const ports = desk.state((rows) => {
      opened.push(through(rows));
      return opened[0] ?? rows;
    });
    const [rows] = opened;
    if (rows === undefined) throw new Error('The desk opened no rows');
    const name = { subject: who.subject, method: 'POST', path: '/', key };
    const keyed = { keyedCalls: openKeyedCalls(rows), clock: desk.clock };
    return await once(keyed, name, {}, async (attempt) => {
      const done = await work({ ...ports, newId: attempt.newId }, attempt);
      if (!done.ok) return done;
      const answer: KeptAnswer = { status: 201, body: done.value.doc.requestId, headers: {} };
      return { ok: true, value: answer };
    });
  }

  /** Dies at each call in turn, then comes again a minute later: with `again` as work, and what must hold then. */
  async function diesAtEach(
    when: 'before' | 'after',
    who: Person,
    prepare: () => Promise<Work>,
    expectDone: (requestId: string) => Promise<void>,
  ): Promise<number> {
    for (let nth = 1; ; nth++) {
      const work = await prepare();
      const key = `key-${nth}`;
      const died = await calls(who, key, work, (rows) => dyingAt(nth, when, rows)).then(
        () => false,
        () => true,
      );
      desk.wind(MINUTE_MS);
      const again = await calls(who, key, work);
      const replayed = await calls(who, key, work);
      if (!again.ok || !replayed.ok) throw new Error('The call was refused');
      expect([replayed.value, replayed.replayed]).toEqual([again.value, true]);
      await expectDone(String(again.value.body));
      if (!died) return nth;
    }
  }

  it.each(['before', 'after'] as const)('%s any one of its steps makes one request', async (when) => {
    let known: string[] = [];
    const steps = await diesAtEach(
      when,
      REN,
      async () =>
        async (ports, { callKey, again }) =>
          await ask(ports, REN, wish, { callKey, again, versions: null }),
      async (requestId) => {
        const { aggregates, lists } = desk.state();
        const { ids } = await lists.page('requests', { limit: 1_000 });
        const there = [...(await aggregates.loadMany('request', ids)).keys()];
        expect(there.filter((id) => !known.includes(id))).toEqual([requestId]);
        known = there;
        expect((await desk.events(`request/${requestId}`)).map(({ type }) => type)).toEqual([
          'request.created',
        ]);
      },
    );
    expect(steps).toBeGreaterThan(6);
  });

  it('is answered with what it made, though the same could not be asked for any more', async () => {
    const soon = { ...wish, startMs: desk.clock.nowMs() };
    const asks: Work = async (ports, { callKey, again }) =>
      await ask(ports, REN, soon, { callKey, again, versions: null });
    let made = '';
    await expect(
      calls(REN, 'key-soon', async (ports, attempt) => {
        const asked = await asks(ports, attempt);
        if (asked.ok) made = asked.value.doc.requestId;
        throw new Error('the process is dead');
      }),
    ).rejects.toThrow('the process is dead');
    desk.wind(10 * MINUTE_MS);
    expect(await calls(REN, 'another-key', asks)).toMatchObject({
      ok: false,
      refusal: { reason: 'invalid' },
    });
    expect(await calls(REN, 'key-soon', asks)).toMatchObject({ ok: true, value: { body: made } });
  });

  it.each(['before', 'after'] as const)('%s any one of its steps decides once', async (when) => {
    const steps = await diesAtEach(
      when,
      ADA,
      async () => {
        const { requestId } = await desk.asks(REN, [['Snapshot', TINY.snapshots.plain]], [TINY.consumer]);
        const decision = { decision: 'approve', comment: 'Fine', endMs: null } as const;
        return async (ports, { callKey, again }) =>
          await decide(ports, ADA, requestId, decision, { callKey, again, versions: null });
      },
      async (requestId) => {
        const state = (await desk.state().aggregates.load('request', requestId))?.doc.state;
        expect(state).toMatchObject({ is: 'approved', inLedgers: true });
        const events = await desk.events(`request/${requestId}`);
        expect(firstBroken(events)).toBe(null);
        expect(events.filter(({ type }) => type === 'request.approved')).toHaveLength(1);
      },
    );
    expect(steps).toBeGreaterThan(8);
  });
});
