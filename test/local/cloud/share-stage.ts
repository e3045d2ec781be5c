import { type Body, type TestCloud, part, rows, text } from '../../kit/local-cloud';
import { addAccount, addDirectory, addMember, addFolder, addSnapshot, emptyWorld } from '../../kit/world';
import type { World } from '../../../local/cloud/world';

/** One directory with an owner and a member in it, partners outside, and two snapshots of the owner. */
export const MANAGER = '1000000000000000';
export const OWNER = '1000000000000001';
export const MEMBER = '1000000000000002';
export const PARTNER = '1000000000000008';
export const OTHER_PARTNER = '1000000000000009';
export const DIRECTORY = 'rd-aaaaaa';
export const ROOT = 'r-aaaaaa';
export const TEAM = 'fd-team';

export function shareWorld(): World {
  const world = emptyWorld('cn-hangzhou', 'cn-shanghai');
  const directory = addDirectory(world, MANAGER, [OWNER], DIRECTORY);
  addFolder(directory, TEAM);
  addMember(world, directory, MEMBER, TEAM);
  addAccount(world, PARTNER);
  addAccount(world, OTHER_PARTNER);
  addSnapshot(world, 'cn-hangzhou', OWNER, 's-1');
  addSnapshot(world, 'cn-hangzhou', OWNER, 's-2');
  return world;
}

export const snapshot = (...ids: string[]) => ids.map((id) => ({ ResourceId: id, ResourceType: 'Snapshot' }));

/** Makes a share of `s-1` for anybody and tells its id. */
export async function makeShare(stage: TestCloud, parameters: Record<string, unknown> = {}): Promise<string> {
  const made = await stage.call(OWNER, 'CreateResourceShare', {
    ResourceShareName: 'share',
    AllowExternalTargets: true,
    Resources: snapshot('s-1'),
    ...parameters,
  });
  return text(part(made, 'ResourceShare'), 'ResourceShareId');
}

/** What the owner sees of principals, as `id status`. */
export async function targets(stage: TestCloud): Promise<string[]> {
  return statuses(await stage.call(OWNER, 'ListResourceShareAssociations', { AssociationType: 'Target' }));
}

export async function resources(stage: TestCloud): Promise<string[]> {
  return statuses(await stage.call(OWNER, 'ListResourceShareAssociations', { AssociationType: 'Resource' }));
}

/** The snapshots that an account has received. */
export async function received(stage: TestCloud, accountId: string): Promise<string[]> {
  const listed = await stage.call(accountId, 'ListSharedResources', { ResourceOwner: 'OtherAccounts' });
  return rows(listed, 'SharedResources').map((row) => text(row, 'ResourceId'));
}

/** The account's invitations, as `status`, oldest first. */
export async function invitations(stage: TestCloud, accountId: string): Promise<string[]> {
  const listed = await stage.call(accountId, 'ListResourceShareInvitations');
  return rows(listed, 'ResourceShareInvitations').map((row) => text(row, 'Status'));
}

export async function invitationId(stage: TestCloud, accountId: string): Promise<string> {
  const listed = await stage.call(accountId, 'ListResourceShareInvitations');
  return text(rows(listed, 'ResourceShareInvitations').at(-1) ?? {}, 'ResourceShareInvitationId');
}

function statuses(listed: Body): string[] {
  return rows(listed, 'ResourceShareAssociations').map(
    (row) => `${text(row, 'EntityId')} ${text(row, 'AssociationStatus')}`,
  );
}
