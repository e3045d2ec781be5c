import { alarmsOf } from './alarm';
import { asyncQueue } from './async-queue';
import { concurrencyOf } from './concurrency';
import type { FunctionHostOptions, InvocationResult } from './contract';
import type { FunctionRequest } from './function-instance';
import { newRequestId } from './ids';
import { instancePool } from './instance-pool';
import { orphanGuard } from './orphan-guard';
import type { InstancePrograms } from './programs';
import { FcRefusal } from './refusal';
import type { FunctionSettings } from './serverless-file';
import { scheduleTimer, timerEvent } from './timers';

/** The functions of s.yaml, running: called at once, or by events that wait, or by their timers. */
export interface RunningFunctions {
  readonly names: readonly string[];
  readonly invoke: (functionName: string, requestId: string, payload: Buffer) => Promise<InvocationResult>;
  readonly enqueue: (functionName: string, requestId: string, payload: Buffer, delayMs: number) => void;
  readonly fireTimer: (
    functionName: string,
    triggerName: string,
    timeMs: number | undefined,
  ) => Promise<InvocationResult>;
  readonly startSchedules: () => void;
  readonly describe: (functionName: string) => unknown;
  readonly idle: () => Promise<void>;
  readonly kill: (functionName: string) => void;
  readonly stop: () => Promise<void>;
}

export function runFunctions(
  functions: readonly FunctionSettings[],
  host: FunctionHostOptions,
  programs: InstancePrograms,
): RunningFunctions {
  const { clock } = host;
  const alarms = alarmsOf(clock);
  const guard = orphanGuard((problem) => host.log('host', `local host: [warning] ${problem}`));
  const concurrency = concurrencyOf(functions);
  const parts = new Map(
    functions.map((settings) => [
      settings.functionName,
      { settings, pool: instancePool({ settings, host, programs, guard }) },
    ]),
  );
  const partOf = (functionName: string) => {
    const part = parts.get(functionName);
    if (part === undefined)
      throw new FcRefusal(404, 'FunctionNotFound', `function '${functionName}' does not exist`);
    return part;
  };

  const run = async (functionName: string, request: FunctionRequest) => {
    const { pool } = partOf(functionName);
    const giveBack = concurrency.take(functionName);
    try {
      return await pool.run(request);
    } finally {
      giveBack();
    }
  };

  const queue = asyncQueue({ clock, alarms, attempt: run, log: host.log });
  const enqueue = (functionName: string, requestId: string, payload: Buffer, delayMs: number) =>
    queue.add(partOf(functionName).settings, { requestId, payload, delayMs });
  /** For events that nobody waits for; what became of them is in the log. */
  const enqueueAndForget = (...event: Parameters<typeof enqueue>) => {
    partOf(event[0]);
    enqueue(...event).catch((error: unknown) => host.log(event[0], `local host: [error] ${String(error)}`));
  };

  let scheduled = false;
  const startSchedules = () => {
    if (scheduled) return;
    scheduled = true;
    for (const settings of functions) {
      for (const trigger of settings.triggers) {
        if (trigger.triggerType !== 'timer') continue;
        scheduleTimer(trigger, clock, alarms, (timeMs) =>
          enqueueAndForget(
            settings.functionName,
            newRequestId(clock.nowMs()),
            timerEvent(trigger, timeMs),
            0,
          ),
        );
      }
    }
  };
  if (host.schedules) startSchedules();
  const stopListening = clock.onWind((offsetMs) => {
    for (const { pool } of parts.values()) pool.tellOffset(offsetMs);
  });

  return {
    names: [...parts.keys()],
    invoke: (functionName, requestId, payload) => run(functionName, { requestId, payload, retryCount: 0 }),
    enqueue: enqueueAndForget,
    async fireTimer(functionName, triggerName, timeMs = clock.nowMs()) {
      const { settings } = partOf(functionName);
      for (const trigger of settings.triggers) {
        if (trigger.triggerType !== 'timer' || trigger.triggerName !== triggerName) continue;
        return enqueue(functionName, newRequestId(clock.nowMs()), timerEvent(trigger, timeMs), 0);
      }
      throw new FcRefusal(404, 'TriggerNotFound', `function '${functionName}' has no timer '${triggerName}'`);
    },
    describe(functionName) {
      const { settings, pool } = partOf(functionName);
      const { runtime, handler, memorySize, timeout, description, triggers } = settings;
      return {
        functionName,
        description,
        runtime,
        handler,
        memorySize,
        timeout,
        triggers,
        instances: pool.instances(),
      };
    },
    startSchedules,
    idle: queue.idle,
    kill: (functionName) => partOf(functionName).pool.kill(),
    async stop() {
      stopListening();
      queue.stop();
      alarms.close();
      await Promise.all([...parts.values()].map(({ pool }) => pool.stop()));
      guard.close();
    },
  };
}
