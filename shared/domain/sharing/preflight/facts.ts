import type { Directory } from '../../directory/directory';
import type { Grant } from '../ledger';
import type { ObservedShare } from '../observation';
import type { Principal } from '../principal';
import type { ResourceRef } from '../resource';
import type { WireType } from '../resource-types';
import type { PreflightSettings } from './settings';

/** Something that was read, or why it could not be. */
export type Known<Value> = { is: 'known'; value: Value } | { is: 'unknown'; why: string };

/** Everything that a rule may look at: one resource, one principal, the place, and what else is asked for with them. */
export interface Facts {
  nowMs: number;
  resource: ResourceRef;
  principal: Principal;
  /** All that is asked for together. */
  wish: {
    resources: readonly ResourceRef[];
    principals: readonly Principal[];
    startMs: number | null;
    endMs: number | null;
  };
  settings: PreflightSettings;
  /** How the resource's type goes over the wire here, and which types the provider says it takes. */
  wireType: WireType;
  offeredTypes: Known<readonly OfferedType[]>;
  /** The resource as its owner account shows it in the region; null = it shows none under this id. */
  item: Known<Item | null>;
  /** Other managed regions of the account that hold it. Looked for only where it is missing. */
  elsewhere: Known<readonly string[]>;
  /** Keys that the resource is encrypted with; none = it is not encrypted. */
  keys: Known<readonly Key[]>;
  /** The role that lets receivers use the owner's keys for such a resource. Read only where a key of the owner's is used. */
  keyRole: Known<KeyRole | null>;
  /** Every share of the owner account in the region, made by hand or not. */
  shares: Known<readonly ObservedShare[]>;
  /** The image's own list of accounts; empty for other types. */
  imageAccounts: Known<readonly string[]>;
  directory: Known<Directory | null>;
  /** Whether the accounts of the directory may share with each other. */
  directorySharing: Known<boolean>;
  /** China or international, as seen from the owner account. No API tells it of a foreign account. */
  site: Known<'same' | 'other'>;
  /** The pair as our own ledger has it; null = never asked for. */
  grant: Grant | null;
}

export interface OfferedType {
  resourceType: string;
  permissionName: string;
}

export type Item = SnapshotItem | ImageItem | OtherItem;

interface AnyItem {
  /** Somebody else owns it and shares it with the account. */
  received: boolean;
}

export interface SnapshotItem extends AnyItem {
  is: 'snapshot';
  status: string;
  category: string;
  creationMs: number;
  /** null = kept for ever. */
  retentionDays: number | null;
  /** The Marketplace product that it inherited, or ''. */
  productCode: string;
  encrypted: boolean;
  keyIds: readonly string[];
  /** Made from an image that was imported. Whether it was cannot be told any more once that image is deleted. */
  ofImportedImage: boolean;
}

export interface ImageItem extends AnyItem {
  is: 'image';
  status: string;
  productCode: string;
  isPublic: boolean;
  encrypted: boolean;
  /** Keys of the snapshots behind it. */
  keyIds: readonly string[];
  snapshotCount: number;
}

export interface OtherItem extends AnyItem {
  is: 'other';
}

export interface Key {
  keyId: string;
  /** 'service' = made by ECS, and nobody else can be let in to it. */
  managedBy: 'service' | 'customer';
  /** `Enabled`, or why it is not. */
  state: string;
}

export interface KeyRole {
  /** Services that may take on the role: `<account>@ecs.aliyuncs.com`, `<directory>@ecs.aliyuncs.com`, `ecs.aliyuncs.com`. */
  trustedServices: readonly string[];
}

export function known<Value>(value: Value): { is: 'known'; value: Value } {
  return { is: 'known', value };
}

export function unknown(why: string): { is: 'unknown'; why: string } {
  return { is: 'unknown', why };
}
