import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putSwitch } from '../../../local/cloud/switches';
import type { World } from '../../../local/cloud/world';
import {
  DAY_MS,
  SECOND_MS,
  type TestCloud,
  rows,
  startTestCloud,
  stopTestCloud,
  text,
  wind,
} from '../../kit/local-cloud';
import { codeOf } from '../../kit/openapi-client';
import { accountIdOf } from '../../kit/world';
import {
  MEMBER,
  OWNER,
  PARTNER,
  invitations,
  makeShare,
  received,
  shareWorld,
  snapshot,
  targets,
} from './share-stage';

let world: World;
let stage: TestCloud;
beforeEach(async () => {
  world = shareWorld();
  stage = await startTestCloud(world);
});
afterEach(() => stopTestCloud(stage));

const settle = () => wind(3 * SECOND_MS);
const associate = (ResourceShareId: string, parameters: Record<string, unknown>) =>
  codeOf(stage.call(OWNER, 'AssociateResourceShare', { ResourceShareId, ...parameters }));
const disassociate = (ResourceShareId: string, parameters: Record<string, unknown>) =>
  codeOf(stage.call(OWNER, 'DisassociateResourceShare', { ResourceShareId, ...parameters }));

describe('associate-again', () => {
  it.each([
    ['accepted', 'OK'],
    ['refused', 'EntityAlreadyExists.ResourceShareAssociation'],
  ])('%s', async (position, code) => {
    putSwitch('associate-again', position, world);
    const id = await makeShare(stage, { Targets: [PARTNER] });
    settle();
    expect(await associate(id, { Resources: snapshot('s-1') })).toBe(code);
    expect(await associate(id, { Targets: [PARTNER] })).toBe(code);
    expect(await invitations(stage, PARTNER)).toEqual(['Pending']);
  });
});

describe('unanswered-association', () => {
  it.each(['Failed', 'Disassociated', 'Associating'])('%s', async (position) => {
    putSwitch('unanswered-association', position, world);
    await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'reject', accountId: PARTNER });
    expect(await targets(stage)).toEqual([`${PARTNER} ${position}`]);
    await makeShare(stage, { Targets: [accountIdOf(9)] });
    wind(7 * DAY_MS);
    expect(await targets(stage)).toContain(`${accountIdOf(9)} ${position}`);
  });
});

describe('re-invite', () => {
  it.each(['Failed', 'Associating'])('associate, when the old association is %s', async (unanswered) => {
    putSwitch('unanswered-association', unanswered, world);
    const id = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'reject', accountId: PARTNER });
    expect(await associate(id, { Targets: [PARTNER] })).toBe('OK');
    expect(await invitations(stage, PARTNER)).toEqual(['Rejected', 'Pending']);
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    settle();
    expect(await received(stage, PARTNER)).toEqual(['s-1']);
    const ended = unanswered === 'Failed' ? [`${PARTNER} Failed`] : [];
    expect(await targets(stage)).toEqual([...ended, `${PARTNER} Associated`]);
  });

  it.each(['Failed', 'Associating'])('disassociate-first, when the old one is %s', async (unanswered) => {
    putSwitch('re-invite', 'disassociate-first', world);
    putSwitch('unanswered-association', unanswered, world);
    const id = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'reject', accountId: PARTNER });
    expect(await associate(id, { Targets: [PARTNER] })).toBe('OK');
    expect(await invitations(stage, PARTNER)).toEqual(['Rejected']);
    expect(await disassociate(id, { Targets: [PARTNER] })).toBe('OK');
    settle();
    expect(await associate(id, { Targets: [PARTNER] })).toBe('OK');
    expect(await invitations(stage, PARTNER)).toEqual(['Rejected', 'Pending']);
  });
});

describe('owner-sees-pending', () => {
  it.each([
    ['no', 'Active'],
    ['yes', 'Pending'],
  ])('%s', async (position, status) => {
    putSwitch('owner-sees-pending', position, world);
    await makeShare(stage, { Targets: [PARTNER] });
    expect(await ownStatus()).toBe(status);
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    expect(await ownStatus()).toBe('Active');
  });

  async function ownStatus() {
    const listed = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' });
    return text(rows(listed, 'ResourceShares')[0] ?? {}, 'ResourceShareStatus');
  }
});

describe('association-history', () => {
  it.each([
    ['kept', [`${MEMBER} Disassociated`, `${MEMBER} Associating`]],
    ['replaced', [`${MEMBER} Associating`]],
  ])('%s', async (position, listed) => {
    putSwitch('association-history', position, world);
    const id = await makeShare(stage, { Targets: [MEMBER] });
    settle();
    await disassociate(id, { Targets: [MEMBER] });
    settle();
    await associate(id, { Targets: [MEMBER] });
    expect(await targets(stage)).toEqual(listed);
  });
});

describe('withdraw-invitation', () => {
  it('refused: the principal and the share stay until the invitation is over', async () => {
    putSwitch('withdraw-invitation', 'refused', world);
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    settle();
    expect(await disassociate(ResourceShareId, { Targets: [PARTNER] })).toBe('DisassociateConflict');
    const remove = () => codeOf(stage.call(OWNER, 'DeleteResourceShare', { ResourceShareId }));
    expect(await remove()).toBe('DeleteResourceShareConflict');
    wind(7 * DAY_MS);
    expect(await remove()).toBe('OK');
  });
});

describe('invited-account-joins', () => {
  it.each([
    ['waits', 'Pending', []],
    ['accepted', 'Accepted', ['s-1']],
  ])('%s', async (position, status, afterwards) => {
    putSwitch('invited-account-joins', position, world);
    await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'add-member', accountId: PARTNER });
    settle();
    expect(await invitations(stage, PARTNER)).toEqual([status]);
    expect(await received(stage, PARTNER)).toEqual(afterwards);
  });
});

describe('leave-without-target', () => {
  it.each([
    ['accepted', 'OK'],
    ['refused', 'ResourceAndTargetBothEmpty'],
  ])('%s', async (position, code) => {
    putSwitch('leave-without-target', position, world);
    const ResourceShareId = await makeShare(stage, { Targets: [PARTNER] });
    stage.cloud.act({ act: 'accept', accountId: PARTNER });
    settle();
    const leave = { ResourceShareId, ResourceOwner: 'OtherAccounts' };
    expect(await codeOf(stage.call(PARTNER, 'DisassociateResourceShare', leave))).toBe(code);
  });
});

describe('disassociate-again', () => {
  it.each([
    ['accepted', 'OK'],
    ['refused', 'DisassociateInvalid'],
  ])('%s', async (position, code) => {
    putSwitch('disassociate-again', position, world);
    const id = await makeShare(stage, { Targets: [MEMBER] });
    settle();
    await disassociate(id, { Targets: [MEMBER] });
    expect(await disassociate(id, { Targets: [MEMBER] })).toBe(code);
  });
});
