import type { Place } from './resource';

/** What the provider showed of one place at one time, complete: a page that is missing makes no observation at all. */
export interface Observation {
  place: Place;
  seenMs: number;
  shares: ObservedShare[];
  /** Accounts that ModifyImageSharePermission has let in, for each image that was asked about. */
  imagePermissions: Record<string, string[]>;
}

export interface ObservedShare {
  resourceShareId: string;
  resourceShareName: string;
  status: 'Active' | 'Pending' | 'Deleting' | 'Deleted';
  allowExternalTargets: boolean;
  resources: ObservedAssociation[];
  principals: ObservedAssociation[];
}

/** Resource Sharing shows associations of the past too, for 48 to 96 hours. */
export interface ObservedAssociation {
  /** The resource's id, or the principal's. */
  entityId: string;
  /** The resource type; for principals whatever the provider calls them. */
  entityType: string;
  status: 'Associating' | 'Associated' | 'Failed' | 'Disassociating' | 'Disassociated';
  failureReason: string;
  createMs: number;
  updateMs: number;
  external: boolean;
}
