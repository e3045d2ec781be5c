export const DAY_MS = 24 * 3_600_000;

export interface Retained {
  creationMs: number;
  /** null = kept for ever. */
  retentionDays: number | null;
}

/**
 * When the retention of a snapshot ends, or null for one that is kept for ever.
 * ECS counts RetentionDays from CreationTime in whole 24 hours, whatever the time zone (ModifySnapshotAttribute).
 */
export function expiryMsOf({ creationMs, retentionDays }: Retained): number | null {
  return retentionDays === null ? null : creationMs + retentionDays * DAY_MS;
}

/** From the very millisecond of its expiry a snapshot is expired. */
export function hasExpired(snapshot: Retained, nowMs: number): boolean {
  const expiryMs = expiryMsOf(snapshot);
  return expiryMs !== null && nowMs >= expiryMs;
}
