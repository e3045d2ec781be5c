import type { Directory, Member } from '../../../../shared/domain/directory/directory';
import type { ObservedAssociation, ObservedShare } from '../../../../shared/domain/sharing/observation';
import {
  known,
  type Facts,
  type ImageItem,
  type SnapshotItem,
} from '../../../../shared/domain/sharing/preflight/facts';
import { DEFAULT_PREFLIGHT_SETTINGS } from '../../../../shared/domain/sharing/preflight/settings';
import type { Principal } from '../../../../shared/domain/sharing/principal';
import type { ResourceRef } from '../../../../shared/domain/sharing/resource';
import type { ResourceType } from '../../../../shared/domain/sharing/resource-types';

/** Facts of a pair that nothing speaks against, for tests to change one thing of. */

export const NOW_MS = Date.UTC(2026, 10, 21, 8);
export const DAY_MS = 24 * 3_600_000;
export const OWNER = '1000000000000011';
export const MEMBER: Principal = { type: 'account', id: '1000000000000012' };
export const PARTNER: Principal = { type: 'account', id: '2000000000000001' };
export const FOLDER: Principal = { type: 'folder', id: 'fd-dev' };
export const DIRECTORY: Principal = { type: 'directory', id: 'rd-own' };

export function accounts(count: number): Principal[] {
  return Array.from({ length: count }, (_, at) => ({
    type: 'account',
    id: String(3_000_000_000_000_000 + at),
  }));
}

export function member(facts: Partial<Member> = {}): Member {
  return {
    accountId: MEMBER.id,
    displayName: 'Consumer',
    folderId: FOLDER.id,
    status: 'CreateSuccess',
    deletionStatus: '',
    joinMs: 0,
    ...facts,
  };
}

export function directory(...members: Member[]): Directory {
  const all = [member({ accountId: OWNER, folderId: 'r-own' }), ...members];
  const folder = (folderId: string, parentFolderId: string | null) => ({
    folderId,
    folderName: folderId,
    parentFolderId,
  });
  return {
    directoryId: 'rd-own',
    managementAccountId: '1000000000000001',
    rootFolderId: 'r-own',
    members: Object.fromEntries(all.map((one) => [one.accountId, one])),
    folders: { 'r-own': folder('r-own', null), [FOLDER.id]: folder(FOLDER.id, 'r-own') },
  };
}

export function resource(resourceType: ResourceType, resourceId: string): ResourceRef {
  return { ownerAccountId: OWNER, regionId: 'cn-hangzhou', resourceType, resourceId };
}

export function snapshotItem(facts: Partial<SnapshotItem> = {}): SnapshotItem {
  return {
    is: 'snapshot',
    received: false,
    status: 'accomplished',
    category: 'standard',
    creationMs: NOW_MS - 5 * DAY_MS,
    retentionDays: 30,
    productCode: '',
    encrypted: false,
    keyIds: [],
    ofImportedImage: false,
    ...facts,
  };
}

export function imageItem(facts: Partial<ImageItem> = {}): ImageItem {
  return {
    is: 'image',
    received: false,
    status: 'Available',
    productCode: '',
    isPublic: false,
    encrypted: false,
    keyIds: [],
    snapshotCount: 1,
    ...facts,
  };
}

export function share(resourceIds: string[], principalIds: string[], entityType = 'Snapshot'): ObservedShare {
  const association = (entityId: string): ObservedAssociation => ({
    entityId,
    entityType,
    status: 'Associated',
    failureReason: '',
    createMs: 0,
    updateMs: 0,
    external: false,
  });
  return {
    resourceShareId: `rs-${resourceIds.join()}-${principalIds.length}`,
    resourceShareName: 'some',
    status: 'Active',
    allowExternalTargets: true,
    resources: resourceIds.map(association),
    principals: principalIds.map(association),
  };
}

/** A plain snapshot for a member, and everything known. */
export function facts(change: Partial<Facts> = {}): Facts {
  const asked = change.resource ?? resource('Snapshot', 's-1');
  const principal = change.principal ?? MEMBER;
  const item = asked.resourceType === 'Image' ? imageItem() : snapshotItem();
  return {
    nowMs: NOW_MS,
    resource: asked,
    principal,
    wish: { resources: [asked], principals: [principal], startMs: null, endMs: null },
    settings: DEFAULT_PREFLIGHT_SETTINGS,
    wireType: {
      resourceType: asked.resourceType,
      permissionName: `AliyunRSDefaultPermission${asked.resourceType}`,
      namedBy: 'id',
    },
    offeredTypes: known([
      {
        resourceType: asked.resourceType,
        permissionName: `AliyunRSDefaultPermission${asked.resourceType}`,
      },
    ]),
    item: known(asked.resourceType === 'DeploymentSet' ? { is: 'other', received: false } : item),
    elsewhere: known([]),
    keys: known([]),
    keyRole: known(null),
    shares: known([]),
    imageAccounts: known([]),
    directory: known(directory(member())),
    directorySharing: known(true),
    site: known('same'),
    grant: null,
    ...change,
  };
}
