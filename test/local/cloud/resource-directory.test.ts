import { beforeEach, describe, expect, test } from 'vitest';
import { resourceDirectoryMaster, resourceManager } from '../../../local/cloud/resource-directory/product';
import { northwind } from '../../../local/estates/northwind';
import type { Estate } from '../../../local/estates/estate';
import { TINY, tiny } from '../../../local/estates/tiny';
import { ask, refusalOf } from '../../kit/ask';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');
const BOTH = [resourceDirectoryMaster, resourceManager];
let estate: Estate;

beforeEach(() => {
  estate = tiny(NOW_MS);
});

function question(
  action: string,
  parameters: Record<string, string> = {},
  by: string = estate.managementAccountId,
  product = resourceDirectoryMaster,
) {
  return { world: estate.world, product, action, by, regionId: 'central', nowMs: NOW_MS, parameters };
}

interface AccountsAnswer {
  Accounts: { Account: Record<string, unknown>[] };
  NextToken?: string;
  TotalCount: number;
}

function accounts(
  action: string,
  parameters: Record<string, string> = {},
  product = resourceDirectoryMaster,
) {
  return ask(question(action, parameters, estate.managementAccountId, product)) as unknown as AccountsAnswer;
}

describe('who may ask', () => {
  test('management account and members learn which directory they are in, others that they are in none', () => {
    const directory = {
      ResourceDirectoryId: 'rd-tiny01',
      RootFolderId: 'r-tiny01',
      MasterAccountId: TINY.management,
    };
    for (const product of BOTH) {
      for (const by of [TINY.management, TINY.producer]) {
        expect(ask(question('GetResourceDirectory', {}, by, product))).toMatchObject({
          ResourceDirectory: directory,
        });
      }
      expect(refusalOf(question('GetResourceDirectory', {}, TINY.partner, product))).toBe(
        '404 ResourceDirectoryNotInUse',
      );
    }
  });

  test('everything else is for the management account and delegated administrators', () => {
    expect(refusalOf(question('ListAccounts', {}, TINY.partner))).toBe(
      '404 EntityNotExists.ResourceDirectory',
    );
    expect(refusalOf(question('ListAccounts', {}, TINY.producer))).toBe('403 NoPermission');
    estate.world.directories[0]?.delegatedAdministrators.push(TINY.producer);
    expect(refusalOf(question('ListAccounts', {}, TINY.producer))).toBe('answered');
    expect(accounts('ListDelegatedAdministrators').Accounts.Account).toMatchObject([
      { AccountId: TINY.producer, ServicePrincipal: 'resourcesharing.aliyuncs.com' },
    ]);
  });
});

describe('ListAccounts', () => {
  test('tells each member with its place, in fields that the older API has only some of', () => {
    const member = {
      AccountId: TINY.producer,
      DisplayName: 'Producer',
      Type: 'ResourceAccount',
      Status: 'CreateSuccess',
      JoinMethod: 'created',
      FolderId: TINY.productionFolder,
      ResourceDirectoryPath: `rd-tiny01/r-tiny01/fd-tinyprod01/${TINY.producer}`,
    };
    expect(accounts('ListAccounts').Accounts.Account[0]).toMatchObject({ ...member, DeletionStatus: '' });
    const older = accounts('ListAccounts', {}, resourceManager).Accounts.Account[0];
    expect(older).toMatchObject(member);
    expect(older).not.toHaveProperty('DeletionStatus');
  });

  test.each([
    ['no', [TINY.producer, TINY.consumer]],
    ['yes', [TINY.management, TINY.producer, TINY.consumer]],
  ])('has the management account in the list as the switch has it: %s', (position, ids) => {
    estate.world.switches['list-management-account'] = position;
    expect(accounts('ListAccounts').Accounts.Account.map(({ AccountId }) => AccountId)).toEqual(ids);
  });

  test('pages by number and by token over the same 40 members', () => {
    estate = northwind(5, NOW_MS);
    const byNumber = [1, 2, 3, 4, 5].flatMap(
      (page) => accounts('ListAccounts', { PageNumber: String(page), PageSize: '9' }).Accounts.Account,
    );
    const byToken: unknown[] = [];
    let token: string | undefined;
    do {
      const page = accounts('ListAccounts', { MaxResults: '9', ...(token ? { NextToken: token } : {}) });
      byToken.push(...page.Accounts.Account);
      token = page.NextToken;
    } while (token !== undefined);
    expect(byNumber).toHaveLength(40);
    expect(byToken).toEqual(byNumber);
    expect(accounts('ListAccounts', { MaxResults: '9' }, resourceManager).NextToken).toBeUndefined();
  });

  test('finds members by a part of their name', () => {
    estate = northwind(5, NOW_MS);
    expect(accounts('ListAccounts', { QueryKeyword: 'sandbox' }).TotalCount).toBe(6);
  });
});

describe('folders', () => {
  beforeEach(() => {
    estate = northwind(5, NOW_MS);
  });

  const folderNamed = (name: string) =>
    Object.values(estate.world.directories[0]?.folders ?? {}).find(({ folderName }) => folderName === name)
      ?.folderId ?? '';

  const namesOf = (answer: Record<string, unknown>) =>
    (answer as { Folders: { Folder: { FolderName: string }[] } }).Folders.Folder.map(
      ({ FolderName }) => FolderName,
    );

  test('are listed one level at a time, from the root when no parent is given', () => {
    for (const product of BOTH) {
      const top = ask(question('ListFoldersForParent', {}, estate.managementAccountId, product));
      expect(namesOf(top)).toEqual(['platform', 'business', 'sandbox', 'acquired', 'suspended']);
    }
    expect(
      namesOf(ask(question('ListFoldersForParent', { ParentFolderId: folderNamed('business') }))),
    ).toEqual(['retail', 'logistics', 'finance']);
  });

  test('tell their ancestors from the root down, and their path', () => {
    const ancestors = ask(question('ListAncestors', { ChildId: folderNamed('cold-chain') }));
    expect(namesOf(ancestors)).toEqual(['root', 'business', 'logistics', 'production']);
    expect(ask(question('GetFolder', { FolderId: folderNamed('business') }))).toMatchObject({
      Folder: {
        FolderName: 'business',
        ResourceDirectoryPath: expect.stringMatching(/^rd-\w{6}\/r-\w{6}\/fd-\w{10}$/),
      },
    });
  });

  test('tell the members directly in them, without their path', () => {
    const inSandbox = accounts('ListAccountsForParent', { ParentFolderId: folderNamed('sandbox') });
    expect(inSandbox.TotalCount).toBe(6);
    expect(inSandbox.Accounts.Account[0]).not.toHaveProperty('ResourceDirectoryPath');
    expect(accounts('ListAccountsForParent').Accounts.Account).toMatchObject([
      { DisplayName: 'Legacy Mainframe' },
    ]);
  });

  test.each([
    ['ListFoldersForParent', { ParentFolderId: 'x-1' }, '400 InvalidParameter.ParentFolderId'],
    ['ListAccountsForParent', { ParentFolderId: 'fd-nothere000' }, '404 EntityNotExists.Folder'],
    ['ListAncestors', { ChildId: 'fd-nothere000' }, '404 EntityNotExists.Folder'],
    ['ListAncestors', {}, '400 MissingParameter.ChildId'],
    ['GetFolder', { FolderId: 'here' }, '400 InvalidParameter.FolderId'],
    ['GetAccount', { AccountId: '42' }, '400 InvalidParameter.AccountId'],
    ['GetAccount', { AccountId: '9999999999999999' }, '404 EntityNotExists.Account'],
    ['ListAccounts', { PageSize: '101' }, '400 InvalidParameter.PageSize'],
  ])('%s of %j is refused with the code of the provider', (action, parameters, refusal) => {
    expect(refusalOf(question(action, parameters))).toBe(refusal);
  });
});

describe('GetAccount and ListTrustedServiceStatus', () => {
  test('tell one member with flat tags, and that sharing with the directory is on', () => {
    expect(ask(question('GetAccount', { AccountId: TINY.consumer, IncludeTags: 'true' }))).toMatchObject({
      Account: {
        AccountId: TINY.consumer,
        ResourceDirectoryPath: `rd-tiny01/r-tiny01/fd-tinydev001/${TINY.consumer}`,
        Tags: [],
      },
    });
    expect(ask(question('ListTrustedServiceStatus'))).toMatchObject({
      EnabledServicePrincipals: {
        EnabledServicePrincipal: [{ ServicePrincipal: 'resourcesharing.aliyuncs.com' }],
      },
    });
  });
});
