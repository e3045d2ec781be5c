import { describe, expect, it } from 'vitest';
import { runSteps, stepsOf } from './run';
import { traceOf } from './shrink';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const STEPS = 40;

describe('sharing under people, faults and the clock, drawn at random', () => {
  it.each(SEEDS)('holds what it promises at every step and comes to rest (seed %i)', async (seed) => {
    const ran = await runSteps(seed, stepsOf(seed, STEPS));
    expect(ran.failure === null ? '' : traceOf(seed, ran)).toBe('');
    expect(ran.taken).toHaveLength(STEPS);
  });
});
