import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const FUNCTIONS = [
  'share-api',
  'invitation-poller',
  'membership-reconciler',
  'snapshot-sweeper',
  'webhook-dispatcher',
];

/** The built program, run where `directory` is, as `npm start -- --exit` runs it. */
function start(directory: string, ...options: string[]): Promise<{ code: number | null; said: string }> {
  const program = resolve('dist/local/cli/start.js');
  const child = spawn(process.execPath, [program, '--exit', '--any-ports', '--estate', 'tiny', ...options], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, said })));
}

describe('npm start -- --exit', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tour-'));
    cpSync('s.yaml', join(directory, 's.yaml'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('takes the tour twice, the second time from the state that the first one left', async () => {
    symlinkSync(resolve('dist'), join(directory, 'dist'));
    const first = await start(directory);
    expect(first.said).toContain('Every step came out as promised.');
    expect(first.code).toBe(0);
    const second = await start(directory);
    expect(second.said).toContain('as you left it');
    expect(second.code).toBe(0);
  }, 90_000);

  it.each(FUNCTIONS)(
    'fails when %s does nothing',
    async (broken) => {
      cpSync('dist/functions', join(directory, 'dist/functions'), { recursive: true });
      writeFileSync(
        join(directory, 'dist/functions', broken, 'index.js'),
        `exports.initialize = async () => {}; exports.handler = async () => '{}';`,
      );
      const run = await start(directory);
      expect(run.said).toMatch(/FAILED: .+/);
      expect(run.code).toBe(1);
    },
    90_000,
  );
});
