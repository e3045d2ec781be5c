import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPrograms, eventually } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let folder: string;
beforeAll(async () => {
  programs = await buildPrograms();
  folder = mkdtempSync(join(tmpdir(), 'orphans-'));
});
afterAll(() => {
  programs.remove();
  rmSync(folder, { recursive: true });
});

test.skipIf(process.platform !== 'linux')(
  'a host that is killed leaves no frozen instance behind',
  async () => {
    const script = `
    import { startTinyHost } from ${JSON.stringify(join(__dirname, 'host-kit'))};
    void (async () => {
      const host = await startTinyHost(${JSON.stringify(programs)}, { tiny: { code: 'exports.handler = async () => process.pid' } });
      process.send?.({ folder: host.folder, pid: (await host.invoke('tiny', Buffer.alloc(0))).payload.toString() });
    })();`;
    const outfile = join(folder, 'host.js');
    await build({
      stdin: { contents: script, resolveDir: __dirname },
      bundle: true,
      platform: 'node',
      external: ['esbuild'],
      outfile,
    });
    const host = spawn(process.execPath, [outfile], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_PATH: join(__dirname, '../../../node_modules') },
    });
    const told = await new Promise<{ folder: string; pid: string }>((resolve) =>
      host.once('message', resolve),
    );
    expect(existsSync(`/proc/${told.pid}`)).toBe(true);

    host.kill('SIGKILL');

    await eventually(() => !existsSync(`/proc/${told.pid}`));
    rmSync(told.folder, { recursive: true });
  },
);
