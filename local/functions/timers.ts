import type { Alarms, HostClock } from './alarm';
import type { TimerTrigger } from './function-settings';
import { timetable } from './timetable';

/** The event of a timer trigger, as bytes; `payload` is the configured text. */
export function timerEvent(trigger: TimerTrigger, timeMs: number): Buffer {
  const triggerTime = new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const { triggerName, triggerConfig } = trigger;
  return Buffer.from(JSON.stringify({ triggerTime, triggerName, payload: triggerConfig.payload }));
}

/**
 * Calls `fire` at each tick of an enabled timer, by the clock. When the clock is wound past several ticks, fires once, with
 * the time of the last: a laptop wound by a month would otherwise run forty thousand invocations.
 */
export function scheduleTimer(
  trigger: TimerTrigger,
  clock: HostClock,
  alarms: Alarms,
  fire: (timeMs: number) => void,
): void {
  if (!trigger.triggerConfig.enable) return;
  const startMs = Math.floor(clock.nowMs() / 1000) * 1000;
  const table = timetable(trigger.triggerConfig.cronExpression, startMs);
  const setNext = () => {
    alarms.at(table.nextMs(clock.nowMs()), () => {
      const tickMs = table.lastMs(clock.nowMs());
      setNext();
      fire(tickMs);
    });
  };
  setNext();
}
