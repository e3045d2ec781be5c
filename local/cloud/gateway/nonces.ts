/** Remembers the nonces of the last while, so that a signed request cannot be sent a second time. */
export interface Nonces {
  /** True the first time an account's key brings this nonce, false when it was used already. */
  use(accessKeyId: string, nonce: string, nowMs: number): boolean;
}

/** @param keepMs at least twice the clock skew that is allowed, or a nonce could be replayed just inside of it. */
export function nonceMemory(keepMs: number): Nonces {
  const usedMs = new Map<string, number>();
  return {
    use(accessKeyId, nonce, nowMs) {
      for (const [key, ms] of usedMs) {
        if (nowMs - ms <= keepMs) break;
        usedMs.delete(key);
      }
      const key = `${accessKeyId} ${nonce}`;
      if (usedMs.has(key)) return false;
      usedMs.set(key, nowMs);
      return true;
    },
  };
}
