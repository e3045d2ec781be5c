import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../local/tablestore/command-line';
import { clientOf } from './running';
import { buildCommand, runCommand, serveArguments, startProcess } from './server-process';

let command: Awaited<ReturnType<typeof buildCommand>>;
let directory: string;
beforeAll(async () => {
  command = await buildCommand();
  directory = await mkdtemp(join(tmpdir(), 'tablestore-command-'));
});
afterAll(async () => {
  await command.remove();
  await rm(directory, { recursive: true, force: true });
});

describe('the tablestore command', () => {
  it('serves what it was told, says so in one line, and stops cleanly on SIGINT and SIGTERM', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const server = await startProcess(command.path, directory);
      expect((await clientOf(server.url).listTable({})).tableNames).toEqual([]);
      expect(await server.end(signal)).toBe(0);
    }
  });

  it('refuses a directory that another process has open, and says what to do', async () => {
    const server = await startProcess(command.path, directory);
    expect(await runCommand(command.path, serveArguments(directory))).toEqual([
      1,
      `Another process has ${directory} open. Stop it, or give this server a directory of its own.\n`,
    ]);
    await server.end('SIGTERM');
  });

  it('says what to do when the port is taken or the data cannot be kept there', async () => {
    const server = await startProcess(command.path, directory);
    const port = new URL(server.url).port;
    const other = join(directory, 'other');
    expect(await runCommand(command.path, serveArguments(other, port))).toEqual([
      1,
      `Port ${port} is taken. Stop what listens there, or choose another port.\n`,
    ]);
    await server.end('SIGTERM');
    const [code, output] = await runCommand(command.path, serveArguments(command.path));
    expect(code).toBe(1);
    expect(output).toContain(`The directory ${command.path} cannot be opened as Tablestore data: `);
  });

  it('tells every mistake at once, and how it is used', async () => {
    const [code, output] = await runCommand(command.path, [
      '--port',
      '70000',
      '--instance=9',
      '--colour',
      'red',
    ]);
    expect(code).toBe(2);
    for (const mistake of [
      "--port must be a whole number from 0 to 65535, got '70000'.",
      '--data is missing.',
      "--instance must be 3 to 16 letters, digits and hyphens, start with a letter and not end with a hyphen, got '9'.",
      '--access-key-id is missing.',
      '--access-key-secret is missing.',
      'There is no option --colour.',
      '--data DIR',
    ]) {
      expect(output).toContain(mistake);
    }
  });

  it('reads a whole command line', () => {
    expect(parseCommandLine(serveArguments('some/where'))).toEqual({
      kind: 'serve',
      commandLine: {
        port: 0,
        directory: 'some/where',
        instance: 'testbed',
        accessKeyId: 'LTAItest',
        accessKeySecret: 'test-secret',
      },
    });
  });
});
