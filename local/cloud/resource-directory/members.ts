import { pageByToken } from '../paging';
import { type Action, type Call, ProviderRefusal } from '../product';
import { flagOf, numberOf, textOf } from '../read-parameters';
import { toMilliseconds } from '../times';
import type { Directory, Member, World } from '../world';
import { directoryReadBy, pathOf } from './directory';
import {
  isAskedByName,
  KEYWORD_FILTER,
  listedByNumber,
  NUMBERED_PAGING,
  parentFolderOf,
  TAG_FILTER,
} from './listing';
import type { ApiVersion } from './version';

const DEFAULT_MAX_RESULTS = 10;
const ACCOUNT_ID = /^\d{16}$/;

/**
 * Every member of the directory with its path, for its management account or a delegated administrator. The newer API
 * also pages by token, which it prefers when MaxResults is given.
 *
 * @throws ProviderRefusal 404 EntityNotExists.ResourceDirectory
 */
export function listAccounts(version: ApiVersion): Action {
  return {
    parameters: {
      ...NUMBERED_PAGING,
      ...TAG_FILTER,
      IncludeTags: { type: 'boolean' },
      ...(version === '2022-04-19'
        ? {
            ...KEYWORD_FILTER,
            MaxResults: { type: 'integer', minimum: 1, maximum: 100 },
            NextToken: { type: 'string' },
          }
        : {}),
    },
    ratePerSecond: 20,
    run(call) {
      const directory = directoryReadBy(call);
      const found = listedMembers(directory, call).filter(({ displayName }) =>
        isAskedByName(displayName, call),
      );
      const { page, fields } = paged(found, call);
      const account = page.map((member) => ({
        ...described(member, directory, call, version),
        ResourceDirectoryPath: `${pathOf(member.folderId, directory)}/${member.accountId}`,
      }));
      return { ...fields, Accounts: { Account: account } };
    },
  };
}

/**
 * The members directly in a folder; in the root folder when none is given.
 *
 * @throws ProviderRefusal 400 InvalidParameter.ParentFolderId, 404 EntityNotExists.Folder
 */
export function listAccountsForParent(version: ApiVersion): Action {
  return {
    parameters: {
      ParentFolderId: { type: 'string' },
      IncludeTags: { type: 'boolean' },
      ...NUMBERED_PAGING,
      ...TAG_FILTER,
      ...KEYWORD_FILTER,
    },
    ratePerSecond: 20,
    run(call) {
      const directory = directoryReadBy(call);
      const parentFolderId = parentFolderOf(call, directory);
      const found = listedMembers(directory, call)
        .filter(({ folderId }) => folderId === parentFolderId)
        .filter(({ displayName }) => isAskedByName(displayName, call));
      const { page, fields } = listedByNumber(found, call);
      return {
        ...fields,
        Accounts: { Account: page.map((member) => described(member, directory, call, version)) },
      };
    },
  };
}

/**
 * One member. Its Tags are a plain list here, unlike in the lists.
 *
 * @throws ProviderRefusal 400 InvalidParameter.AccountId, 404 EntityNotExists.Account
 */
export function getAccount(version: ApiVersion): Action {
  return {
    parameters: { AccountId: { type: 'string', required: true }, IncludeTags: { type: 'boolean' } },
    ratePerSecond: 20,
    run(call) {
      const directory = directoryReadBy(call);
      const accountId = textOf(call, 'AccountId') ?? '';
      if (!ACCOUNT_ID.test(accountId)) {
        throw new ProviderRefusal(400, 'InvalidParameter.AccountId', 'The AccountId is invalid.');
      }
      const member = listedMembers(directory, call).find((one) => one.accountId === accountId);
      if (member === undefined) {
        throw new ProviderRefusal(
          404,
          'EntityNotExists.Account',
          'This resource directory account does not exist.',
        );
      }
      return {
        Account: {
          ...identity(member, directory),
          AccountName: accountName(member),
          IdentityInformation: '',
          EmailStatus: '',
          Location: pathOf(member.folderId, directory),
          ResourceDirectoryPath: `${pathOf(member.folderId, directory)}/${accountId}`,
          ...(version === '2022-04-19' ? { HasSecureMobilePhone: false, SecureMobilePhone: '' } : {}),
          ...(flagOf(call, 'IncludeTags') === true ? { Tags: [] } : {}),
        },
      };
    },
  };
}

/** The members in the order of joining, with the management account among them if that switch says so. */
function listedMembers(directory: Directory, call: Call): Member[] {
  const members = Object.values(directory.members);
  const all =
    call.switchAt('list-management-account') === 'yes'
      ? [...members, managementAsMember(directory, call.world)]
      : members;
  return all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function managementAsMember(directory: Directory, world: World): Member {
  return {
    accountId: directory.managementAccountId,
    displayName: world.accounts[directory.managementAccountId]?.displayName ?? '',
    folderId: directory.rootFolderId,
    type: 'CloudAccount',
    joinMethod: 'invited',
    joinMs: directory.createMs,
    modifyMs: directory.createMs,
    status: 'InviteSuccess',
    deletionStatus: '',
  };
}

function keyOf(member: Member): string {
  return `${String(member.joinMs).padStart(16, '0')}:${member.accountId}`;
}

function paged(found: readonly Member[], call: Call): { page: Member[]; fields: Record<string, unknown> } {
  const maxResults = numberOf(call, 'MaxResults');
  const token = textOf(call, 'NextToken');
  if (maxResults === undefined && token === undefined) return listedByNumber(found, call);
  const { page, nextToken } = pageByToken(found, keyOf, token, maxResults ?? DEFAULT_MAX_RESULTS);
  const noMore = call.switchAt('last-page-token') === 'empty' ? { NextToken: '' } : {};
  return {
    page,
    fields: { ...(nextToken === undefined ? noMore : { NextToken: nextToken }), TotalCount: found.length },
  };
}

function described(
  member: Member,
  directory: Directory,
  call: Call,
  version: ApiVersion,
): Record<string, unknown> {
  return {
    ...identity(member, directory),
    ...(version === '2022-04-19'
      ? { AccountName: accountName(member), DeletionStatus: member.deletionStatus }
      : {}),
    ...(flagOf(call, 'IncludeTags') === true ? { Tags: { Tag: [] } } : {}),
  };
}

function identity(member: Member, directory: Directory): Record<string, unknown> {
  return {
    AccountId: member.accountId,
    DisplayName: member.displayName,
    Type: member.type,
    Status: member.status,
    JoinMethod: member.joinMethod,
    JoinTime: toMilliseconds(member.joinMs),
    ModifyTime: toMilliseconds(member.modifyMs),
    FolderId: member.folderId,
    ResourceDirectoryId: directory.resourceDirectoryId,
  };
}

function accountName(member: Member): string {
  return `${member.displayName.toLowerCase().replaceAll(/[^\da-z]+/g, '-')}@example.com`;
}
