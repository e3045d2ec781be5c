import { randomFrom } from '../../local/estates/random';
import { mustHold } from './always';
import { mustHoldAtRest } from './at-rest';
import { Failure } from './failure';
import { newMemory, oursIn, type Memory } from './memory';
import { isOccupied, pairsOfShare } from './provider-truth';
import { perform } from './perform';
import { run as runPoller } from './poll';
import { openStage } from './stage';
import { drawSteps, type Step } from './steps';

export interface Ran {
  positions: Record<string, string>;
  /** Each step that was taken, with what came of it. */
  taken: { step: Step; came: string }[];
  failure: Error | null;
}

export function stepsOf(seed: number, count: number): Step[] {
  return drawSteps(randomFrom(seed * 2 + 1), count);
}

/** Takes the steps in the world of a seed, looking after each one, then lets everything come to rest. */
export async function runSteps(seed: number, steps: readonly Step[]): Promise<Ran> {
  const stage = await openStage(randomFrom(seed * 2));
  const memory = newMemory(stage);
  const ran: Ran = { positions: stage.positions, taken: [], failure: null };
  try {
    await perform({ do: 'read-directory' }, memory);
    for (const step of steps) {
      const taken = { step, came: 'failed' };
      ran.taken.push(taken);
      taken.came = await perform(step, memory);
      await mustHold(memory);
    }
    await comeToRest(memory);
    await mustHoldAtRest(memory);
  } catch (error) {
    ran.failure = error instanceof Error ? error : new Error(String(error));
  } finally {
    await stage.close();
  }
  return ran;
}

const POLLS_MAX = 40;

/** Polls with nothing in its way until three polls in a row find nothing to do. */
async function comeToRest(memory: Memory): Promise<void> {
  const { clock } = memory.stage;
  // Leases of the dead run out, and requests of the dead may be settled.
  clock.wind(3 * 60_000);
  await perform({ do: 'read-directory' }, memory);
  let quiet = 0;
  for (let polls = 0; quiet < 3; polls++) {
    if (polls === POLLS_MAX) throw new Failure(`The poller never comes to rest: ${lastCalls(memory)}`);
    const report = await runPoller(memory.stage.ports(), memory, () => 60_000);
    await mustHold(memory);
    quiet = report.calls <= heldShares(memory) ? quiet + 1 : 0;
    clock.wind(61_000);
  }
}

/** Shares that cannot be taken down for now: somebody tries again, once each. */
function heldShares(memory: Memory): number {
  const { world } = memory.stage.cloud;
  return oursIn(memory).filter(
    (share) =>
      share.deleteMs === null &&
      (pairsOfShare(share, ({ status }) => status === 'Associated').some((pair) => isOccupied(pair, world)) ||
        Object.values(world.invitations).some(
          (one) => one.resourceShareId === share.resourceShareId && one.status === 'Pending',
        )),
  ).length;
}

function lastCalls({ stage }: Memory): string {
  const writes = stage.cloud.calls.records.filter(
    ({ action }) => !/^(List|Describe|Get|Assume)/.test(action),
  );
  return writes
    .slice(-4)
    .map(({ action, code, parameters }) => `${action} ${code} ${JSON.stringify(parameters)}`)
    .join('; ');
}
