import type { EventType } from './catalogue';

/** Where events are sent. */
export interface WebhookEndpoint {
  endpointId: string;
  url: string;
  description: string;
  /** `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks). Never shown again after it was made. */
  secret: string;
  createdMs: number;
  enabled: boolean;
  /** Event types that are wanted; empty = all. */
  types: EventType[];
}

export function wants(endpoint: WebhookEndpoint, type: EventType): boolean {
  return endpoint.enabled && (endpoint.types.length === 0 || endpoint.types.includes(type));
}
