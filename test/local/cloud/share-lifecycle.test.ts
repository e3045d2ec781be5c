import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DAY_MS,
  SECOND_MS,
  type TestCloud,
  part,
  rows,
  startTestCloud,
  stopTestCloud,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import {
  DIRECTORY,
  MEMBER,
  OTHER_PARTNER,
  OWNER,
  PARTNER,
  TEAM,
  invitationId,
  invitations,
  makeShare,
  received,
  resources,
  shareWorld,
  snapshot,
  targets,
} from './share-stage';

let stage: TestCloud;
beforeEach(async () => {
  stage = await startTestCloud(shareWorld());
});
afterEach(() => stopTestCloud(stage));

describe('inside the directory', () => {
  it('a member gets the resource after some seconds without being asked', async () => {
    await makeShare(stage, { Targets: [MEMBER], AllowExternalTargets: false });
    expect(await targets(stage)).toEqual([`${MEMBER} Associating`]);
    expect(await received(stage, MEMBER)).toEqual([]);
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${MEMBER} Associated`]);
    expect(await resources(stage)).toEqual(['s-1 Associated']);
    expect(await received(stage, MEMBER)).toEqual(['s-1']);
    expect(await invitations(stage, MEMBER)).toEqual([]);
  });

  it('a folder or the whole directory stands for its members', async () => {
    await makeShare(stage, { Targets: [TEAM] });
    await makeShare(stage, { Targets: [DIRECTORY], Resources: snapshot('s-2') });
    wind(3 * SECOND_MS);
    expect((await received(stage, MEMBER)).toSorted()).toEqual(['s-1', 's-2']);
    expect(await received(stage, OWNER)).toEqual([]);
  });

  it('the receiver may not leave what the directory gave it', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [TEAM] });
    wind(3 * SECOND_MS);
    const leave = stage.call(MEMBER, 'DisassociateResourceShare', {
      ResourceShareId,
      ResourceOwner: 'OtherAccounts',
      Targets: [MEMBER],
    });
    expect(await codeOf(leave)).toBe('LeavingFailed.Account');
  });
});

describe('outside the directory', () => {
  it('a partner has to accept, and sees the share as Pending until then', async () => {
    await makeShare(stage, { Targets: [PARTNER] });
    wind(60 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${PARTNER} Associating`]);
    expect(await shareStatuses(PARTNER)).toEqual(['Pending']);
    const accepted = await stage.call(PARTNER, 'AcceptResourceShareInvitation', {
      ResourceShareInvitationId: await invitationId(stage, PARTNER),
    });
    expect(part(accepted, 'ResourceShareInvitation')['Status']).toBe('Accepted');
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${PARTNER} Associated`]);
    expect(await shareStatuses(PARTNER)).toEqual(['Active']);
    expect(await received(stage, PARTNER)).toEqual(['s-1']);
  });

  it('after one acceptance, resources added later need no new invitation', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Resources: snapshot('s-2') });
    wind(3 * SECOND_MS);
    expect((await received(stage, PARTNER)).toSorted()).toEqual(['s-1', 's-2']);
    expect(await invitations(stage, PARTNER)).toEqual(['Accepted']);
  });

  it('an invitation is open for seven days less a millisecond, and has expired after seven', async () => {
    await makeShare(stage, { Targets: [PARTNER] });
    const id = await invitationId(stage, PARTNER);
    wind(7 * DAY_MS - 1);
    expect(await invitations(stage, PARTNER)).toEqual(['Pending']);
    wind(1);
    expect(await invitations(stage, PARTNER)).toEqual(['Expired']);
    expect(await targets(stage)).toEqual([`${PARTNER} Failed`]);
    expect(await codeOf(answer(PARTNER, 'Accept', id))).toBe('InvitationStatus.Expired');
  });

  it('an invitation is answered once', async () => {
    await makeShare(stage, { Targets: [PARTNER, OTHER_PARTNER] });
    const accepted = await invitationId(stage, PARTNER);
    const rejected = await invitationId(stage, OTHER_PARTNER);
    await answer(PARTNER, 'Accept', accepted);
    await answer(OTHER_PARTNER, 'Reject', rejected);
    expect(await codeOf(answer(PARTNER, 'Reject', accepted))).toBe('InvitationStatus.AlreadyAccepted');
    expect(await codeOf(answer(OTHER_PARTNER, 'Accept', rejected))).toBe('InvitationStatus.AlreadyRejected');
    expect(await codeOf(answer(OTHER_PARTNER, 'Accept', accepted))).toBe(
      'EntityNotExists.ResourceShareInvitation',
    );
  });

  it('a partner may leave, and loses the resource', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    wind(3 * SECOND_MS);
    stage.cloud.act({ act: 'leave', accountId: PARTNER, shareId: ResourceShareId });
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${PARTNER} Disassociated`]);
    expect(await received(stage, PARTNER)).toEqual([]);
  });

  it('an owner that takes a principal out cancels its invitation', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    await stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, Targets: [PARTNER] });
    expect(await invitations(stage, PARTNER)).toEqual(['Cancelled']);
    wind(3 * SECOND_MS);
    expect(await targets(stage)).toEqual([`${PARTNER} Disassociated`]);
  });

  it('a principal that comes back is invited again', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'reject', accountId: PARTNER });
    await stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, Targets: [PARTNER] });
    expect(await invitations(stage, PARTNER)).toEqual(['Rejected', 'Pending']);
  });
});

describe('taking back', () => {
  it('what leaves is Disassociating first, then gone, and its record vanishes within 48 to 96 hours', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [MEMBER] });
    wind(3 * SECOND_MS);
    const answered = await stage.call(OWNER, 'DisassociateResourceShare', {
      ResourceShareId,
      Targets: [MEMBER],
    });
    expect(rows(answered, 'ResourceShareAssociations')[0]).toMatchObject({
      AssociationStatus: 'Disassociating',
      EntityId: MEMBER,
      EntityType: 'Account',
    });
    wind(3 * SECOND_MS);
    expect(await received(stage, MEMBER)).toEqual([]);
    wind(2 * DAY_MS - 1);
    expect(await targets(stage)).toEqual([`${MEMBER} Disassociated`]);
    wind(2 * DAY_MS);
    expect(await targets(stage)).toEqual([]);
  });

  it('a deleted share takes everything from everybody, and vanishes within 48 to 96 hours', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [MEMBER, PARTNER] });
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId });
    expect(await shareStatuses(OWNER)).toEqual(['Deleting']);
    wind(5 * SECOND_MS);
    expect(await shareStatuses(OWNER)).toEqual(['Deleted']);
    expect(await received(stage, MEMBER)).toEqual([]);
    expect(await invitations(stage, PARTNER)).toEqual(['Cancelled']);
    expect(await codeOf(stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId }))).toBe(
      'ResourceShareStatusMismatchAction',
    );
    wind(2 * DAY_MS - 1);
    expect(await shareStatuses(OWNER)).toEqual(['Deleted']);
    wind(2 * DAY_MS + 1);
    expect(await shareStatuses(OWNER)).toEqual([]);
  });

  it('nothing is taken out or deleted while it is on its way in, nor put in while it is on its way out', async () => {
    const ResourceShareId = await makeShare(stage, { Targets: [MEMBER] });
    const out = { ResourceShareId, Targets: [MEMBER] };
    expect(await codeOf(stage.call(OWNER, 'DisassociateResourceShare', out))).toBe('DisassociateConflict');
    expect(await codeOf(stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId }))).toBe(
      'DeleteResourceShareConflict',
    );
    wind(3 * SECOND_MS);
    await stage.call(OWNER, 'DisassociateResourceShare', out);
    expect(await codeOf(stage.call(OWNER, 'AssociateResourceShare', out))).toBe('AssociateConflict');
  });

  it('what is not in a share cannot be taken out of it', async () => {
    const ResourceShareId = await makeShare(stage);
    const out = stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, Targets: [MEMBER] });
    expect(await codeOf(out)).toBe('DisassociateInvalid');
  });
});

it('a share is known in its own region only', async () => {
  const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
  wind(3 * SECOND_MS);
  const shanghai = { regionId: 'cn-shanghai' };
  const listed = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' }, shanghai);
  expect(rows(listed, 'ResourceShares')).toEqual([]);
  const invited = await stage.call(PARTNER, 'ListResourceShareInvitations', {}, shanghai);
  expect(rows(invited, 'ResourceShareInvitations')).toEqual([]);
  const deleted = stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId }, shanghai);
  expect(await codeOf(deleted)).toBe('EntityNotExists.ResourceShare');
});

function answer(accountId: string, word: 'Accept' | 'Reject', id: string) {
  return stage.call(accountId, `${word}ResourceShareInvitation`, { ResourceShareInvitationId: id });
}

async function shareStatuses(accountId: string): Promise<unknown[]> {
  const ResourceOwner = accountId === OWNER ? 'Self' : 'OtherAccounts';
  const listed = await stage.call(accountId, 'ListResourceShares', { ResourceOwner });
  return rows(listed, 'ResourceShares').map((row) => row['ResourceShareStatus']);
}
