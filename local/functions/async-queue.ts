import type { Alarms, HostClock } from './alarm';
import type { InvocationResult } from './contract';
import type { FunctionRequest } from './function-instance';
import { FIRST_BACK_OFF_MS, LAST_BACK_OFF_MS, WAITING_EVENTS_LIMIT } from './limits';
import { FcRefusal } from './refusal';
import type { FunctionSettings } from './serverless-file';

export interface AsyncQueue {
  /** Takes an event in; `finished` resolves with the last attempt, or rejects when the event was dropped. */
  readonly add: (
    settings: FunctionSettings,
    event: { requestId: string; payload: Buffer; delayMs: number },
  ) => Promise<InvocationResult>;
  /** Resolves when no event is waiting or running. */
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
}

export interface AsyncQueueOptions {
  clock: HostClock;
  alarms: Alarms;
  /** Runs one attempt; throws ResourceExhausted when the function runs at its limit. */
  attempt: (functionName: string, request: FunctionRequest) => Promise<InvocationResult>;
  log: (functionName: string, line: string) => void;
}

/**
 * Asynchronous invocation: an event is tried until it succeeds, its retries are used up, or it is too old. A function that
 * fails is retried `maxAsyncRetryAttempts` times, a throttled one until `maxAsyncEventAgeInSeconds` have passed, both with a
 * back-off that doubles (Function Compute: retry policies of asynchronous invocation). All waiting is by the clock.
 */
export function asyncQueue({ clock, alarms, attempt, log }: AsyncQueueOptions): AsyncQueue {
  const dropAll = new Set<(reason: FcRefusal) => void>();
  const whenIdle = new Set<() => void>();

  const waitUntil = (timeMs: number) =>
    new Promise<void>((resolve, reject) => {
      const takeBack = alarms.at(timeMs, () => {
        dropAll.delete(drop);
        resolve();
      });
      const drop = (reason: FcRefusal) => {
        takeBack();
        reject(reason);
      };
      dropAll.add(drop);
    });

  const deliver = async (
    settings: FunctionSettings,
    requestId: string,
    payload: Buffer,
    delayMs: number,
  ): Promise<InvocationResult> => {
    const { functionName, asyncInvokeConfig } = settings;
    const startMs = clock.nowMs() + delayMs;
    const expireMs = startMs + asyncInvokeConfig.maxAsyncEventAgeInSeconds * 1000;
    if (delayMs > 0) await waitUntil(startMs);
    for (let retryCount = 0, throttled = 0; ;) {
      const result = await attemptUnlessThrottled(functionName, { requestId, payload, retryCount });
      if (result !== undefined && result.errorType === undefined) return result;
      if (result !== undefined && retryCount >= asyncInvokeConfig.maxAsyncRetryAttempts) {
        log(
          functionName,
          `local host: [error] event ${requestId} failed for good after ${retryCount} retries`,
        );
        return result;
      }
      const waitMs = backOffMs(retryCount + throttled);
      if (result === undefined) throttled += 1;
      else retryCount += 1;
      log(
        functionName,
        `local host: event ${requestId} ${result === undefined ? 'throttled' : 'failed'}, again in ${waitMs} ms`,
      );
      await waitUntil(clock.nowMs() + waitMs);
      if (clock.nowMs() > expireMs) {
        const message = `Event ${requestId} for ${functionName} was not done in ${asyncInvokeConfig.maxAsyncEventAgeInSeconds} s`;
        log(functionName, `local host: [error] ${message}`);
        throw new FcRefusal(400, 'AsyncEventExpired', message);
      }
    }
  };

  const attemptUnlessThrottled = async (functionName: string, request: FunctionRequest) => {
    try {
      return await attempt(functionName, request);
    } catch (error) {
      if (error instanceof FcRefusal && error.code === 'ResourceExhausted') return undefined;
      throw error;
    }
  };

  let unfinished = 0;
  return {
    async add(settings, { requestId, payload, delayMs }) {
      if (unfinished >= WAITING_EVENTS_LIMIT) {
        throw new FcRefusal(
          429,
          'ResourceExhausted',
          `${WAITING_EVENTS_LIMIT} asynchronous events are waiting already`,
        );
      }
      unfinished += 1;
      try {
        return await deliver(settings, requestId, payload, delayMs);
      } finally {
        unfinished -= 1;
        if (unfinished === 0) for (const resolve of whenIdle) resolve();
        if (unfinished === 0) whenIdle.clear();
      }
    },
    idle: () =>
      new Promise((resolve) => {
        if (unfinished === 0) resolve();
        else whenIdle.add(resolve);
      }),
    stop() {
      for (const drop of dropAll)
        drop(new FcRefusal(503, 'HostStopped', 'The host stopped before the event was done'));
      dropAll.clear();
    },
  };
}

function backOffMs(timesBefore: number): number {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** timesBefore, LAST_BACK_OFF_MS);
}
