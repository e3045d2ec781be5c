/**
 * Everything the local cloud knows, as plain JSON: an estate is one of these, saving is JSON.stringify.
 * Names are the provider's own. Times are epoch milliseconds named `…Ms`.
 */
export interface World {
  accounts: Record<string, Account>;
  /** The resource directory, or null when no account is in one. A second directory may exist, to be refused. */
  directories: Directory[];
  /** By region id, then by resource id. */
  regions: Record<string, Region>;
  /** Resource shares by id. */
  shares: Record<string, ResourceShare>;
  /** Invitations by id. */
  invitations: Record<string, Invitation>;
  /** Account ids of management accounts that enabled sharing within their directory. */
  sharingEnabledBy: string[];
  /** What the documents leave open: the switch's name and the position that it is in (see switches.ts). */
  switches: Record<string, string>;
  /** Counts up with every id that the world hands out, so that a seeded world is the same each time. */
  nextId: number;
  /** What the secrets of temporary credentials are derived from; startCloud makes one up when it is missing. */
  secret?: string;
  /** What was answered to a ClientToken: the same token again gets the same answer and does nothing. */
  clientTokens?: Record<string, AnsweredToken>;
}

export interface AnsweredToken {
  /** A digest of the parameters that came with it. */
  asked: string;
  answer: Record<string, unknown>;
}

export interface Account {
  accountId: string;
  displayName: string;
  /** China and international accounts cannot share with each other. */
  site: 'china' | 'international';
  /** Long-lived keys of the account's RAM users (or of the account itself), by AccessKey id. */
  accessKeys: Record<string, { secret: string; userName: string | null }>;
  /**
   * RAM roles by name; `trusts` holds who may assume it: account ids, services (`fc.aliyuncs.com`), and services acting
   * for one account (`<account id>@ecs.aliyuncs.com`).
   */
  roles: Record<string, { trusts: string[]; maxSessionSeconds: number }>;
  quotas: AccountQuotas;
}

/** Resource Sharing and ECS limits that differ from account to account. */
export interface AccountQuotas {
  shares: number;
  sharedResources: number;
  pendingInvitations: number;
  sharedSnapshots: number;
  accountsPerSnapshot: number;
  accountsPerImage: number;
}

export interface Directory {
  resourceDirectoryId: string;
  rootFolderId: string;
  managementAccountId: string;
  delegatedAdministrators: string[];
  createMs: number;
  folders: Record<
    string,
    { folderId: string; parentFolderId: string | null; folderName: string; createMs: number }
  >;
  members: Record<string, Member>;
}

export interface Member {
  accountId: string;
  displayName: string;
  folderId: string;
  type: 'CloudAccount' | 'ResourceAccount';
  joinMethod: 'invited' | 'created';
  joinMs: number;
  modifyMs: number;
  status: 'CreateSuccess' | 'InviteSuccess' | 'PromoteSuccess';
  deletionStatus: '' | 'Checking' | 'Deleting' | 'CheckFailed' | 'DeleteFailed';
}

export interface Region {
  snapshots: Record<string, Snapshot>;
  images: Record<string, Image>;
  deploymentSets: Record<string, DeploymentSet>;
  vSwitches: Record<string, VSwitch>;
  disks: Record<string, Disk>;
  /** What is known of instances beyond where deployment sets place them. */
  instances: Record<string, Instance>;
  /** What may be shared and has no actions of its own here: prefix lists, templates, reservations, pools … By id. */
  otherResources: Record<string, OtherResource>;
  /** Customer master keys by id. The region's service key needs no entry: each account has one (see kms/keys.ts). */
  keys: Record<string, Key>;
}

export interface Snapshot {
  snapshotId: string;
  snapshotName: string;
  ownerId: string;
  creationMs: number;
  /** null = kept for ever. */
  retentionDays: number | null;
  status: 'progressing' | 'accomplished' | 'failed';
  /** When a snapshot that is being made or copied will be accomplished. */
  readyMs?: number;
  /** What it is a copy of, by the id that its owner knew it by. */
  copiedFrom?: { snapshotId: string; regionId: string };
  category: 'standard' | 'archive';
  encrypted: boolean;
  /** '' = not encrypted; otherwise a customer master key or the region's service key. */
  kmsKeyId: string;
  sourceDiskId: string;
  sourceDiskSizeGiB: number;
  sourceDiskType: 'system' | 'data';
  fullSizeBytes: number;
  /** What this snapshot alone adds to its chain; the chain's billed size is the sum over its snapshots. */
  incrementBytes: number;
  snapshotLinkId: string;
  /** Made from an image that was imported: cannot be shared. */
  ofImportedImage: boolean;
  /** The Marketplace product it inherited, or ''. */
  productCode: string;
  locked: boolean;
  tags: Record<string, string>;
}

export interface Disk {
  diskId: string;
  diskName: string;
  ownerId: string;
  creationMs: number;
  zoneId: string;
  type: 'system' | 'data';
  category: string;
  sizeGiB: number;
  encrypted: boolean;
  kmsKeyId: string;
  /** By the id that its owner knows or knew it by, also when it is gone; '' = none. */
  sourceSnapshotId: string;
  imageId: string;
  /** '' = attached to none. */
  instanceId: string;
  tags: Record<string, string>;
}

/** An instance that somebody ran. It is in a deployment set when the set says so. */
export interface Instance {
  instanceId: string;
  instanceName: string;
  ownerId: string;
  creationMs: number;
  zoneId: string;
  instanceType: string;
  imageId: string;
  vSwitchId: string;
  tags: Record<string, string>;
}

export interface Image {
  imageId: string;
  imageName: string;
  ownerId: string;
  creationMs: number;
  status: 'Available' | 'Creating' | 'Waiting' | 'CreateFailed';
  sizeGiB: number;
  osType: 'linux' | 'windows';
  productCode: string;
  encrypted: boolean;
  kmsKeyId: string;
  snapshotIds: string[];
  imported: boolean;
  isPublic: boolean;
  /** Accounts that ModifyImageSharePermission let in, with the time. */
  sharedWith: Record<string, { sharedMs: number }>;
  tags: Record<string, string>;
}

export interface DeploymentSet {
  deploymentSetId: string;
  deploymentSetName: string;
  ownerId: string;
  creationMs: number;
  strategy: 'Availability' | 'AvailabilityGroup' | 'LowLatency';
  zoneId: string;
  capacity: number;
  /** Every instance placed in it, the owner's and the receivers'. */
  instances: { instanceId: string; ownerId: string }[];
}

export interface VSwitch {
  vSwitchId: string;
  vSwitchName: string;
  vpcId: string;
  ownerId: string;
  zoneId: string;
  cidrBlock: string;
  creationMs: number;
}

/** A resource of which this cloud knows no more than sharing needs. */
export interface OtherResource {
  resourceId: string;
  resourceType: string;
  ownerId: string;
  arn: string;
}

/** A customer master key. */
export interface Key {
  keyId: string;
  ownerId: string;
  /** Without the `alias/` that each begins with. */
  aliases: string[];
  creationMs: number;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
}

export interface ResourceShare {
  resourceShareId: string;
  resourceShareName: string;
  ownerId: string;
  regionId: string;
  allowExternalTargets: boolean;
  createMs: number;
  updateMs: number;
  /** Set when DeleteResourceShare was accepted; the share is Deleting, then Deleted, then purged. */
  deleteMs: number | null;
  resourceGroupId: string;
  tags: Record<string, string>;
  permissionNames: string[];
  associations: Association[];
}

/** One association, past or present. What its status is now follows from these facts and the clock. */
export interface Association {
  associationType: 'Resource' | 'Target';
  /** The resource's id, or the principal's (account, folder, or directory id). */
  entityId: string;
  /** The resource type, or the kind of principal. */
  entityType: string;
  external: boolean;
  createMs: number;
  updateMs: number;
  status: 'Associating' | 'Associated' | 'Failed' | 'Disassociating' | 'Disassociated';
  /** When an asynchronous step now under way is done; null when none is (an outside principal may never answer). */
  settleMs: number | null;
  failureReason: string;
  /** What ResourceProperties said about a resource, as JSON text. */
  property?: string;
  /** Taken out before it was ever associated: nobody had access through it. */
  withdrawn?: true;
}

export interface Invitation {
  resourceShareInvitationId: string;
  resourceShareId: string;
  senderId: string;
  receiverId: string;
  createMs: number;
  status: 'Pending' | 'Accepted' | 'Cancelled' | 'Rejected' | 'Expired' | 'AcceptFailed';
  endedMs: number | null;
}
