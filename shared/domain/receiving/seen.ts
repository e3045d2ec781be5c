import type { Source } from './shared-from';

/** What an account sees of things that it may use, its own or received. */

export interface SeenSnapshot {
  kind: 'Snapshot';
  snapshotId: string;
  snapshotName: string;
  /** null = the account's own. */
  source: Source | null;
  status: string;
  /** Whether it can make a disk now. */
  available: boolean;
  category: string;
  encrypted: boolean;
  /** '' = not encrypted, or not told. */
  kmsKeyId: string;
  sizeGiB: number;
  creationMs: number;
  /** null = kept for ever. */
  retentionDays: number | null;
}

export interface SeenImage {
  kind: 'Image';
  imageId: string;
  imageName: string;
  ownerAccountId: string;
  received: boolean;
  status: string;
  encrypted: boolean;
  productCode: string;
  sizeGiB: number;
}

export interface SeenDeploymentSet {
  kind: 'DeploymentSet';
  deploymentSetId: string;
  deploymentSetName: string;
  /** '' = the provider did not tell. */
  ownerAccountId: string;
  strategy: string;
  /** Instances that still fit, by zone. The quota is common to the owner and all receivers. */
  room: { zoneId: string; available: number }[];
}

export interface SeenVSwitch {
  kind: 'VSwitch';
  vSwitchId: string;
  vSwitchName: string;
  vpcId: string;
  ownerAccountId: string;
  zoneId: string;
  cidrBlock: string;
  /** null = the provider did not tell. */
  addressesLeft: number | null;
}

export type Seen = SeenSnapshot | SeenImage | SeenDeploymentSet | SeenVSwitch;
