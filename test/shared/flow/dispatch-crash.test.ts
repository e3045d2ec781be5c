import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { windableClock } from '../../../local/clock';
import { startReceiver, type Receiver } from '../../../local/people/receiver';
import { deliver } from '../../../shared/flow/deliver';
import type { Outgoing } from '../../../shared/flow/ports';
import { relay } from '../../../shared/flow/relay';
import { guardedPost } from '../../../shared/outgoing/guarded-post';
import type { Rows } from '../../../shared/tablestore/rows';
import {
  addQuietEndpoint,
  happen,
  keptNumbers,
  PLENTY,
  portsOver,
  SECRET,
  startStore,
  type Store,
} from './dispatch-kit';

const clock = windableClock();
const FIVE_MINUTES_MS = 300_000;
let store: Store;
let receiver: Receiver;
beforeAll(async () => {
  store = await startStore();
  receiver = await startReceiver({ port: 0, clock });
  receiver.setSecret(SECRET);
});
afterAll(async () => {
  await receiver.close();
  await store.close();
});

/** A process that dies right after call number `last` took effect: that call and every later one throw. */
function mortal(rows: Rows, outgoing: Outgoing, last: number) {
  let calls = 0;
  const dying = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name): unknown => {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== 'function') throw new TypeError(`${String(name)} is no call`);
        return async (...input: unknown[]): Promise<unknown> => {
          calls += 1;
          if (calls > last) throw new Error('dead');
          const dead = calls === last;
          const output: unknown = await Reflect.apply(call, target, input);
          if (dead) throw new Error('dead');
          return output;
        };
      },
    });
  return { rows: dying(rows), outgoing: dying(outgoing), hasDied: () => calls >= last };
}

async function run(rows: Rows, outgoing?: Outgoing): Promise<void> {
  const ports = portsOver(rows, clock, outgoing);
  await relay(ports, PLENTY);
  await deliver(ports, PLENTY);
}

/** What arrived on a path of the streams of one round. */
function arrivedAt(path: string, round: number): typeof receiver.received {
  return receiver.received.filter(
    (one) => one.path === path && (one.json as { stream: string }).stream.endsWith(`-${round}`),
  );
}

describe('a dispatcher that dies after any call it makes', () => {
  it('has lost nothing and mixed up nothing once another one has run', async () => {
    const ports = portsOver(store.rows, clock);
    const outgoing = guardedPost({ loopback: 'allow' });
    await addQuietEndpoint(ports, 'whe-all', `${receiver.url}/all`);
    await addQuietEndpoint(ports, 'whe-some', `${receiver.url}/some`, ['finding.resolved']);
    let deaths = 0;
    for (let last = 1; ; last++) {
      await happen(ports, `a-${last}`, ['finding.opened', 'finding.changed']);
      await happen(ports, `b-${last}`, ['finding.opened', 'finding.resolved']);

      const process = mortal(store.rows, outgoing, last);
      await run(process.rows, process.outgoing).catch((error: Error) => {
        expect(error.message).toContain('dead');
      });
      await happen(ports, `a-${last}`, ['finding.resolved']);
      // By then the lease that the dead one held has run out.
      clock.wind(FIVE_MINUTES_MS);
      await run(store.rows);

      expect(keptNumbers(arrivedAt('/all', last)), `death after call ${last}`).toEqual({
        [`finding/a-${last}`]: [1, 2, 3],
        [`finding/b-${last}`]: [1, 2],
      });
      expect(keptNumbers(arrivedAt('/some', last)), `death after call ${last}`).toEqual({
        [`finding/a-${last}`]: [3],
        [`finding/b-${last}`]: [2],
      });
      const log = await ports.eventLog.read(`finding/a-${last}`, 1, 10);
      expect(log.map(({ number }) => number)).toEqual([1, 2, 3]);
      if (!process.hasDied()) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(50);
    expect(receiver.received.every(({ verdict }) => verdict.valid)).toBe(true);
  }, 60_000);
});
