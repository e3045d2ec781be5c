import type { FaultRule } from '../../local/cloud/faults';
import type { Random } from '../../local/estates/random';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * What may happen next, as plain data. Numbers choose among what there is when the step is taken, so that a step means
 * something still when the ones before it are left out.
 */
export type Step =
  | {
      do: 'ask';
      by: 'ren' | 'bo';
      what: number[];
      whom: number[];
      startInMs: number | null;
      forMs: number | null;
    }
  | { do: 'decide'; by: 'ada' | 'bo'; which: number; approve: boolean; dies: Death | null }
  | { do: 'decide-at-once'; which: number }
  /** One process stands still while it approves; meanwhile somebody else revokes. */
  | { do: 'decide-and-revoke'; which: number; stallAt: number }
  | { do: 'withdraw'; which: number }
  | { do: 'revoke'; which: number; dies: Death | null }
  | { do: 'wind'; byMs: number }
  | { do: 'read-directory' }
  | { do: 'poll'; how: Poll }
  | ({ do: 'accept' } & Who)
  | ({ do: 'reject' } & Who)
  | ({ do: 'leave' } & Who)
  | ({ do: 'join' } & Roamer)
  | ({ do: 'move' } & Roamer)
  | ({ do: 'part' } & Roamer)
  | { do: 'delete-folder'; which: number }
  | ({ do: 'place' } & Who)
  | ({ do: 'take-out' } & Who)
  | { do: 'hand-make'; what: number[]; whom: number[]; namedLikeOurs: boolean }
  | { do: 'hand-change'; which: number; change: HandChange; what: number; whom: number }
  | { do: 'hand-list'; image: number; whom: number; add: boolean }
  /** Somebody meddles with a share of ours in the console. */
  | { do: 'meddle'; which: number; change: HandChange; what: number; whom: number };

interface Who {
  who: number;
  which: number;
}
interface Roamer {
  who: number;
  where: number;
}

export type HandChange = 'add-resource' | 'add-target' | 'take-resource' | 'take-target' | 'delete';

export interface Death {
  /** The process dies at its nth call to the store or the provider, or at its nth write to the provider. */
  nth: number;
  of: 'call' | 'write';
  when: 'before' | 'after';
}

export type Poll =
  | { is: 'calm' }
  | { is: 'faults'; faults: FaultRule[] }
  | ({ is: 'dies' } & Death)
  /** One stands still at its nth call while another runs from beginning to end. */
  | { is: 'two'; nth: number; of: Death['of']; meanwhileMs: number }
  /** There is time for so many calls only. */
  | { is: 'short'; calls: number };

type Draw = (random: Random) => Step;

/** Each kind of step with how often it is drawn. */
const KINDS: [weight: number, Draw][] = [
  [14, drawAsk],
  [16, drawDecide],
  [1, (random) => ({ do: 'decide-at-once', which: random.int(0, 9) })],
  [1, (random) => ({ do: 'withdraw', which: random.int(0, 9) })],
  [7, (random) => ({ do: 'revoke', which: random.int(0, 9), dies: drawDeath(random, 0.15, 25) })],
  [14, (random) => ({ do: 'wind', byMs: drawWind(random) })],
  [2, (random) => ({ do: 'decide-and-revoke', which: random.int(0, 9), stallAt: random.int(1, 20) })],
  [4, () => ({ do: 'read-directory' })],
  [24, (random) => ({ do: 'poll', how: drawPoll(random) })],
  [9, (random) => ({ do: 'accept', ...drawWho(random) })],
  [3, (random) => ({ do: 'reject', ...drawWho(random) })],
  [4, (random) => ({ do: 'leave', ...drawWho(random) })],
  [2, (random) => ({ do: 'join', ...drawRoamer(random) })],
  [1, (random) => ({ do: 'move', ...drawRoamer(random) })],
  [2, (random) => ({ do: 'part', ...drawRoamer(random) })],
  [1, (random) => ({ do: 'delete-folder', which: random.int(0, 9) })],
  [2, (random) => ({ do: 'place', ...drawWho(random) })],
  [1, (random) => ({ do: 'take-out', ...drawWho(random) })],
  [2, drawHandMake],
  [2, (random) => ({ do: 'hand-change', ...drawHandChange(random) })],
  [
    1,
    (random) => ({
      do: 'hand-list',
      image: random.int(0, 9),
      whom: random.int(0, 19),
      add: random.chance(0.7),
    }),
  ],
  [2, (random) => ({ do: 'meddle', ...drawHandChange(random) })],
];
const ALL_WEIGHTS = KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** The steps of a run: at first somebody asks and is heard, so that there is something to follow. */
export function drawSteps(random: Random, count: number): Step[] {
  const first: Draw[] = [drawAsk, drawDecide, drawAsk, drawDecide];
  return Array.from({ length: count }, (_, number) => (first[number] ?? drawStep)(random));
}

function drawStep(random: Random): Step {
  let at = random.int(0, ALL_WEIGHTS - 1);
  for (const [weight, draw] of KINDS) {
    if (at < weight) return draw(random);
    at -= weight;
  }
  throw new Error('The weights do not add up');
}

function drawAsk(random: Random): Step {
  const starts = [null, null, null, null, 90 * SECOND_MS, HOUR_MS, DAY_MS] as const;
  const lasts = [null, null, null, 3 * MINUTE_MS, HOUR_MS, DAY_MS, 5 * DAY_MS, 20 * DAY_MS] as const;
  return {
    do: 'ask',
    by: random.chance(0.8) ? 'ren' : 'bo',
    what: drawSome(random, 4, 19),
    whom: drawSome(random, 4, 19),
    startInMs: random.pick(starts),
    forMs: random.pick(lasts),
  };
}

function drawDecide(random: Random): Step {
  return {
    do: 'decide',
    by: random.chance(0.8) ? 'ada' : 'bo',
    which: random.int(0, 9),
    approve: random.chance(0.85),
    dies: drawDeath(random, 0.15, 25),
  };
}

function drawDeath(random: Random, share: number, callsMax: number): Death | null {
  if (!random.chance(share)) return null;
  return { nth: random.int(1, callsMax), of: 'call', when: random.pick(['before', 'after']) };
}

function drawWind(random: Random): number {
  const winds = [
    SECOND_MS,
    3 * SECOND_MS,
    5 * SECOND_MS,
    20 * SECOND_MS,
    MINUTE_MS,
    MINUTE_MS,
    10 * MINUTE_MS,
  ] as const;
  const long = [HOUR_MS, 7 * HOUR_MS, DAY_MS, DAY_MS, 3 * DAY_MS, 8 * DAY_MS, 16 * DAY_MS] as const;
  return random.chance(0.7) ? random.pick(winds) : random.pick(long);
}

function drawPoll(random: Random): Poll {
  const at = random.int(1, 100);
  if (at <= 45) return { is: 'calm' };
  if (at <= 68)
    return { is: 'faults', faults: Array.from({ length: random.int(1, 3) }, () => drawFault(random)) };
  if (at <= 80) return { is: 'dies', ...drawPlace(random), when: random.pick(['before', 'after']) };
  if (at <= 95) {
    const meanwhileMs = random.pick([SECOND_MS, 4 * SECOND_MS, 61 * SECOND_MS]);
    return { is: 'two', ...drawPlace(random), meanwhileMs };
  }
  return { is: 'short', calls: random.int(0, 8) };
}

function drawPlace(random: Random): { nth: number; of: Death['of'] } {
  return random.chance(0.5) ? { nth: random.int(1, 60), of: 'call' } : { nth: random.int(1, 4), of: 'write' };
}

const WRITES = [
  'CreateResourceShare',
  'AssociateResourceShare',
  'DisassociateResourceShare',
  'DeleteResourceShare',
  'ModifyImageSharePermission',
] as const;
const READS = [
  'ListResourceShares',
  'ListResourceShareAssociations',
  'DescribeImageSharePermission',
  'AssumeRole',
] as const;

function drawFault(random: Random): FaultRule {
  const action = random.chance(0.7) ? random.pick(WRITES) : random.pick(READS);
  return {
    action,
    fault: random.pick<FaultRule['fault']>([
      { kind: 'throttle', retryAfterMs: 1 },
      { kind: 'error', status: 503, code: 'ServiceUnavailable', when: 'before' },
      { kind: 'error', status: 500, code: 'InternalError', when: 'after' },
      { kind: 'html', when: random.pick(['before', 'after']) },
      { kind: 'redirect' },
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'after' },
      { kind: 'reset', when: 'after' },
      { kind: 'timeout', when: random.pick(['before', 'after']) },
    ]),
    // A read is repeated four times before it is given up.
    count: random.pick([1, 1, 2, 5]),
    skip: random.pick([0, 0, 1, 2]),
  };
}

function drawWho(random: Random): Who {
  return { who: random.int(0, 19), which: random.int(0, 9) };
}

function drawRoamer(random: Random): Roamer {
  return { who: random.int(0, 9), where: random.int(0, 9) };
}

function drawHandMake(random: Random): Step {
  return {
    do: 'hand-make',
    what: drawSome(random, 2, 19),
    whom: drawSome(random, 2, 19),
    namedLikeOurs: random.chance(0.3),
  };
}

function drawHandChange(random: Random): { which: number; change: HandChange; what: number; whom: number } {
  return {
    which: random.int(0, 9),
    change: random.pick<HandChange>(['add-resource', 'add-target', 'take-resource', 'take-target', 'delete']),
    what: random.int(0, 19),
    whom: random.int(0, 19),
  };
}

function drawSome(random: Random, most: number, max: number): number[] {
  return Array.from({ length: random.int(1, most) }, () => random.int(0, max));
}
