import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ShareRequest } from '../../../shared/domain/sharing/request';
import { extend } from '../../../shared/flow/extend';
import { TINY } from '../alicloud/tiny-cloud';
import { ADA, openDesk, REN, valueOf, type Desk } from './sharing-desk';

const HOUR_MS = 3_600_000;
const { plain } = TINY.snapshots;
const GRANT = `${plain} ${TINY.consumer}`;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.readDirectory();
});
afterEach(async () => await desk.close());

/** An approved request of two hours, and an extension of it by two more that is asked for and not decided. */
async function extended(): Promise<{ first: ShareRequest; extension: ShareRequest }> {
  const endMs = desk.clock.nowMs() + 2 * HOUR_MS;
  const first = await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer], { endMs });
  await desk.approves(ADA, first.requestId);
  const asked = { endMs: endMs + 2 * HOUR_MS, reason: 'It takes longer', ticket: null };
  const extension = valueOf(await extend(desk.state(), REN, first.requestId, asked)).doc;
  return { first, extension };
}

/** What the grant looks like after some hours and two runs of the poller. */
async function sightAfter(hours: number, { requestId }: ShareRequest): Promise<string | undefined> {
  desk.wind(hours * HOUR_MS);
  await desk.polls();
  desk.wind(60_000);
  await desk.polls();
  return (await desk.sights(requestId))[GRANT];
}

it('goes on without a call at the provider where the first request ends, and ends at its own end', async () => {
  const { first, extension } = await extended();
  await desk.approves(ADA, extension.requestId);
  expect(await sightAfter(0, first)).toBe('granted');
  const before = desk.writes().length;
  expect(await sightAfter(3, first)).toBe('granted');
  expect(desk.writes().length).toBe(before);
  expect(await sightAfter(1, first)).toBe('gone');
});

it('that nobody approves lets access end with the first request', async () => {
  const { first } = await extended();
  expect(await sightAfter(0, first)).toBe('granted');
  expect(await sightAfter(2, first)).toBe('gone');
});

it('ends with the first request when that is revoked, so that access does not come back by itself', async () => {
  const { first, extension } = await extended();
  await desk.approves(ADA, extension.requestId);
  expect(await sightAfter(0, first)).toBe('granted');
  await desk.revokes(ADA, first.requestId);
  expect(await sightAfter(0, first)).toBe('gone');
  const stored = await desk.state().aggregates.load('request', extension.requestId);
  expect(stored?.doc.state).toMatchObject({
    is: 'revoked',
    revokedBy: { subject: ADA.subject },
    inLedgers: true,
  });
  expect(await sightAfter(3, first)).toBe('gone');
});
