import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../../shared/domain/sharing/policy/policy';
import type { ShareRequest } from '../../../shared/domain/sharing/request';
import { ask } from '../../../shared/flow/ask';
import { review } from '../../../shared/flow/review';
import { NO_TERMS } from '../../../shared/flow/terms';
import { PLACE, TINY } from '../alicloud/tiny-cloud';
import { allow, policyOf } from '../domain/sharing/policy/cases';
import { ADA, openDesk, REN, valueOf, type Desk } from './sharing-desk';

const HOUR_MS = 3_600_000;
const { plain } = TINY.snapshots;
const POLICY: Policy = {
  ...policyOf(allow({ approval: [{ who: { groups: ['platform'] }, count: 2 }] })),
  breakGlass: {
    who: { roles: ['requester'] },
    longestHours: 24,
    reasonCharactersMin: 10,
    confirmation: false,
    reviewWithinHours: 8,
  },
};

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.readDirectory();
  await desk.uploads(POLICY);
});
afterEach(async () => await desk.close());

async function broken(): Promise<ShareRequest> {
  const asked = await ask(
    desk.state(),
    REN,
    {
      resources: [{ ...PLACE, resourceType: 'Snapshot', resourceId: plain }],
      principals: [{ type: 'account', id: TINY.consumer }],
      reason: 'The restore drill needs it',
      ticket: null,
      startMs: null,
      endMs: null,
    },
    NO_TERMS,
    { extensionOf: null, breakGlass: { reason: 'The database is down', confirm: null } },
  );
  return valueOf(asked).doc;
}

async function types(requestId: string): Promise<string[]> {
  return (await desk.events(`request/${requestId}`)).map(({ number, type }) => `${number} ${type}`);
}

const JUSTIFIED = { verdict: 'justified', comment: 'The outage was real' } as const;

describe('access that nobody agreed to', () => {
  it('reaches the provider at once, ends after the hours that the policy gives, and tells whom it skipped', async () => {
    const { requestId, createdMs, endMs } = await broken();
    expect(endMs).toBe(createdMs + 24 * HOUR_MS);
    await desk.polls();
    desk.wind(60_000);
    await desk.polls();
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'granted' });
    const events = await desk.events(`request/${requestId}`);
    expect(events.map(({ type }) => type)).toEqual([
      'request.created',
      'request.break_glass',
      'request.approved',
    ]);
    expect(events[1]?.data).toMatchObject({
      reason: 'The database is down',
      reviewDueMs: createdMs + 8 * HOUR_MS,
      skipped: [{ who: 'group platform', count: 2 }],
    });
    desk.wind(24 * HOUR_MS);
    await desk.polls();
    desk.wind(60_000);
    await desk.polls();
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'gone' });
  });

  it('that nobody reviews in time is told once, and may still be reviewed', async () => {
    const { requestId } = await broken();
    desk.wind(7 * HOUR_MS);
    await desk.polls();
    expect((await types(requestId)).at(-1)).toBe('3 request.approved');
    for (let runs = 0; runs < 3; runs++) {
      desk.wind(HOUR_MS);
      await desk.polls();
    }
    expect((await types(requestId)).slice(3)).toEqual(['4 request.review_overdue']);
    const late = valueOf(await review(desk.state(), ADA, requestId, JUSTIFIED));
    expect(late.doc.breakGlass?.review).toMatchObject({ is: 'done', verdict: 'justified' });
    expect((await types(requestId)).slice(3)).toEqual(['4 request.review_overdue', '5 request.reviewed']);
  });

  it('that was reviewed in time is never overdue, and is reviewed once, however many try', async () => {
    const { requestId } = await broken();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => review(desk.state(), ADA, requestId, JUSTIFIED)),
    );
    const outcomes = answers.map((answer) => (answer.ok ? 'reviewed' : answer.refusal.reason));
    expect(outcomes.filter((outcome) => outcome === 'reviewed')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['reviewed', 'already-reviewed']));
    desk.wind(9 * HOUR_MS);
    await desk.polls();
    expect((await types(requestId)).at(-1)).toBe('4 request.reviewed');
  });
});
