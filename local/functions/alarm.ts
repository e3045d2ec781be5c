import type { FunctionHostOptions } from './contract';

export type HostClock = FunctionHostOptions['clock'];

/** Node runs a longer timeout at once, so a far alarm is set in steps. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export interface Alarms {
  /** Runs `ring` once, when the clock shows `timeMs` or later; returns a function that takes the alarm back. */
  readonly at: (timeMs: number, ring: () => void) => () => void;
  /** Takes all alarms back. */
  readonly close: () => void;
}

/** Alarms by a clock that can be wound: winding it past an alarm rings it. */
export function alarmsOf(clock: HostClock): Alarms {
  const waiting = new Set<{ timeMs: number; ring: () => void }>();
  let timeout: NodeJS.Timeout | undefined;

  const look = () => {
    clearTimeout(timeout);
    const nowMs = clock.nowMs();
    const due = [...waiting].filter((alarm) => alarm.timeMs <= nowMs).toSorted((a, b) => a.timeMs - b.timeMs);
    for (const alarm of due) {
      if (waiting.delete(alarm)) alarm.ring();
    }
    let firstMs = Number.POSITIVE_INFINITY;
    for (const alarm of waiting) firstMs = Math.min(firstMs, alarm.timeMs);
    clearTimeout(timeout);
    if (waiting.size > 0) timeout = setTimeout(look, Math.min(firstMs - nowMs, LONGEST_TIMEOUT_MS));
  };
  const stopListening = clock.onWind(look);

  return {
    at(timeMs, ring) {
      const alarm = { timeMs, ring };
      waiting.add(alarm);
      clearTimeout(timeout);
      timeout = setTimeout(look, 0);
      return () => waiting.delete(alarm);
    },
    close() {
      stopListening();
      waiting.clear();
      clearTimeout(timeout);
    },
  };
}
