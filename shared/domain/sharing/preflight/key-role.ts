import type { ResourceType } from '../resource-types';

/** The role by which an owner lets receivers use the key of what it shares; null for types that are not encrypted so. */
export function keyRoleNameOf(resourceType: ResourceType): string | null {
  switch (resourceType) {
    case 'Snapshot':
      return 'AliyunECSShareEncryptSnapshotDefaultRole';
    case 'Image':
      return 'AliyunECSShareEncryptImageDefaultRole';
    default:
      return null;
  }
}
