import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { InvocationResult } from './contract';
import {
  entryFile,
  type FunctionInstance,
  type FunctionRequest,
  InitializationFailure,
  type InstanceOptions,
  startInstance,
} from './function-instance';
import { IDLE_INSTANCE_LIMIT_MS } from './limits';

export interface InstancePool {
  /** Runs the request on an idle instance, or on a new one. The caller has made sure that one more may run. */
  readonly run: (request: FunctionRequest) => Promise<InvocationResult>;
  /** SIGKILL for every instance, whatever it does. */
  readonly kill: () => void;
  instances(): { instanceId: string; pid: number; state: 'busy' | 'idle' }[];
  readonly tellOffset: (offsetMs: number) => void;
  readonly stop: () => Promise<void>;
}

interface Waiting {
  request: FunctionRequest;
  answer: (result: InvocationResult) => void;
  fail: (error: unknown) => void;
}

interface Idle {
  instance: FunctionInstance;
  build: string;
  reclaim: NodeJS.Timeout;
}

/** A laptop starts few processes at a time; more only make each other slow. */
const SIMULTANEOUS_STARTS = Math.max(2, availableParallelism());

/** The instances of one function: one request at a time each, frozen in between, the last used first. */
export function instancePool(options: InstanceOptions): InstancePool {
  const idle: Idle[] = [];
  const busy = new Set<FunctionInstance>();
  const startingKills = new Set<() => void>();
  const waiting: Waiting[] = [];
  let starting = 0;
  let stopped = false;

  const takeIdle = (): FunctionInstance | undefined => {
    for (let next = idle.pop(); next !== undefined; next = idle.pop()) {
      clearTimeout(next.reclaim);
      if (!next.instance.isAlive()) continue;
      if (next.build === buildOf(options)) return next.instance;
      void next.instance.retire();
    }
    return undefined;
  };

  const rest = (instance: FunctionInstance, build: string) => {
    if (!instance.isAlive()) return;
    instance.freeze();
    const reclaim = setTimeout(() => {
      idle.splice(idle.indexOf(resting), 1);
      void instance.retire();
    }, IDLE_INSTANCE_LIMIT_MS).unref();
    const resting: Idle = { instance, build, reclaim };
    idle.push(resting);
  };

  const serve = async (instance: FunctionInstance, { request, answer, fail }: Waiting, build: string) => {
    busy.add(instance);
    try {
      const result = await instance.invoke(request);
      if (!stopped) rest(instance, build);
      answer(result);
    } catch (error) {
      // Ours, not the function's: e.g. there were no credentials to be had for it.
      instance.kill();
      fail(error);
    } finally {
      busy.delete(instance);
      pump();
    }
  };

  const start = async () => {
    starting += 1;
    const build = buildOf(options);
    try {
      const instance = await startInstance(options, (kill) => {
        startingKills.add(kill);
        return () => startingKills.delete(kill);
      });
      const first = waiting.shift();
      if (stopped) instance.kill();
      else if (first === undefined) rest(instance, build);
      else void serve(instance, first, build);
    } catch (error) {
      failFirst(error);
    } finally {
      starting -= 1;
      pump();
    }
  };

  const failFirst = (error: unknown) => {
    const body = error instanceof InitializationFailure ? error.body : { errorMessage: String(error) };
    options.host.log(options.settings.functionName, `local host: [error] no instance: ${body.errorMessage}`);
    const first = waiting.shift();
    const payload = Buffer.from(JSON.stringify(body));
    first?.answer({
      requestId: first.request.requestId,
      payload,
      errorType: 'InitializationError',
      durationMs: 0,
    });
  };

  const pump = () => {
    while (stopped && waiting.length > 0) failFirst(new Error('The host stops'));
    while (waiting.length > 0) {
      const instance = takeIdle();
      if (instance === undefined) break;
      const next = waiting.shift();
      if (next !== undefined) void serve(instance, next, buildOf(options));
    }
    while (starting < Math.min(waiting.length, SIMULTANEOUS_STARTS)) void start();
  };

  const kill = () => {
    for (const { instance, reclaim } of idle.splice(0)) {
      clearTimeout(reclaim);
      instance.kill();
    }
    for (const instance of busy) instance.kill();
    for (const killStarting of startingKills) killStarting();
  };

  return {
    run: (request) =>
      new Promise((answer, fail) => {
        waiting.push({ request, answer, fail });
        pump();
      }),
    kill,
    instances: () => [
      ...[...busy].map(({ instanceId, pid }) => ({ instanceId, pid, state: 'busy' as const })),
      ...idle.map(({ instance: { instanceId, pid } }) => ({ instanceId, pid, state: 'idle' as const })),
    ],
    tellOffset(offsetMs) {
      for (const instance of busy) instance.tellOffset(offsetMs);
    },
    async stop() {
      stopped = true;
      const retired = idle.splice(0).map(({ instance, reclaim }) => {
        clearTimeout(reclaim);
        return instance.retire();
      });
      kill();
      await Promise.all(retired);
    },
  };
}

/** Without reload, a function stays as it was when the host started. */
function buildOf({ host, settings }: InstanceOptions): string {
  if (!host.reload) return '';
  const stat = statSync(entryFile(settings), { throwIfNoEntry: false });
  return `${stat?.mtimeMs} ${stat?.size}`;
}
