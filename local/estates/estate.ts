import type { World } from '../cloud/world';

/** An organisation to start from: a world, and what one must know to act in it. Plain JSON throughout. */
export interface Estate {
  name: string;
  world: World;
  /** The account that manages the directory, and in which sharekeeper's functions run. */
  managementAccountId: string;
  /** The role that Function Compute assumes in the management account. */
  functionRoleName: 'sharekeeper';
  /** The role in every member that the management account may assume. */
  memberRoleName: 'sharekeeper-member';
  /** Account ids outside the directory, on the same site, that resources may be shared with. */
  partners: string[];
  /** An account on the international site, with which nothing here can be shared. */
  internationalAccountId: string;
  /** The AccessKey of one RAM user in every account. */
  accessKeys: Record<string, AccessKey>;
}

export interface AccessKey {
  accessKeyId: string;
  accessKeySecret: string;
  userName: string;
}

export const FUNCTION_ROLE = 'sharekeeper';
export const MEMBER_ROLE = 'sharekeeper-member';
