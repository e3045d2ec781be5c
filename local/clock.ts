/** What time it is, in epoch milliseconds. Every local server takes one, so that they all agree when it is wound. */
export interface Clock {
  nowMs(): number;
}

export interface WindableClock extends Clock {
  /** How far this clock is ahead of the machine's, in milliseconds. */
  readonly offsetMs: number;
  /** Moves the clock forward by `byMs`. Time that went backwards would break every signature, so it is refused. */
  wind(byMs: number): void;
  /** Calls `listener` after every wind; returns a function that stops it. */
  onWind(listener: (offsetMs: number) => void): () => void;
}

/** The one clock of a laptop: the machine's clock plus an offset that only grows. */
export function windableClock(startOffsetMs = 0, machineNowMs: () => number = Date.now): WindableClock {
  let offsetMs = startOffsetMs;
  const listeners = new Set<(offsetMs: number) => void>();
  return {
    nowMs: () => machineNowMs() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    wind(byMs) {
      if (!Number.isSafeInteger(byMs) || byMs < 0) {
        throw new RangeError(`The clock is wound forward by whole milliseconds, got ${byMs}`);
      }
      offsetMs += byMs;
      for (const listener of listeners) listener(offsetMs);
    },
    onWind(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
