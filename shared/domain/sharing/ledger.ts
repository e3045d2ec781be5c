import type { Principal } from './principal';
import type { ResourceRef } from './resource';

/** What is wanted for one resource, by principal, and what was last seen of it at the provider. */
export interface Ledger {
  resource: ResourceRef;
  /** By principal id. Snapshots: at most 64 accounts; the same bound is kept for every type. */
  grants: Record<string, Grant>;
}

/** One pair (resource, principal). It is wanted while any of its windows is open. */
export interface Grant {
  principal: Principal;
  windows: Window[];
  sight: Sight;
}

export interface Window {
  requestId: string;
  startMs: number;
  /** null = open end. */
  endMs: number | null;
}

/** What the provider last showed of a grant. */
export type Sight =
  /** Not at the provider, and never was as far as we saw. */
  | { is: 'absent' }
  /** The provider is working on it; inside the directory that takes seconds. */
  | { is: 'arriving'; sinceMs: number; resourceShareId: string }
  /** An outside principal was invited and has until `deadlineMs` to answer. */
  | { is: 'invited'; sinceMs: number; deadlineMs: number; resourceShareId: string }
  | { is: 'granted'; sinceMs: number; via: Via }
  /** The provider said no, or the invitation was rejected or ran out. */
  | { is: 'failed'; sinceMs: number; reason: FailureReason; detail: string }
  /** Still there though no window is open: being removed. */
  | { is: 'leaving'; sinceMs: number; via: Via }
  /** Read back and found gone. */
  | { is: 'gone'; sinceMs: number };

export type Via = { by: 'resource-share'; resourceShareId: string } | { by: 'image-permission' };
export type FailureReason = 'refused' | 'invitation-unanswered' | 'invitation-ended' | 'provider-failed';

export const GRANTS_PER_LEDGER_MAX = 64;
