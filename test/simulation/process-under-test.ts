import type { SharingProvider } from '../../shared/flow/ports';
import type { Rows } from '../../shared/tablestore/rows';
import type { Death } from './steps';

/** Steps in before and after each call that a process makes, to the store or to the provider. */
export interface Interference {
  before(call: number): Promise<void>;
  after(call: number): Promise<void>;
}

export class Dead extends Error {}

/** A process that dies at its nth call: before it has an effect, or after it and before the answer. */
export function dying({ nth, when }: Death): Interference {
  return {
    before: async (call) => {
      if (call > nth || (call === nth && when === 'before')) throw new Dead('the process is dead');
    },
    after: async (call) => {
      if (call >= nth) throw new Dead('the process is dead');
    },
  };
}

/** A process that stands still before its nth call until it is let go on. */
export function stalling(nth: number): Interference & { reached: Promise<void>; goOn(): void } {
  let arrive = () => {};
  let goOn = () => {};
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (goOn = resolve));
  return {
    reached,
    goOn: () => goOn(),
    async before(call) {
      if (call !== nth) return;
      arrive();
      await released;
    },
    after: async () => {},
  };
}

/** Store and provider of one process, whose calls are counted together. */
export function interfered(interference: Interference) {
  let made = 0;
  const around =
    <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      made += 1;
      const number = made;
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
      apply: around((...given: Parameters<typeof provider.apply>) => provider.apply(...given)),
    }),
  };
}
