import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '../../../shared/flow/decide';
import { TINY } from '../alicloud/tiny-cloud';
import { ADA, BO, openDesk, person, REN, type Desk } from './sharing-desk';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const { plain, permanent, encryptedWithServiceKey } = TINY.snapshots;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.readDirectory();
});
afterEach(async () => await desk.close());

/** Approved by Ada, and the poller run until the provider has settled. */
async function approved(resources: Parameters<Desk['asks']>[1], principalIds: string[], window = {}) {
  const { requestId } = await desk.asks(REN, resources, principalIds, window);
  await desk.approves(ADA, requestId);
  await desk.polls();
  desk.wind(MINUTE_MS);
  await desk.polls();
  return requestId;
}

describe('an approved request', () => {
  it('reaches a member at once and invites an outside partner, who has seven days', async () => {
    const requestId = await approved([['Snapshot', plain]], [TINY.consumer, TINY.partner]);
    expect(await desk.sights(requestId)).toEqual({
      [`${plain} ${TINY.consumer}`]: 'granted',
      [`${plain} ${TINY.partner}`]: 'invited',
    });
    desk.cloud.act({ act: 'accept', accountId: TINY.partner });
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect((await desk.sights(requestId))[`${plain} ${TINY.partner}`]).toBe('granted');
  });

  it('asks nothing more of the provider once everything is as wanted', async () => {
    await approved([['Snapshot', plain]], [TINY.consumer]);
    const before = desk.writes().length;
    await desk.polls();
    expect(desk.writes().length).toBe(before);
  });

  it('reaches every account of a folder through one share with the folder', async () => {
    const requestId = await approved([['Snapshot', plain]], [TINY.developmentFolder]);
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.developmentFolder}`]: 'granted' });
  });

  it("puts single accounts on an image's own list, and a folder into a resource share", async () => {
    const requestId = await approved([['Image', TINY.images.plain]], [TINY.partner, TINY.developmentFolder]);
    expect(await desk.sights(requestId)).toEqual({
      [`${TINY.images.plain} ${TINY.partner}`]: 'granted',
      [`${TINY.images.plain} ${TINY.developmentFolder}`]: 'granted',
    });
    expect(desk.writes().sort()).toEqual(['CreateResourceShare', 'ModifyImageSharePermission']);
  });

  it('tells what the provider refuses, and shares the rest', async () => {
    // Nobody could look at the snapshots beforehand.
    desk.cloud.faults.add({
      action: 'DescribeSnapshots',
      fault: { kind: 'error', status: 403, code: 'Forbidden.RAM' },
    });
    const requestId = await approved(
      [
        ['Snapshot', plain],
        ['Snapshot', encryptedWithServiceKey],
      ],
      [TINY.consumer],
    );
    expect(await desk.sights(requestId)).toEqual({
      [`${plain} ${TINY.consumer}`]: 'granted',
      [`${encryptedWithServiceKey} ${TINY.consumer}`]: 'failed',
    });
  });

  it('waits for its start and ends by itself', async () => {
    const startMs = desk.clock.nowMs() + DAY_MS;
    const requestId = await approved([['Snapshot', plain]], [TINY.consumer], {
      startMs,
      endMs: startMs + DAY_MS,
    });
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'absent' });
    desk.wind(DAY_MS);
    await desk.polls();
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'granted' });
    desk.wind(DAY_MS);
    await desk.polls();
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'gone' });
  });
});

describe('an invitation', () => {
  it('that nobody answers fails after seven days, is not repeated, and leaves no share behind', async () => {
    const requestId = await approved([['Snapshot', plain]], [TINY.partner]);
    for (let day = 1; day <= 10; day++) {
      desk.wind(DAY_MS);
      await desk.polls();
    }
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.partner}`]: 'failed' });
    expect(desk.writes()).toEqual(['CreateResourceShare', 'DeleteResourceShare']);
  });

  it.each(['Failed', 'Disassociated', 'Associating'])(
    'that is rejected fails, when the provider then shows the association as %s',
    async (position) => {
      desk.cloud.world.switches['unanswered-association'] = position;
      const requestId = await approved([['Snapshot', plain]], [TINY.partner]);
      desk.cloud.act({ act: 'reject', accountId: TINY.partner });
      for (let day = 1; day <= 8; day++) {
        desk.wind(DAY_MS);
        await desk.polls();
      }
      expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.partner}`]: 'failed' });
      expect(desk.writes().filter((action) => action === 'CreateResourceShare')).toHaveLength(1);
    },
  );

  it('is not needed again for what is shared later with a partner who accepted', async () => {
    await approved([['Snapshot', plain]], [TINY.partner]);
    desk.cloud.act({ act: 'accept', accountId: TINY.partner });
    desk.wind(MINUTE_MS);
    await desk.polls();
    const later = await approved([['Snapshot', permanent]], [TINY.partner]);
    expect(await desk.sights(later)).toEqual({ [`${permanent} ${TINY.partner}`]: 'granted' });
    const { invitations } = desk.cloud.world;
    const ours = Object.values(invitations).filter(
      ({ resourceShareId }) => resourceShareId !== TINY.handMadeShare,
    );
    expect(ours).toHaveLength(1);
  });
});

describe('two requests for one grant', () => {
  it('keep it until the last one ends', async () => {
    const first = await approved([['Snapshot', plain]], [TINY.consumer]);
    const second = await approved([['Snapshot', plain]], [TINY.consumer]);
    await desk.revokes(ADA, first);
    await desk.polls();
    expect(await desk.sights(second)).toEqual({ [`${plain} ${TINY.consumer}`]: 'granted' });
    await desk.revokes(ADA, second);
    await desk.polls();
    desk.wind(MINUTE_MS);
    await desk.polls();
    expect(await desk.sights(second)).toEqual({ [`${plain} ${TINY.consumer}`]: 'gone' });
    expect(desk.writes()).toEqual(['CreateResourceShare', 'DeleteResourceShare']);
  });
});

describe('fifty decisions at once', () => {
  it('have one effect; the others are told what the request became', async () => {
    const { requestId } = await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer]);
    const approvers = Array.from({ length: 50 }, (_, at) => person(`approver-${at}`, 'approver'));
    const answers = await Promise.all(
      approvers.map((approver) =>
        decide(desk.state(), approver, requestId, { decision: 'approve', comment: '' }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const reasons = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.reason]));
    expect(new Set(reasons)).toEqual(new Set(['wrong-state']));
    const events = await desk.events(`request/${requestId}`);
    expect(events.map(({ type, number }) => `${number} ${type}`)).toEqual([
      '1 request.created',
      '2 request.approval_given',
      '3 request.approved',
    ]);
  });

  it('are not for the one who asked, whatever roles they hold', async () => {
    const { requestId } = await desk.asks(BO, [['Snapshot', plain]], [TINY.consumer]);
    const answer = await decide(desk.state(), BO, requestId, { decision: 'approve', comment: '' });
    expect(answer).toEqual({ ok: false, refusal: { reason: 'own-request' } });
  });
});

describe('a provider that misbehaves', () => {
  it('and does what it never answered is looked at, not asked twice', async () => {
    desk.cloud.faults.add({
      action: 'CreateResourceShare',
      fault: { kind: 'reset', when: 'after' },
      count: 1,
    });
    const requestId = await approved([['Snapshot', plain]], [TINY.consumer]);
    expect(await desk.sights(requestId)).toEqual({ [`${plain} ${TINY.consumer}`]: 'granted' });
    expect(
      Object.values(desk.cloud.world.shares).filter(({ resourceShareName }) =>
        resourceShareName.startsWith('sharekeeper-'),
      ),
    ).toHaveLength(1);
  });

  it('and cannot be read changes nothing, and is said so', async () => {
    const { requestId } = await desk.asks(REN, [['Snapshot', plain]], [TINY.consumer]);
    await desk.approves(ADA, requestId);
    desk.cloud.faults.add({ action: 'ListResourceShares', fault: { kind: 'throttle', retryAfterMs: 1 } });
    const report = await desk.polls();
    expect(report.unread.map(({ code }) => code)).toEqual(['Throttling.User']);
    expect(desk.writes()).toEqual([]);
  });

  it('has every write recorded before and after, with its RequestId', async () => {
    await approved([['Snapshot', plain]], [TINY.consumer]);
    const made = desk.cloud.calls.find({ action: 'CreateResourceShare' })[0];
    const name = made?.parameters['ResourceShareName'] ?? '';
    const events = await desk.events(`resource-share/${TINY.producer}/${TINY.regionId}/${name}`);
    expect(events.map(({ type }) => type)).toEqual(['share.call_intended', 'share.call_made']);
    expect(events[1]?.data['outcome']).toMatchObject({ is: 'done', requestId: made?.requestId });
  });

  it('leaves shares made by hand alone', async () => {
    await approved([['Snapshot', plain]], [TINY.consumer]);
    expect(desk.cloud.world.shares[TINY.handMadeShare]?.deleteMs).toBe(null);
  });
});
