import type { ResourceType } from './resource-types';

export type { ResourceType };

/** A resource that can be shared, wherever it is. */
export interface ResourceRef {
  /** The account that owns it: 16 digits. */
  ownerAccountId: string;
  regionId: string;
  resourceType: ResourceType;
  resourceId: string;
}

/** Where resource shares are made: one owner account in one region. */
export interface Place {
  ownerAccountId: string;
  regionId: string;
}

/** The one spelling of a resource as a key: the ledger's id, and the name of its event stream. */
export function resourceKey(resource: ResourceRef): string {
  return `${resource.ownerAccountId}/${resource.regionId}/${resource.resourceType}/${resource.resourceId}`;
}

export function placeKey(place: Place): string {
  return `${place.ownerAccountId}/${place.regionId}`;
}
