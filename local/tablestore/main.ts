import { parseCommandLine, usage, type CommandLine } from './command-line';
import { startTablestore } from './server';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function serve(commandLine: CommandLine): Promise<void> {
  const { port, directory, instance, accessKeyId, accessKeySecret } = commandLine;
  const server = await startTablestore({
    port,
    directory,
    instance,
    credential: (id) => (id === accessKeyId ? { secret: accessKeySecret } : undefined),
    clock: { nowMs: Date.now },
    log: complain,
  });
  say(`Tablestore instance ${instance} listens on ${server.url}, data in ${directory}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

const parsed = parseCommandLine(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    say(usage);
    break;
  case 'mistakes':
    for (const mistake of parsed.mistakes) complain(mistake);
    complain(`\n${usage}`);
    process.exitCode = 2;
    break;
  case 'serve':
    serve(parsed.commandLine).catch((error: unknown) => {
      complain(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    });
    break;
}
