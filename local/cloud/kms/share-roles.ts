import { directoryAround } from '../resource-directory/directory';
import { positionOf } from '../switches';
import type { World } from '../world';

/** What an owner's role lets the ECS of receivers decrypt: each kind of thing has a role of its own, made by hand. */
export type SharedKind = 'Image' | 'Snapshot';

/** Source: "Encryption-related permissions". */
export function shareRoleName(kind: SharedKind): string {
  return `AliyunECSShareEncrypt${kind}DefaultRole`;
}

export function hasShareRole(ownerId: string, kind: SharedKind, world: World): boolean {
  return world.accounts[ownerId]?.roles[shareRoleName(kind)] !== undefined;
}

/**
 * Whether the ECS of a receiver may use the owner's keys: the role trusts `<receiver>@ecs.aliyuncs.com`. How it trusts
 * everybody in the owner's directory at once is not documented: a switch says which form counts.
 */
export function mayUseKeysOf(ownerId: string, receiverId: string, kind: SharedKind, world: World): boolean {
  const trusts = world.accounts[ownerId]?.roles[shareRoleName(kind)]?.trusts ?? [];
  if (trusts.includes(`${receiverId}@ecs.aliyuncs.com`)) return true;
  const directory = directoryAround(ownerId, world);
  if (directory === undefined || directoryAround(receiverId, world) !== directory) return false;
  switch (positionOf('directory-key-trust', world)) {
    case 'directory-id':
      return trusts.includes(`${directory.resourceDirectoryId}@ecs.aliyuncs.com`);
    case 'service':
      return trusts.includes('ecs.aliyuncs.com');
    default:
      return false;
  }
}
