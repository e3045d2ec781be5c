import { Cron } from 'croner';

/** When a timer trigger fires; all times are epoch milliseconds. */
export interface Timetable {
  /** The first tick after `afterMs`. */
  readonly nextMs: (afterMs: number) => number;
  /** The last tick at or before `untilMs`. */
  readonly lastMs: (untilMs: number) => number;
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const name = 'SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const field = String.raw`(?:[\d*?,/-]|${name})+`;
const sixFields = new RegExp(`^${field}(?: +${field}){5}$`, 'i');

/**
 * Reads Function Compute's `cronExpression`: `@every 4m`, or `second minute hour day month weekday` in UTC, after
 * `CRON_TZ=Asia/Shanghai ` in that zone. Throws a RangeError that says what is wrong.
 * `@every` counts from `startMs`, as it does from the trigger's creation on Function Compute.
 */
export function timetable(cronExpression: string, startMs: number): Timetable {
  const every = /^@every (\d+)([smh])$/.exec(cronExpression);
  if (every !== null) {
    const periodMs = Number(every[1]) * unitMs[every[2] as keyof typeof unitMs];
    if (periodMs < unitMs.m) throw new RangeError('An interval is at least one minute, e.g. @every 1m');
    const ticks = (timeMs: number) => Math.floor((timeMs - startMs) / periodMs);
    return {
      nextMs: (afterMs) => startMs + (ticks(afterMs) + 1) * periodMs,
      lastMs: (untilMs) => startMs + ticks(untilMs) * periodMs,
    };
  }

  const [, timezone = 'UTC', pattern = ''] = /^(?:CRON_TZ=(\S+) +)?(.*)$/.exec(cronExpression) ?? [];
  if (!sixFields.test(pattern)) {
    throw new RangeError('A schedule is "@every 5m" or six fields: second minute hour day month weekday');
  }
  let cron: Cron;
  try {
    cron = new Cron(pattern.replaceAll('?', '*'), {
      paused: true,
      timezone,
      mode: '6-part',
      sloppyRanges: true,
    });
    cron.nextRun(new Date(startMs));
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const wholeSecond = (timeMs: number) => Math.floor(timeMs / 1000) * 1000;
  return {
    nextMs: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() ?? Number.MAX_SAFE_INTEGER,
    lastMs: (untilMs) => cron.previousRuns(1, new Date(wholeSecond(untilMs) + 1000))[0]?.getTime() ?? startMs,
  };
}
