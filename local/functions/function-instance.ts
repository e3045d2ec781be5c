import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionHostOptions, InvocationResult } from './contract';
import { instanceEnvironment } from './environment';
import { newInstanceId, newRequestId } from './ids';
import { type InstanceProcess, type RunEnd, startInstanceProcess } from './instance-process';
import { type ContextData, type ErrorBody, type Step, stepNames } from './messages';
import type { OrphanGuard } from './orphan-guard';
import type { InstancePrograms } from './programs';
import type { FunctionSettings } from './serverless-file';

/** One request that an instance is to run. */
export interface FunctionRequest {
  requestId: string;
  payload: Buffer;
  /** 0 for the first attempt of an asynchronous event, and for every synchronous one. */
  retryCount: number;
}

export interface FunctionInstance {
  readonly instanceId: string;
  readonly pid: number;
  readonly isAlive: () => boolean;
  readonly invoke: (request: FunctionRequest) => Promise<InvocationResult>;
  readonly freeze: () => void;
  readonly tellOffset: (offsetMs: number) => void;
  readonly kill: () => void;
  /** Runs the preStop hook, if there is one, and ends the process. */
  readonly retire: () => Promise<void>;
}

/** What `InitializationError` carries: the hook failed, timed out, or the process did not come up. */
export class InitializationFailure extends Error {
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(body.errorMessage);
    this.name = 'InitializationFailure';
    this.body = body;
  }
}

export interface InstanceOptions {
  settings: FunctionSettings;
  host: FunctionHostOptions;
  programs: InstancePrograms;
  guard: OrphanGuard;
}

/**
 * Starts an instance and runs its initializer, once.
 *
 * @throws InitializationFailure when it cannot serve; its process is gone then.
 */
export async function startInstance(
  options: InstanceOptions,
  onProcess: (kill: () => void) => () => void,
): Promise<FunctionInstance> {
  const { settings, host, programs } = options;
  const log = (line: string) => host.log(settings.functionName, line);
  if (!existsSync(settings.codeFolder)) {
    throw new InitializationFailure({
      errorMessage: `There is no code in ${settings.codeFolder}: build it first`,
    });
  }
  const instanceId = newInstanceId(host.clock.nowMs());
  const where = { accountId: host.accountId, regionId: host.regionId, instanceId };
  const child = startInstanceProcess({
    programs,
    codeFolder: settings.codeFolder,
    memoryMb: settings.memorySize,
    environment: instanceEnvironment(settings, where, host.roleCredentials()),
    offsetMs: host.clock.offsetMs,
    guard: options.guard,
    log,
  });
  const forget = onProcess(child.kill);
  try {
    await child.started;
    const { initializer, preStop } = settings.instanceLifecycleConfig;
    const running = { ...options, child, log, memoryMb: 0 };
    if (initializer !== undefined) await initialize(running, initializer);
    return instanceOf(running, instanceId, preStop);
  } catch (error) {
    child.kill();
    await child.gone;
    if (error instanceof InitializationFailure) throw error;
    throw new InitializationFailure({ errorMessage: error instanceof Error ? error.message : String(error) });
  } finally {
    forget();
  }
}

interface Running extends InstanceOptions {
  child: InstanceProcess;
  log: (line: string) => void;
  memoryMb: number;
}

interface Hook {
  handler: string;
  timeout: number;
}

function instanceOf(running: Running, instanceId: string, preStop: Hook | undefined): FunctionInstance {
  const { child, settings, log } = running;
  return {
    instanceId,
    pid: child.pid,
    isAlive: child.isAlive,
    freeze: child.freeze,
    tellOffset: child.tellOffset,
    kill: child.kill,
    async invoke({ requestId, payload, retryCount }) {
      const startMs = performance.now();
      const hook = { handler: settings.handler, timeout: settings.timeout };
      const end = await runStep(running, 'invoke', hook, { requestId, payload, retryCount });
      const durationMs = Math.round(performance.now() - startMs);
      if (end.kind === 'ended' && end.leftOver.length > 0) {
        const what = [...new Set(end.leftOver)].join(', ');
        log(
          `local host: [warning] ${requestId} left work behind (${what}); a frozen instance does not finish it`,
        );
      }
      return { requestId, durationMs, ...answerOf(end, running, durationMs) };
    },
    async retire() {
      if (preStop !== undefined && child.isAlive()) {
        const requestId = newRequestId(running.host.clock.nowMs());
        await runStep(running, 'preStop', preStop, { requestId, payload: null, retryCount: 0 });
      }
      child.kill();
      await child.gone;
    },
  };
}

async function initialize(running: Running, hook: Hook): Promise<void> {
  const requestId = newRequestId(running.host.clock.nowMs());
  const end = await runStep(running, 'initialize', hook, { requestId, payload: null, retryCount: 0 });
  if (end.kind === 'ended' && end.outcome.kind === 'returned') return;
  throw new InitializationFailure(failureOf(end, running, hook.timeout, 0));
}

async function runStep(
  running: Running,
  step: Step,
  hook: Hook,
  request: { requestId: string; payload: Buffer | null; retryCount: number },
): Promise<RunEnd> {
  const { child, host, log } = running;
  const { requestId, payload: event } = request;
  const context = contextOf(running, requestId, request.retryCount);
  const message = { kind: 'run', step, handler: hook.handler, event, context } as const;
  const end = await child.run(message, host.clock.offsetMs, hook.timeout * 1000);
  if (end.kind === 'ended') running.memoryMb = end.memoryMb;
  else log(`FC ${stepNames[step]} End RequestId: ${requestId}, Error: ${endWords(end, hook)}`);
  return end;
}

function contextOf({ settings, host }: Running, requestId: string, retryCount: number): ContextData {
  const { functionName, handler, memorySize, timeout, logConfig } = settings;
  return {
    requestId,
    credentials: host.roleCredentials(),
    function: { name: functionName, handler, memory: memorySize, timeout },
    service: {
      name: '',
      logProject: logConfig?.project ?? '',
      logStore: logConfig?.logstore ?? '',
      qualifier: 'LATEST',
      versionId: '',
    },
    region: host.regionId,
    accountId: host.accountId,
    retryCount,
    tracing: {},
  };
}

function answerOf(
  end: RunEnd,
  running: Running,
  durationMs: number,
): { payload: Buffer; errorType: string | undefined } {
  if (end.kind === 'ended' && end.outcome.kind === 'returned') {
    return { payload: end.outcome.payload, errorType: undefined };
  }
  const handled = end.kind === 'ended' && end.outcome.kind === 'failed' && end.outcome.handled;
  return {
    payload: Buffer.from(JSON.stringify(failureOf(end, running, running.settings.timeout, durationMs))),
    errorType: handled ? 'HandledInvocationError' : 'UnhandledInvocationError',
  };
}

function failureOf(end: RunEnd, running: Running, timeoutSeconds: number, durationMs: number): ErrorBody {
  const memory = `maxMemoryUsage: ${running.memoryMb}MB`;
  switch (end.kind) {
    case 'ended':
      return end.outcome.kind === 'failed' ? end.outcome.body : { errorMessage: '' };
    case 'exited':
      return {
        errorMessage: `Process exited unexpectedly before completing request (duration: ${durationMs}ms, ${memory})`,
      };
    case 'timed-out':
      return { errorMessage: `Function timed out after ${timeoutSeconds} seconds (${memory})` };
  }
}

function endWords(end: { kind: 'exited' } | { kind: 'timed-out' }, hook: Hook): string {
  return end.kind === 'exited'
    ? 'Process exited unexpectedly'
    : `Function timed out after ${hook.timeout} seconds`;
}

/** What tells one build of a function from the next. */
export function entryFile(settings: FunctionSettings): string {
  const file = settings.handler.slice(0, settings.handler.lastIndexOf('.'));
  return join(settings.codeFolder, `${file}.js`);
}
