import type { SharingProvider } from '../../shared/flow/ports';
import type { Rows } from '../../shared/tablestore/rows';
import type { Death } from './steps';

/** Steps in before and after each call that a process makes, to the store or to the provider. */
export interface Interference {
  before(call: Numbered): Promise<void>;
  after(call: Numbered): Promise<void>;
}

/** How many calls, and how many writes to the provider, a process has made with this one. */
export interface Numbered {
  call: number;
  write: number;
}

export class Dead extends Error {}

/** A process that dies at its nth call: before it has an effect, or after it and before the answer. */
export function dying({ nth, of, when }: Death): Interference {
  let isDead = false;
  const dieAt = (is: Death['when'], made: Numbered) => {
    isDead ||= made[of] === nth && when === is;
    if (isDead) throw new Dead('the process is dead');
  };
  return {
    before: async (made) => dieAt('before', made),
    after: async (made) => dieAt('after', made),
  };
}

/** A process that stands still before its nth call, or write, until it is let go on. */
export function stalling({
  nth,
  of,
}: Omit<Death, 'when'>): Interference & { reached: Promise<void>; goOn(): void } {
  let arrive = () => {};
  let goOn = () => {};
  let hasStood = false;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (goOn = resolve));
  return {
    reached,
    goOn: () => goOn(),
    async before(made) {
      if (made[of] !== nth || hasStood) return;
      hasStood = true;
      arrive();
      await released;
    },
    after: async () => {},
  };
}

/** Store and provider of one process, whose calls are counted together. */
export function interfered(interference: Interference) {
  const made: Numbered = { call: 0, write: 0 };
  const around =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>, writes = 0) =>
    async (...args: Arguments): Promise<Result> => {
      made.call += 1;
      made.write += writes;
      const number = { call: made.call, write: writes === 0 ? 0 : made.write };
      await interference.before(number);
      const result = await call(...args);
      await interference.after(number);
      return result;
    };
  return {
    rows: (rows: Rows): Rows => ({
      get: around((...given: Parameters<typeof rows.get>) => rows.get(...given)),
      getMany: around((...given: Parameters<typeof rows.getMany>) => rows.getMany(...given)),
      put: around((...given: Parameters<typeof rows.put>) => rows.put(...given)),
      update: around((...given: Parameters<typeof rows.update>) => rows.update(...given)),
      remove: around((...given: Parameters<typeof rows.remove>) => rows.remove(...given)),
      range: around((...given: Parameters<typeof rows.range>) => rows.range(...given)),
    }),
    provider: (provider: SharingProvider): SharingProvider => ({
      observe: around((...given: Parameters<typeof provider.observe>) => provider.observe(...given)),
      apply: around((...given: Parameters<typeof provider.apply>) => provider.apply(...given), 1),
    }),
  };
}
