import type { Directory, Folder, Member } from '../../../../shared/domain/directory/directory';

/** A small directory: root > Production (fd-prod) > Payments (fd-pay), and root > Sandbox (fd-sand). */
export const COMPANY: Directory = {
  directoryId: 'rd-company',
  managementAccountId: '1000000000000001',
  rootFolderId: 'r-root',
  folders: {
    'r-root': { folderId: 'r-root', folderName: 'Root', parentFolderId: null },
    'fd-prod': { folderId: 'fd-prod', folderName: 'Production', parentFolderId: 'r-root' },
    'fd-pay': { folderId: 'fd-pay', folderName: 'Payments', parentFolderId: 'fd-prod' },
    'fd-sand': { folderId: 'fd-sand', folderName: 'Sandbox', parentFolderId: 'r-root' },
  },
  members: {
    '1000000000000011': member('1000000000000011', 'fd-pay'),
    '1000000000000012': member('1000000000000012', 'fd-prod'),
    '1000000000000013': member('1000000000000013', 'fd-sand'),
  },
};

export function member(accountId: string, folderId: string, more: Partial<Member> = {}): Member {
  return {
    accountId,
    displayName: `Account ${accountId.slice(-2)}`,
    folderId,
    status: 'CreateSuccess',
    deletionStatus: '',
    joinMs: 1_700_000_000_000,
    ...more,
  };
}

export function withMembers(directory: Directory, ...members: Member[]): Directory {
  const changed = Object.fromEntries(members.map((one) => [one.accountId, one]));
  return { ...directory, members: { ...directory.members, ...changed } };
}

export function withoutMember(directory: Directory, accountId: string): Directory {
  const { [accountId]: _gone, ...members } = directory.members;
  return { ...directory, members };
}

export function withFolders(directory: Directory, ...folders: Folder[]): Directory {
  const changed = Object.fromEntries(folders.map((one) => [one.folderId, one]));
  return { ...directory, folders: { ...directory.folders, ...changed } };
}

export function withoutFolder(directory: Directory, folderId: string): Directory {
  const { [folderId]: _gone, ...folders } = directory.folders;
  return { ...directory, folders };
}
