import type {
  GetResourceDirectoryResponseBody,
  ListAccountsRequest,
  ListAccountsResponseBodyAccountsAccount,
  ListFoldersForParentRequest,
  ListFoldersForParentResponseBody,
} from '@alicloud/resourcemanager20200331';
import type { Wire } from './wire';

/**
 * Resource Directory 2022-04-19 as far as it is called here. Its own package is not on the npm registry; its models are
 * those of Resource Manager 2020-03-31 with paging by token and a deletion status.
 */
export interface ResourceDirectoryMasterApi {
  GetResourceDirectory(request: Record<never, never>): Wire<GetResourceDirectoryResponseBody>;
  ListAccounts(
    request: Wire<ListAccountsRequest> & { MaxResults?: number; NextToken?: string | undefined },
  ): {
    NextToken?: string;
    Accounts: { Account: (Wire<ListAccountsResponseBodyAccountsAccount> & { DeletionStatus?: string })[] };
  };
  ListFoldersForParent(request: Wire<ListFoldersForParentRequest>): Wire<ListFoldersForParentResponseBody>;
}
