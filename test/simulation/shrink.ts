import type { Ran } from './run';
import type { Step } from './steps';

const RUNS_MAX = 120;

/** Leaves out steps while the run still fails: halves first, then less and less, down to single steps. */
export async function shrink(failed: Ran, again: (steps: readonly Step[]) => Promise<Ran>): Promise<Ran> {
  let best = failed;
  let runs = 0;
  for (
    let size = Math.ceil(stepsIn(best).length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < stepsIn(best).length && runs < RUNS_MAX;) {
      const fewer = stepsIn(best).toSpliced(at, size);
      runs += 1;
      const ran = await again(fewer);
      if (ran.failure === null) at += size;
      else best = ran;
    }
  }
  return best;
}

function stepsIn({ taken }: Ran): Step[] {
  return taken.map(({ step }) => step);
}

/** A failed run as a person reads it. */
export function traceOf(seed: number, { taken, positions, failure }: Ran): string {
  const switches = Object.entries(positions).map(([name, position]) => `${name}=${position}`);
  return [
    `seed ${seed}: ${failure?.message ?? 'nothing failed'}`,
    ...taken.map(({ step, came }, index) => `  ${index + 1}. ${JSON.stringify(step)} -> ${came}`),
    `  switches: ${switches.join(' ')}`,
    ...(failure === null || failure.name === 'Failure' ? [] : [failure.stack ?? '']),
  ].join('\n');
}
