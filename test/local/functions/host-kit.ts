import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { stringify } from 'yaml';
import { windableClock, type WindableClock } from '../../../local/clock';
import type { FunctionHost, FunctionHostOptions } from '../../../local/functions/contract';
import { startFunctionHost } from '../../../local/functions/host';
import type { InstancePrograms } from '../../../local/functions/programs';

/** The programs of an instance, built once per test file into a folder of its own. */
export async function buildPrograms(): Promise<InstancePrograms & { remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'function-host-programs-'));
  const source = join(__dirname, '../../../local/functions');
  await build({
    entryPoints: [join(source, 'instance.ts'), join(source, 'shift-date.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    outdir: folder,
  });
  return {
    instance: join(folder, 'instance.js'),
    shiftDate: join(folder, 'shift-date.js'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export interface TinyFunction {
  /** The CommonJS text of index.js. */
  code: string;
  props?: Record<string, unknown>;
}

export interface TinyHost extends FunctionHost {
  clock: WindableClock;
  lines: string[];
  folder: string;
  writeCode(functionName: string, code: string): void;
}

export const httpTrigger = (methods = ['GET', 'POST', 'PUT']) => ({
  triggerName: 'http',
  triggerType: 'http',
  triggerConfig: { authType: 'anonymous', methods },
});

export const timerTrigger = (cronExpression: string, payload = '{}') => ({
  triggerName: 'tick',
  triggerType: 'timer',
  triggerConfig: { cronExpression, enable: true, payload },
});

/** A host with functions written into a temporary folder; `stop` removes it. */
export async function startTinyHost(
  programs: InstancePrograms,
  functions: Record<string, TinyFunction>,
  changes: Partial<FunctionHostOptions> & { clock?: WindableClock } = {},
): Promise<TinyHost> {
  const folder = mkdtempSync(join(tmpdir(), 'function-host-'));
  const writeCode = (functionName: string, code: string) => {
    mkdirSync(join(folder, 'dist', functionName), { recursive: true });
    writeFileSync(join(folder, 'dist', functionName, 'index.js'), code);
  };
  for (const [functionName, { code }] of Object.entries(functions)) writeCode(functionName, code);
  const serverlessFile = join(folder, 's.yaml');
  writeFileSync(serverlessFile, serverlessText(functions));

  const clock = changes.clock ?? windableClock();
  const lines: string[] = [];
  const host = await startFunctionHost(
    {
      serverlessFile,
      environment: {},
      clock,
      accountId: '1000000000000001',
      regionId: 'cn-hangzhou',
      roleCredentials: () => ({ accessKeyId: 'STS.one', accessKeySecret: 'secret', securityToken: 'token' }),
      secretOf: (accessKeyId) => (accessKeyId === 'LTAItester' ? 'tester-secret' : undefined),
      apiPort: 0,
      schedules: false,
      reload: false,
      log: (functionName, line) => lines.push(`${functionName}| ${line}`),
      ...changes,
    },
    programs,
  ).catch((error: unknown) => {
    rmSync(folder, { recursive: true });
    throw error;
  });
  const stop = async () => {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...host, stop, clock, lines, folder, writeCode };
}

function serverlessText(functions: Record<string, TinyFunction>): string {
  const resources = Object.entries(functions).map(([functionName, { props }]) => [
    functionName,
    {
      component: 'fc3',
      props: {
        functionName,
        region: 'cn-hangzhou',
        runtime: 'nodejs20',
        handler: 'index.handler',
        code: `./dist/${functionName}`,
        timeout: 5,
        ...props,
      },
    },
  ]);
  return stringify({ edition: '3.0.0', name: 'tiny', resources: Object.fromEntries(resources) });
}

/** Polls until `condition` holds; fails the test when it does not within fifteen seconds. */
export async function eventually(condition: () => boolean): Promise<void> {
  const deadlineMs = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadlineMs) throw new Error('It did not happen within fifteen seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
