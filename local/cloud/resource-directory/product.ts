import type { Action, Product } from '../product';
import { getFolder, listAncestors, listFoldersForParent } from './folders';
import { getResourceDirectory } from './get-resource-directory';
import { getAccount, listAccounts, listAccountsForParent } from './members';
import { listDelegatedAdministrators, listTrustedServiceStatus } from './services';
import type { ApiVersion } from './version';

/** The newer Resource Directory API. */
export const resourceDirectoryMaster: Product = {
  name: 'ResourceDirectoryMaster',
  version: '2022-04-19',
  actions: actionsOf('2022-04-19'),
};

/** The older API over the same data: fewer fields, and no paging by token. */
export const resourceManager: Product = {
  name: 'ResourceManager',
  version: '2020-03-31',
  actions: actionsOf('2020-03-31'),
};

function actionsOf(version: ApiVersion): Record<string, Action> {
  return {
    GetAccount: getAccount(version),
    GetFolder: getFolder,
    GetResourceDirectory: getResourceDirectory(version),
    ListAccounts: listAccounts(version),
    ListAccountsForParent: listAccountsForParent(version),
    ListAncestors: listAncestors,
    ListDelegatedAdministrators: listDelegatedAdministrators,
    ListFoldersForParent: listFoldersForParent(version),
    ListTrustedServiceStatus: listTrustedServiceStatus,
  };
}
