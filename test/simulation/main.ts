import { parseArgs } from 'node:util';
import { Coverage } from './coverage';
import { runSteps, stepsOf } from './run';
import { shrink, traceOf } from './shrink';

/** `--seeds N` runs N seeds from `--from` on, each with `--steps` steps; the first failure of each is cut short. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      steps: { type: 'string', default: '40' },
      coverage: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const first = Number(values.from);
  const steps = Number(values.steps);
  const coverage = new Coverage();
  const failed: number[] = [];
  for (let seed = first; seed < first + Number(values.seeds); seed++) {
    const ran = await runSteps(seed, stepsOf(seed, steps));
    coverage.add(ran);
    if (ran.failure === null) continue;
    failed.push(seed);
    const short = await shrink(ran, (fewer) => runSteps(seed, fewer));
    process.stdout.write(`${traceOf(seed, short)}\n`);
  }
  if (values.coverage) process.stdout.write(`${coverage.lines().join('\n')}\n`);
  process.stdout.write(`${values.seeds} seeds, ${coverage.steps} steps\n`);
  process.stdout.write(`${Number(values.seeds) - failed.length} passed, ${failed.length} failed\n`);
  if (failed.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 2;
});
