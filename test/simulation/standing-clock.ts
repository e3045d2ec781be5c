import { windableClock, type WindableClock } from '../../local/clock';

/** 2026-02-02T08:00:00Z. */
const START_MS = Date.UTC(2026, 1, 2, 8);

/**
 * A clock that moves only when it is wound, and `Date` with it: the SDKs in this process sign by Date, the servers
 * check by the clock. `giveBack` puts the machine's Date in its place again.
 */
export function standingClock(): WindableClock & { giveBack(): void } {
  const MachineDate = globalThis.Date;
  const clock = windableClock(0, () => START_MS);
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [clock.nowMs()] : given, newTarget) as Date,
    get: (target, property, receiver): unknown =>
      property === 'now' ? () => clock.nowMs() : Reflect.get(target, property, receiver),
  });
  return Object.assign(clock, { giveBack: () => void (globalThis.Date = MachineDate) });
}
