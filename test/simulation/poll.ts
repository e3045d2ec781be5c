import type { TimeLeft } from '../../shared/flow/ports';
import { convergeAll, type ConvergenceReport } from '../../shared/flow/converge-all';
import { settleRequests } from '../../shared/flow/settle-requests';
import { PLACE } from './estate';
import { Failure } from './failure';
import { allowInvitation, type Memory } from './memory';
import { wantedAt } from './oracle';
import { readStored, sorted } from './stored';
import { Dead, dying, interfered, stalling, type Interference } from './process-under-test';
import type { Poll } from './steps';
import type { Ports } from './stage';

const ample: TimeLeft = () => 60_000;
/** The shortest that a call may be given. */
const IMPATIENT_MS = 700;

/** One run of the poller, or two, under whatever befalls them. */
export async function poll(how: Poll, memory: Memory): Promise<string> {
  const { stage } = memory;
  switch (how.is) {
    case 'calm':
      return await judged(memory, () => run(stage.ports(), memory, ample));
    case 'short': {
      let left = how.calls;
      return await judged(memory, () => run(stage.ports(), memory, () => (left-- > 0 ? 60_000 : 0)));
    }
    case 'faults': {
      const impatient = how.faults.some(({ fault }) => fault.kind === 'timeout');
      for (const fault of how.faults) stage.cloud.faults.add({ ...fault });
      const ports = impatient ? stage.ports(undefined, IMPATIENT_MS) : stage.ports();
      const ended = await judged(memory, () => run(ports, memory, ample));
      stage.cloud.faults.clear();
      return ended;
    }
    case 'dies':
      try {
        return await judged(memory, () => runWith(dying(how), memory));
      } catch (error) {
        if (error instanceof Dead) return 'died';
        throw error;
      }
    case 'two':
      return await judged(memory, () => two(how, memory));
  }
}

/** A look renews what may be granted: only what was wanted since it began. */
async function judged(memory: Memory, work: () => Promise<ConvergenceReport>): Promise<string> {
  const before = new Set(wantedAt(memory.requests, memory.stage.clock.nowMs()).keys());
  const report = await work();
  if (report.places.converged === 1) {
    memory.recently = before;
    return report.calls === 0 ? 'converged' : `converged, ${report.calls} calls`;
  }
  return Object.keys(report.places).join() || 'out of time';
}

export async function run(ports: Ports, memory: Memory, timeLeft: TimeLeft): Promise<ConvergenceReport> {
  const provider = withIntentsChecked(ports.provider, memory);
  await settleRequests(ports, timeLeft);
  return await convergeAll({ ...ports, provider }, [PLACE], timeLeft);
}

function runWith(interference: Interference, memory: Memory): Promise<ConvergenceReport> {
  const process = interfered(interference);
  const ports = memory.stage.ports(process.rows);
  return run({ ...ports, provider: process.provider(ports.provider) }, memory, ample);
}

/** The second one does not ask for the lease: it stands for one that got it because the first one's ran out. */
async function two(how: Extract<Poll, { is: 'two' }>, memory: Memory): Promise<ConvergenceReport> {
  const stall = stalling(how);
  const slow = runWith(stall, memory);
  slow.catch(() => {});
  await Promise.race([slow, stall.reached]);
  await allowDoubles(how.meanwhileMs, memory);
  memory.stage.clock.wind(how.meanwhileMs);
  const ports = memory.stage.ports();
  const leases: Ports['leases'] = {
    holding: async (_name, _ttlMs, work) => ({ is: 'done', value: await work() }),
  };
  try {
    await run({ ...ports, leases }, memory, ample);
  } finally {
    stall.goOn();
  }
  return await slow;
}

/** A creation whose intent is stored is awaited by others for so long. */
const CREATION_AWAITED_MS = 60_000;

/** Two that know nothing of each other's intents may each make a share for the same account, and invite it twice. */
async function allowDoubles(meanwhileMs: number, memory: Memory): Promise<void> {
  const { shares } = sorted(await readStored(memory.stage.ports().rows));
  const intended = shares.flatMap(({ doc: { intent } }) =>
    intent?.call.call === 'CreateResourceShare' ? intent.call.targets : [],
  );
  const awaited = new Set(meanwhileMs < CREATION_AWAITED_MS ? intended : []);
  const principals = memory.requests.flatMap((request) => request.principals.map(({ id }) => id));
  for (const id of new Set(principals)) if (!awaited.has(id)) allowInvitation(memory, id);
}

/** No write reaches the provider unless its intent is stored already. */
function withIntentsChecked(provider: Ports['provider'], memory: Memory): Ports['provider'] {
  return {
    observe: (place, imageIds) => provider.observe(place, imageIds),
    async apply(place, call) {
      const said = JSON.stringify(call);
      const made = (memory.applied.get(said) ?? 0) + 1;
      memory.applied.set(said, made);
      const stored = await readStored(memory.stage.ports().rows);
      const intended = stored
        .flatMap(({ events }) => events)
        .filter(({ type, data }) => type === 'share.call_intended' && JSON.stringify(data['call']) === said);
      if (intended.length < made) throw new Failure(`Not intended before it was done: ${said}`);
      return await provider.apply(place, call);
    },
  };
}
