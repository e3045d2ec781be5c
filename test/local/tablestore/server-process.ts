import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { ACCESS_KEY, INSTANCE } from './running';

/** The command as it is shipped: built where it finds the installed packages, and removed after the tests. */
export async function buildCommand(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = resolve('dist', `test-tablestore-${process.pid}`);
  await build({
    entryPoints: [resolve('local/tablestore/main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    outdir: folder,
    logLevel: 'warning',
  });
  return { path: resolve(folder, 'main.js'), remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcessWithoutNullStreams;
  /** Sends the signal and waits until the process is gone; gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export const serveArguments = (directory: string, port = '0'): string[] =>
  Object.entries({
    port,
    data: directory,
    instance: INSTANCE,
    'access-key-id': ACCESS_KEY.accessKeyId,
    'access-key-secret': ACCESS_KEY.secretAccessKey,
  }).flatMap(([name, value]) => [`--${name}`, value]);

/** Starts the command and waits for the line that says where it listens. */
export async function startProcess(command: string, directory: string): Promise<ServerProcess> {
  const child = spawn(process.execPath, [command, ...serveArguments(directory)]);
  const exited = once(child, 'exit');
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const first = await Promise.race([once(child.stdout, 'data'), exited]);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(first[0]))?.[0];
  if (url === undefined) throw new Error(`The server did not start: ${complaints.join('')}`);
  return {
    url,
    child,
    async end(signal) {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** Runs the command to its end and gives its exit code and what it wrote. */
export async function runCommand(command: string, args: readonly string[]): Promise<[number | null, string]> {
  const child = spawn(process.execPath, [command, ...args]);
  const written: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, written.join('')];
}
