import type { Clock } from '../clock';
import { lastTimeKey } from './keyspace';
import { keyText, type Store } from './store';

const SAVE_EVERY_MS = 1000;

/**
 * The server's own time. A cell written with an earlier time than the one it replaces would be an older version and stay
 * hidden, so when the clock is behind the data (a wound clock that was not kept between starts) the data's time is taken.
 */
export function serverTime(store: Store, clock: Clock, log: (line: string) => void) {
  let lastMs = store.get(lastTimeKey)?.readDoubleBE(0) ?? 0;
  let savedMs = lastMs;
  const behindMs = lastMs - clock.nowMs();
  if (behindMs > SAVE_EVERY_MS) {
    log(
      `the clock is ${Math.round(behindMs / 1000)} s behind the data; new cells get the data's time until it catches up`,
    );
  }
  const nowMs = (): number => (lastMs = Math.max(lastMs, clock.nowMs()));
  return {
    nowMs,
    writeMs: (): number => {
      const now = nowMs();
      if (now - savedMs >= SAVE_EVERY_MS) {
        savedMs = now;
        const bytes = Buffer.alloc(8);
        bytes.writeDoubleBE(now);
        store.commit(new Map([[keyText(lastTimeKey), bytes]]));
      }
      return now;
    },
  };
}
