import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ESTATE_NAMES, type EstateName } from './estate-named';
import { startLaptop, type Laptop } from './laptop';
import { forget } from './saved-state';
import { takeTour } from './tour';
import { waysToPlay } from './ways-to-play';

const USAGE = `npm start -- [options]
  --exit             end after the tour: 0 when every step came out as promised
  --fresh            forget the state of earlier starts
  --no-tour          start without the tour
  --estate NAME      the organisation to begin with: ${ESTATE_NAMES.join(' or ')} (with --fresh, or the first time)
  --data DIR         where the state is kept (default .sharekeeper)
  --any-ports        free ports instead of the documented ones`;

interface Options {
  exit: boolean;
  fresh: boolean;
  tour: boolean;
  estate: EstateName;
  directory: string;
  ports: 'documented' | 'any';
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return 2;
  if (options.fresh) forget(options.directory);
  mkdirSync(options.directory, { recursive: true });
  const tell = (line: string) => console.log(line);

  const laptop = await launch(options);
  tell(greeting(laptop));
  const came = !options.tour || (await takeTour(laptop, tell));
  if (options.tour) tell(came ? 'Every step came out as promised.' : 'A step failed; the log may tell more.');
  tell(`Log of the functions: ${logFile(options)}`);
  if (options.exit || !came) {
    await laptop.stop();
    return came ? 0 : 1;
  }
  // The tour fired each timer by hand; from here on they fire by themselves.
  laptop.host.startSchedules();
  tell(waysToPlay(laptop));
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  tell('Stopping; the state is kept for the next start.');
  await laptop.stop();
  return 0;
}

function launch(options: Options): Promise<Laptop> {
  const file = logFile(options);
  return startLaptop({
    directory: options.directory,
    root: process.cwd(),
    estate: options.estate,
    ports: options.ports,
    schedules: false,
    log: (functionName, line) => appendFileSync(file, `${functionName} ${line}\n`),
  });
}

function readOptions(): Options | null {
  try {
    const { values } = parseArgs({
      options: {
        exit: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        'no-tour': { type: 'boolean', default: false },
        estate: { type: 'string', default: 'northwind' },
        data: { type: 'string', default: '.sharekeeper' },
        'any-ports': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const estate = ESTATE_NAMES.find((name) => name === values.estate);
    if (values.help || estate === undefined) {
      console.log(USAGE);
      return null;
    }
    return {
      exit: values.exit,
      fresh: values.fresh,
      tour: !values['no-tour'],
      estate,
      directory: values.data,
      ports: values['any-ports'] ? 'any' : 'documented',
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return null;
  }
}

function logFile({ directory }: Options): string {
  return join(directory, 'functions.log');
}

function greeting({ estate, resumed }: Laptop): string {
  const { world } = estate;
  const members = world.directories.reduce((sum, { members: some }) => sum + Object.keys(some).length, 0);
  const regions = Object.values(world.regions);
  const snapshots = regions.reduce((sum, region) => sum + Object.keys(region.snapshots).length, 0);
  return [
    `sharekeeper on your laptop, in the organisation "${estate.name}"${resumed ? ' as you left it' : ''}:`,
    `${members} members, ${estate.partners.length} partners outside, ${snapshots} snapshots in ${regions.length} regions. Nothing leaves this machine.`,
    '',
  ].join('\n');
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(readable(error));
    process.exitCode = 1;
  },
);

function readable(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Is sharekeeper running already? Stop it, or start with --any-ports --data ANOTHER.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
