import { afterEach, expect, it } from 'vitest';
import { listInvitations, listReceived } from '../../../shared/flow/look-at-received';
import { acceptUnasked } from '../../../shared/flow/accept-unasked';
import { answerInvitation } from '../../../shared/flow/answer-invitation';
import type { Answer } from '../../../shared/flow/refusal';
import { settleReceiverWrites } from '../../../shared/flow/settle-receiver-writes';
import { TINY } from '../alicloud/tiny-cloud';
import { AT, INSIDE, OFFERED, openReceivingDesk, type ReceivingDesk } from './receiving-desk';
import { ADA, person, REN, valueOf } from './sharing-desk';

let desk: ReceivingDesk;
afterEach(() => desk.close());

const AUD = person('aud', 'auditor');
const ample = () => 60_000;
const STREAM = `receiver-write/${TINY.consumer}/${OFFERED.invitationId}`;

function refusalOf<Value>(answer: Answer<Value>) {
  if (answer.ok) throw new Error('It was not refused');
  return answer.refusal;
}

async function eventTypes(): Promise<string[]> {
  return (await desk.events(STREAM)).map(({ type }) => type);
}

async function snapshotsSeen() {
  const resources = valueOf(await listReceived(desk.ports(), AUD, AT));
  return resources
    .filter(({ resourceType }) => resourceType === 'Snapshot')
    .map(({ resourceId, source, resourceShares }) => ({ resourceId, source, resourceShares }));
}

for (const form of ['key', 'key-and-value']) {
  it(`pairs each received snapshot with its source, whatever form the tag has (${form})`, async () => {
    desk = await openReceivingDesk((world) => (world.switches['shared-from-tag'] = form));
    const from = (resourceId: string) => ({
      resourceId: expect.stringMatching(/^s-rcv/),
      source: { ownerAccountId: TINY.producer, regionId: 'cn-hangzhou', resourceId },
      resourceShares: [INSIDE],
    });
    const { plain, permanent, encryptedWithCmk } = TINY.snapshots;
    const seen = await snapshotsSeen();
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(expect.arrayContaining([from(plain), from(permanent), from(encryptedWithCmk)]));
  });
}

it('lists what was received with what each product shows of it, and nothing of its own', async () => {
  desk = await openReceivingDesk();
  const resources = valueOf(await listReceived(desk.ports(), AUD, AT));
  const shown = resources
    .filter(({ resourceType }) => resourceType !== 'Snapshot')
    .map(({ resourceType, resourceId, status, resourceShares, seen }) =>
      [resourceType, resourceId, status, resourceShares.length, seen?.kind].join(' '),
    )
    .toSorted();
  expect(shown).toEqual([
    `DeploymentSet ${TINY.deploymentSet} Available 1 DeploymentSet`,
    `Image ${TINY.images.encryptedWithCmk}  0 Image`,
    `Image ${TINY.images.plain}  0 Image`,
    `VSwitch ${TINY.vSwitch} Available 1 VSwitch`,
  ]);
  expect(valueOf(await listReceived(desk.ports(), AUD, { ...AT, accountId: TINY.producer }))).toEqual([]);
});

it('shows a permanent snapshot with the 1,096 days that a receiver gets', async () => {
  desk = await openReceivingDesk();
  const resources = valueOf(await listReceived(desk.ports(), AUD, AT));
  const permanent = resources.find(({ source }) => source.resourceId === TINY.snapshots.permanent);
  expect(permanent?.seen).toMatchObject({ kind: 'Snapshot', retentionDays: 1_096 });
});

it('lists the invitation that waits, to those who may see it and for accounts that are managed', async () => {
  desk = await openReceivingDesk();
  const [invitation, ...more] = valueOf(await listInvitations(desk.ports(), AUD, AT));
  expect(more).toEqual([]);
  expect(invitation).toMatchObject({
    invitationId: OFFERED.invitationId,
    resourceShareId: OFFERED.resourceShareId,
    senderAccountId: TINY.partner,
    status: 'Pending',
  });
  expect(refusalOf(await listInvitations(desk.ports(), REN, AT))).toMatchObject({ reason: 'role-needed' });
  const foreign = { ...AT, accountId: TINY.partner };
  expect(refusalOf(await listInvitations(desk.ports(), AUD, foreign))).toEqual({
    reason: 'not-found',
    what: 'receiving-account',
    id: TINY.partner,
  });
  const elsewhere = { ...AT, regionId: 'cn-qingdao' };
  expect(refusalOf(await listInvitations(desk.ports(), AUD, elsewhere))).toMatchObject({
    problems: [{ pointer: '?regionId', code: 'region-not-managed' }],
  });
});

it('accepts on the word of an approver, once, and tells of it', async () => {
  desk = await openReceivingDesk();
  const first = valueOf(await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept'));
  expect(first.status).toBe('Accepted');
  const again = valueOf(await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept'));
  expect(again.status).toBe('Accepted');
  expect(desk.calls('AcceptResourceShareInvitation')).toBe(1);
  expect(await eventTypes()).toEqual([
    'receiving.call_intended',
    'receiving.call_made',
    'invitation.accepted_here',
  ]);
  const [, made] = await desk.events(STREAM);
  expect(made?.data).toMatchObject({
    outcome: { is: 'done', requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) },
  });
  expect(valueOf(await listInvitations(desk.ports(), AUD, AT))).toEqual([]);
  desk.clock.wind(5_000);
  expect((await snapshotsSeen()).map(({ source }) => source.resourceId)).toContain(OFFERED.snapshotId);
});

it('rejects on the word of an approver, after which nobody can accept', async () => {
  desk = await openReceivingDesk();
  valueOf(await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'reject'));
  expect(desk.cloud.world.invitations[OFFERED.invitationId]?.status).toBe('Rejected');
  expect((await eventTypes()).at(-1)).toBe('invitation.rejected_here');
  const accepted = await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept');
  expect(refusalOf(accepted)).toEqual({ reason: 'invitation-ended', status: 'Rejected' });
  expect(desk.calls('AcceptResourceShareInvitation')).toBe(0);
});

it('lets neither a requester nor an auditor answer, and knows no other invitations', async () => {
  desk = await openReceivingDesk();
  for (const who of [REN, AUD]) {
    const answered = await answerInvitation(desk.ports(), who, AT, OFFERED.invitationId, 'accept');
    expect(refusalOf(answered)).toMatchObject({ reason: 'role-needed', needs: ['approver', 'operator'] });
  }
  expect(refusalOf(await answerInvitation(desk.ports(), ADA, AT, 'i-unheardof', 'accept'))).toMatchObject({
    reason: 'not-found',
    what: 'invitation',
  });
});

it('gives one effect when many answer at once, and both ways', async () => {
  desk = await openReceivingDesk();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, at % 2 === 0 ? 'accept' : 'reject'),
    ),
  );
  expect(answers.some(({ ok }) => ok)).toBe(true);
  expect(desk.calls('AcceptResourceShareInvitation') + desk.calls('RejectResourceShareInvitation')).toBe(1);
  expect((await eventTypes()).filter((type) => type.startsWith('invitation.'))).toHaveLength(1);
});

it('looks whether a lost acceptance happened, and does not send it twice', async () => {
  desk = await openReceivingDesk();
  const fault = { kind: 'timeout', when: 'after' } as const;
  desk.cloud.faults.add({ action: 'AcceptResourceShareInvitation', fault, count: 1 });
  valueOf(await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept'));
  expect(desk.calls('AcceptResourceShareInvitation')).toBe(1);
  expect((await eventTypes()).at(-1)).toBe('invitation.accepted_here');
});

it('keeps what another run did when a slow one comes late with a refusal', async () => {
  desk = await openReceivingDesk();
  const slow = desk.ports();
  const make: typeof slow.provider.make = async (...call) => {
    desk.clock.wind(61_000);
    valueOf(await answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept'));
    return await slow.provider.make(...call);
  };
  const late = { ...slow, provider: { ...slow.provider, make } };
  const answered = await answerInvitation(late, ADA, AT, OFFERED.invitationId, 'accept');
  expect(refusalOf(answered)).toMatchObject({ code: 'InvitationStatus.AlreadyAccepted' });
  const stored = await desk.aggregates.load('receiver-write', `${TINY.consumer}/${OFFERED.invitationId}`);
  expect(stored?.doc.state).toMatchObject({ is: 'ended', outcome: { is: 'done' } });
  expect((await eventTypes()).filter((type) => type === 'receiving.call_made')).toHaveLength(1);
});

it('accepts unasked what an owner on the list offers, and nothing without a list', async () => {
  desk = await openReceivingDesk();
  const { places } = desk.ports();
  expect(await acceptUnasked(desk.ports(), places, [], ample)).toEqual({ accepted: 0, notAccepted: [] });
  expect(desk.calls('ListResourceShareInvitations')).toBe(0);
  const others = await acceptUnasked(desk.ports(), places, [TINY.otherPartner], ample);
  expect(others).toEqual({ accepted: 0, notAccepted: [] });
  expect(desk.cloud.world.invitations[OFFERED.invitationId]?.status).toBe('Pending');
  for (const accepted of [1, 0]) {
    expect(await acceptUnasked(desk.ports(), places, [TINY.partner], ample)).toEqual({
      accepted,
      notAccepted: [],
    });
  }
  const accepted = (await desk.events(STREAM)).at(-1);
  expect(accepted).toMatchObject({
    type: 'invitation.accepted_here',
    by: { kind: 'function', name: 'invitation-poller' },
    data: { senderAccountId: TINY.partner, accountId: TINY.consumer },
  });
});

it('goes on with the other accounts when one cannot be reached', async () => {
  desk = await openReceivingDesk((world) => {
    delete world.accounts[TINY.producer]?.roles['sharekeeper-member'];
  });
  const { places } = desk.ports();
  const report = await acceptUnasked(desk.ports(), places, [TINY.partner], ample);
  expect(report).toMatchObject({
    accepted: 1,
    notAccepted: [{ place: `${TINY.producer}/cn-hangzhou`, code: 'EntityNotExist.Role' }],
  });
});

it('finds out later what came of an acceptance that nobody heard of', async () => {
  desk = await openReceivingDesk();
  desk.cloud.faults.add({
    action: 'AcceptResourceShareInvitation',
    fault: { kind: 'timeout', when: 'after' },
    count: 1,
  });
  const blind = desk.cloud.faults.add({
    action: 'ListResourceShareInvitations',
    fault: { kind: 'error', status: 403, code: 'NoPermission' },
    skip: 1,
  });
  await expect(answerInvitation(desk.ports(), ADA, AT, OFFERED.invitationId, 'accept')).rejects.toMatchObject(
    { kind: 'unknown' },
  );
  desk.cloud.faults.remove(blind);
  desk.clock.wind(120_000);
  expect(await settleReceiverWrites(desk.ports(), ample)).toEqual({ settledWrites: 1, unsettledWrites: [] });
  expect((await eventTypes()).at(-1)).toBe('invitation.accepted_here');
  expect(await settleReceiverWrites(desk.ports(), ample)).toEqual({ settledWrites: 0, unsettledWrites: [] });
});
