import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as door from '../../../functions/invitation-poller/index';
import { TINY } from '../../shared/alicloud/tiny-cloud';
import { OFFERED, openReceivingDesk, type ReceivingDesk } from '../../shared/flow/receiving-desk';
import { fire, open } from '../../shared/flow/through-the-door';

let desk: ReceivingDesk;
beforeEach(async () => {
  desk = await openReceivingDesk();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await desk.close();
});

const offer = () => desk.cloud.world.invitations[OFFERED.invitationId]?.status;

test('a run answers no invitation while no owner is on the list', async () => {
  await open(door, desk, `own,${TINY.consumer}`);
  expect(await fire(door, desk)).toMatchObject({ acceptance: { accepted: 0, notAccepted: [] } });
  expect(offer()).toBe('Pending');
});

test('a run accepts for a managed account what an owner on the list offers, once', async () => {
  vi.stubEnv('SHAREKEEPER_ACCEPT_FROM', TINY.partner);
  await open(door, desk, `own,${TINY.consumer}`);
  expect(await fire(door, desk)).toMatchObject({ acceptance: { accepted: 1, notAccepted: [] } });
  expect(offer()).toBe('Accepted');
  expect(await fire(door, desk)).toMatchObject({ acceptance: { accepted: 0, notAccepted: [] } });
});

test('a run finds out what came of a write whose writer never heard', async () => {
  await open(door, desk, `own,${TINY.consumer}`);
  const place = { accountId: TINY.consumer, regionId: TINY.regionId };
  const { invitationId, resourceShareId } = OFFERED;
  const call = {
    call: 'AcceptResourceShareInvitation',
    invitationId,
    resourceShareId,
    senderAccountId: TINY.partner,
  } as const;
  const by = { kind: 'person', subject: 'https://issuer.test|ada', name: 'ada' } as const;
  const nowMs = desk.clock.nowMs();
  await desk.aggregates.save('receiver-write', `${TINY.consumer}/${invitationId}`, null, {
    doc: { name: invitationId, place, call, by, state: { is: 'open', sinceMs: nowMs - 61_000 } },
    events: [],
    due: [{ queue: 'receiver-writes', dueMs: nowMs - 1_000 }],
  });
  await desk.ports().provider.make(place, call, invitationId);
  expect(await fire(door, desk)).toMatchObject({ settledWrites: 1, unsettledWrites: [] });
  expect(await desk.events(`receiver-write/${TINY.consumer}/${invitationId}`)).toMatchObject([
    { type: 'receiving.call_made', by: { kind: 'function' } },
    { type: 'invitation.accepted_here', by: { kind: 'person', name: 'ada' } },
  ]);
});
