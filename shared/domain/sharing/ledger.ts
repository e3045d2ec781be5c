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
export type FailureReason =
  /** The provider refused the call. */
  | 'refused'
  /** Seven days went by. */
  | 'invitation-unanswered'
  /** The invitation was rejected or cancelled; the owner's side does not show which. */
  | 'invitation-ended'
  /** An outside principal had access and gave it up. */
  | 'left'
  /** The association failed; `detail` holds the provider's reason. */
  | 'provider-failed';

export const GRANTS_PER_LEDGER_MAX = 64;

export function newLedger(resource: ResourceRef): Ledger {
  return { resource, grants: {} };
}

/** Whether any approved window of a grant is open at `atMs`. */
export function isWanted(grant: Grant, atMs: number): boolean {
  return grant.windows.some(({ startMs, endMs }) => startMs <= atMs && (endMs === null || atMs < endMs));
}

/** Adds a request's window to each principal's grant. Doing it twice is doing it once. */
export function withWindows(ledger: Ledger, principals: readonly Principal[], window: Window): Ledger {
  const grants = { ...ledger.grants };
  for (const principal of principals) {
    const grant = grants[principal.id] ?? { principal, windows: [], sight: { is: 'absent' } };
    const others = grant.windows.filter(({ requestId }) => requestId !== window.requestId);
    // A grant that failed before is asked for anew by a new request.
    const anew = others.length === grant.windows.length && grant.sight.is === 'failed';
    grants[principal.id] = {
      principal,
      windows: [...others, window],
      sight: anew ? { is: 'absent' } : grant.sight,
    };
  }
  return { ...ledger, grants };
}

/** Ends a request's windows at `atMs`; a window that has not begun is taken out. */
export function withoutRequest(ledger: Ledger, requestId: string, atMs: number): Ledger {
  const grants: Record<string, Grant> = {};
  for (const [id, grant] of Object.entries(ledger.grants)) {
    const windows = grant.windows.flatMap((window) => {
      if (window.requestId !== requestId) return [window];
      if (window.startMs >= atMs) return [];
      return [{ ...window, endMs: window.endMs === null ? atMs : Math.min(window.endMs, atMs) }];
    });
    grants[id] = { ...grant, windows };
  }
  return { ...ledger, grants };
}
