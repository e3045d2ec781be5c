/** Counts calls for each account, region and API, as the provider does (RAM users and roles count to their account). */
export interface RateLimits {
  /** Milliseconds to wait when the call is one too many; undefined when it may pass. */
  admit(key: string, perSecond: number, nowMs: number): number | undefined;
}

const WINDOW_MS = 1_000;

/** A sliding window of one second. Refused calls do not count. */
export function rateLimits(): RateLimits {
  const admittedMs = new Map<string, number[]>();
  return {
    admit(key, perSecond, nowMs) {
      const recent = (admittedMs.get(key) ?? []).filter((ms) => nowMs - ms < WINDOW_MS);
      admittedMs.set(key, recent);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= perSecond) return Math.ceil(oldest + WINDOW_MS - nowMs);
      recent.push(nowMs);
      return undefined;
    },
  };
}
