import { describe, expect, test } from 'vitest';
import { differences } from '../../../../shared/domain/directory/changes';
import { COMPANY, member, withFolders, withMembers, withoutFolder, withoutMember } from './directories';

describe('two readings of the directory', () => {
  test('that are equal differ in nothing', () => {
    expect(differences(COMPANY, structuredClone(COMPANY))).toEqual([]);
  });

  test('tell who joined', () => {
    const newcomer = member('1000000000000014', 'fd-sand');
    expect(differences(COMPANY, withMembers(COMPANY, newcomer))).toEqual([
      { is: 'member-joined', member: newcomer, directoryId: 'rd-company' },
    ]);
  });

  test('tell who left, and where they were', () => {
    expect(differences(COMPANY, withoutMember(COMPANY, '1000000000000013'))).toEqual([
      { is: 'member-left', member: member('1000000000000013', 'fd-sand'), directoryId: 'rd-company' },
    ]);
  });

  test('tell one who left and came back in between as both: shares were lost on the way', () => {
    const back = member('1000000000000013', 'fd-sand', { joinMs: 1_700_000_600_000 });
    expect(differences(COMPANY, withMembers(COMPANY, back)).map((change) => change.is)).toEqual([
      'member-left',
      'member-joined',
    ]);
  });

  test('tell a member that moved, was renamed and is being removed as three changes', () => {
    const changed = member('1000000000000012', 'fd-sand', {
      displayName: 'Ledger',
      deletionStatus: 'Checking',
    });
    expect(differences(COMPANY, withMembers(COMPANY, changed))).toEqual([
      { is: 'member-renamed', accountId: '1000000000000012', from: 'Account 12', to: 'Ledger' },
      {
        is: 'member-status-changed',
        accountId: '1000000000000012',
        from: { status: 'CreateSuccess', deletionStatus: '' },
        to: { status: 'CreateSuccess', deletionStatus: 'Checking' },
      },
      {
        is: 'member-moved',
        accountId: '1000000000000012',
        fromFolderId: 'fd-prod',
        toFolderId: 'fd-sand',
      },
    ]);
  });

  test('tell folders that were created, renamed, moved and deleted', () => {
    const after = withFolders(
      withoutFolder(withMembers(COMPANY, member('1000000000000013', 'fd-new')), 'fd-sand'),
      { folderId: 'fd-new', folderName: 'New', parentFolderId: 'r-root' },
      { folderId: 'fd-pay', folderName: 'Pay', parentFolderId: 'fd-new' },
    );
    expect(differences(COMPANY, after)).toEqual([
      {
        is: 'folder-created',
        folder: { folderId: 'fd-new', folderName: 'New', parentFolderId: 'r-root' },
      },
      { is: 'folder-renamed', folderId: 'fd-pay', from: 'Payments', to: 'Pay' },
      { is: 'folder-moved', folderId: 'fd-pay', fromFolderId: 'fd-prod', toFolderId: 'fd-new' },
      {
        is: 'member-moved',
        accountId: '1000000000000013',
        fromFolderId: 'fd-sand',
        toFolderId: 'fd-new',
      },
      {
        is: 'folder-deleted',
        folder: { folderId: 'fd-sand', folderName: 'Sandbox', parentFolderId: 'r-root' },
      },
    ]);
  });

  test('come out in one order, however the provider listed members and folders', () => {
    const after = withMembers(
      COMPANY,
      member('1000000000000020', 'fd-pay'),
      member('1000000000000015', 'fd-pay'),
    );
    const reversed = { ...after, members: Object.fromEntries(Object.entries(after.members).toReversed()) };
    expect(differences(COMPANY, reversed)).toEqual(differences(COMPANY, after));
    expect(differences(COMPANY, after)[0]).toMatchObject({ member: { accountId: '1000000000000015' } });
  });

  test('empty the directory when the account is in none any more', () => {
    expect(differences(COMPANY, null).map((change) => change.is)).toEqual([
      'member-left',
      'member-left',
      'member-left',
      'folder-deleted',
      'folder-deleted',
      'folder-deleted',
      'folder-deleted',
    ]);
    expect(differences(COMPANY, null).at(-1)).toMatchObject({ folder: { folderId: 'r-root' } });
  });

  test('of two different directories are a leaving of one and a joining of the other', () => {
    const other = { ...COMPANY, directoryId: 'rd-other' };
    const changes = differences(COMPANY, other).filter((change) => change.is.startsWith('member'));
    expect(changes).toHaveLength(6);
    expect(changes[0]).toMatchObject({ is: 'member-left', directoryId: 'rd-company' });
    expect(changes[5]).toMatchObject({ is: 'member-joined', directoryId: 'rd-other' });
  });
});
