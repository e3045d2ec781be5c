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
  /** Not at the provider yet; what its records show from before `sinceMs` is history. */
  | { is: 'absent'; sinceMs: number }
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
  return grant.windows.some((window) => isOpen(window, atMs));
}

export function isOpen({ startMs, endMs }: Window, atMs: number): boolean {
  return startMs <= atMs && (endMs === null || atMs < endMs);
}

/**
 * Adds a request's window to each principal's grant. A window that is there already stays as it is: it can only have
 * been narrowed since, and an approval that arrives late must not open again what was revoked.
 */
export function withWindow(
  ledger: Ledger,
  principals: readonly Principal[],
  window: Window,
  nowMs: number,
): Ledger {
  return withEachGrant(ledger, principals, nowMs, (grant) => {
    if (grant.windows.some(({ requestId }) => requestId === window.requestId)) return grant;
    return {
      ...grant,
      windows: [...grant.windows, window],
      // A grant that failed before is asked for anew by a new request.
      sight: grant.sight.is === 'failed' ? { is: 'absent', sinceMs: nowMs } : grant.sight,
    };
  });
}

/** Ends a request's window at `atMs`, or leaves an empty one where the approval has not arrived yet. */
export function withWindowEnded(
  ledger: Ledger,
  principals: readonly Principal[],
  window: Window,
  atMs: number,
): Ledger {
  const endMs = Math.max(window.startMs, Math.min(window.endMs ?? atMs, atMs));
  const ended = { ...window, endMs };
  return withEachGrant(ledger, principals, atMs, (grant) => {
    const at = grant.windows.findIndex(({ requestId }) => requestId === window.requestId);
    return { ...grant, windows: at < 0 ? [...grant.windows, ended] : grant.windows.with(at, ended) };
  });
}

function withEachGrant(
  ledger: Ledger,
  principals: readonly Principal[],
  nowMs: number,
  change: (grant: Grant) => Grant,
): Ledger {
  const grants = { ...ledger.grants };
  for (const principal of principals) {
    const grant = grants[principal.id] ?? { principal, windows: [], sight: { is: 'absent', sinceMs: nowMs } };
    grants[principal.id] = change(grant);
  }
  return { ...ledger, grants };
}
