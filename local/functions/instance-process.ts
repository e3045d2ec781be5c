import { type ChildProcess, spawn } from 'node:child_process';
import { eachLine } from './log-lines';
import type { OrphanGuard } from './orphan-guard';
import type { InstancePrograms } from './programs';
import type { FromInstance, ToInstance } from './messages';

const freezes = process.platform !== 'win32';
const START_LIMIT_MS = 60_000;

/** How one run ended: the instance said so, its process ended first, or it was killed for taking too long. */
export type RunEnd = Extract<FromInstance, { kind: 'ended' }> | { kind: 'exited' } | { kind: 'timed-out' };

export interface InstanceProcess {
  readonly pid: number;
  /** Resolves when the program listens; rejects when it ended before that. */
  readonly started: Promise<void>;
  /** Resolves when the process is gone and everything that it wrote has been read. */
  readonly gone: Promise<void>;
  readonly isAlive: () => boolean;
  readonly tellOffset: (offsetMs: number) => void;
  /** Thaws the process, runs one step, and kills the process when that takes longer than `timeoutMs`. */
  readonly run: (
    message: Extract<ToInstance, { kind: 'run' }>,
    offsetMs: number,
    timeoutMs: number,
  ) => Promise<RunEnd>;
  /** Stops the process where it stands, as Function Compute does between invocations. */
  readonly freeze: () => void;
  readonly kill: () => void;
}

export interface ProcessOptions {
  programs: InstancePrograms;
  codeFolder: string;
  memoryMb: number;
  environment: Record<string, string>;
  offsetMs: number;
  guard: OrphanGuard;
  log: (line: string) => void;
}

/** Starts the process of one instance. It has its own process group, so a Ctrl-C meant for the host does not reach it. */
export function startInstanceProcess(options: ProcessOptions): InstanceProcess {
  const { programs, codeFolder } = options;
  const flags = [
    `--max-old-space-size=${Math.floor(options.memoryMb * 0.9)}`,
    '--max-http-header-size=16384',
    '--expose-gc',
  ];
  const child = spawn(
    process.execPath,
    [...flags, '--require', programs.shiftDate, programs.instance, codeFolder, String(options.offsetMs)],
    {
      cwd: codeFolder,
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
      detached: freezes,
    },
  );

  const written = lineWaiter(options.log);
  if (child.stdout !== null) eachLine(child.stdout, written.take);
  if (child.stderr !== null) eachLine(child.stderr, options.log);

  const pid = child.pid ?? 0;
  if (pid !== 0) options.guard.watch(pid);
  let alive = true;
  let frozen = false;
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  }).then(() => {
    alive = false;
    if (pid !== 0) options.guard.forget(pid);
  });
  const started = new Promise<void>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('The instance did not start in time')), START_LIMIT_MS);
    child.once('message', () => resolve());
    child.once('error', reject);
    void gone.then(() => reject(new Error('The process of the instance ended before it was ready')));
    void gone.then(() => clearTimeout(limit));
    child.once('message', () => clearTimeout(limit));
  });

  const signal = (name: NodeJS.Signals) => {
    if (alive) signalGroup(child, name);
  };
  const send = (message: ToInstance) => {
    // A process that is ending has closed its channel already; `gone` tells the rest.
    if (child.connected) child.send(message, () => undefined);
  };

  return {
    pid,
    started,
    gone,
    isAlive: () => alive,
    tellOffset(offsetMs) {
      if (!frozen) send({ kind: 'clock', offsetMs });
    },
    async run(message, offsetMs, timeoutMs) {
      const { requestId } = message.context;
      const end = endOf(child, requestId);
      const endLine = written.waitFor(`End RequestId: ${requestId}`);
      // Sent before the process runs on, so that it never sees an old time.
      send({ kind: 'clock', offsetMs });
      send(message);
      if (frozen) signal('SIGCONT');
      frozen = false;

      let timeout: NodeJS.Timeout | undefined;
      const late = new Promise<RunEnd>((resolve) => {
        timeout = setTimeout(() => resolve({ kind: 'timed-out' }), timeoutMs);
      });
      const how = await Promise.race([end, late, gone.then((): RunEnd => ({ kind: 'exited' }))]);
      clearTimeout(timeout);
      if (how.kind === 'timed-out') signal('SIGKILL');
      await (how.kind === 'ended' ? Promise.race([endLine, gone]) : gone);
      return how;
    },
    freeze() {
      if (!freezes) return;
      frozen = true;
      signal('SIGSTOP');
    },
    kill: () => signal('SIGKILL'),
  };
}

function endOf(child: ChildProcess, requestId: string): Promise<RunEnd> {
  return new Promise((resolve) => {
    const listen = (message: FromInstance) => {
      if (message.kind !== 'ended' || message.requestId !== requestId) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
  });
}

/** Standard output and the IPC channel are two pipes: an answer waits until the lines written before it were read. */
function lineWaiter(log: (line: string) => void) {
  let awaited: { text: string; seen: () => void } | undefined;
  return {
    take: (line: string) => {
      log(line);
      if (awaited !== undefined && line.includes(awaited.text)) awaited.seen();
    },
    waitFor: (text: string) =>
      new Promise<void>((resolve) => {
        awaited = { text, seen: resolve };
      }),
  };
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(freezes ? -child.pid : child.pid, name);
  } catch (error) {
    // It ended on its own a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
