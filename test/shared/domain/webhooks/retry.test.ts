import { describe, expect, it } from 'vitest';
import { nextStep, retryAfterMs, type AttemptAnswer } from '../../../../shared/domain/webhooks/retry';

const NOW_MS = 1_763_700_000_000;
const answered = (status: number, after: number | null = null): AttemptAnswer => ({
  is: 'answered',
  status,
  retryAfterMs: after,
});

describe('the retry schedule', () => {
  it('waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, and then disables the endpoint', () => {
    const steps = Array.from({ length: 10 }, (_, made) => nextStep(answered(500), made + 1, NOW_MS, 0));
    expect(steps.map((step) => (step.is === 'retry' ? step.atMs - NOW_MS : step.is))).toEqual([
      5_000,
      300_000,
      1_800_000,
      7_200_000,
      18_000_000,
      36_000_000,
      50_400_000,
      72_000_000,
      86_400_000,
      'disable',
    ]);
    expect(steps[9]).toEqual({
      is: 'disable',
      status: 500,
      why: '10 attempts failed; the last one: The receiver answered 500',
    });
  });

  it('waits up to a fifth longer by chance', () => {
    expect(nextStep(answered(500), 2, NOW_MS, 0.5)).toMatchObject({ atMs: NOW_MS + 330_000 });
    expect(nextStep(answered(500), 2, NOW_MS, 0.999_999)).toMatchObject({ atMs: NOW_MS + 360_000 });
  });

  it('gives the receiver the time that it asks for, up to a day', () => {
    expect(nextStep(answered(429, 600_000), 1, NOW_MS, 0)).toMatchObject({ atMs: NOW_MS + 600_000 });
    expect(nextStep(answered(503, 1), 2, NOW_MS, 0)).toMatchObject({ atMs: NOW_MS + 300_000 });
    expect(nextStep(answered(503, 31_536_000_000), 1, NOW_MS, 0)).toMatchObject({
      atMs: NOW_MS + 86_400_000,
    });
  });
});

describe('an attempt', () => {
  it.each([200, 201, 202, 204, 299])('is delivered when the receiver answers %i', (status) => {
    expect(nextStep(answered(status), 10, NOW_MS, 0)).toEqual({ is: 'delivered', status });
  });

  it.each([0, 199, 301, 302, 307, 308, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504, 999])(
    'is repeated when the receiver answers %i',
    (status) => {
      expect(nextStep(answered(status), 1, NOW_MS, 0)).toMatchObject({ is: 'retry', status });
    },
  );

  it('is repeated when there was no answer', () => {
    expect(
      nextStep({ is: 'failed', why: 'No answer in time', permanent: false }, 1, NOW_MS, 0),
    ).toMatchObject({
      is: 'retry',
      status: null,
      why: 'No answer in time',
    });
  });

  it('disables the endpoint at once when the receiver says that it is gone, or its address is refused', () => {
    expect(nextStep(answered(410), 1, NOW_MS, 0)).toEqual({
      is: 'disable',
      status: 410,
      why: 'The receiver answered 410: it wants no more events',
    });
    expect(
      nextStep({ is: 'failed', why: 'not a public address', permanent: true }, 1, NOW_MS, 0),
    ).toMatchObject({
      is: 'disable',
      status: null,
    });
  });
});

describe('a Retry-After header', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Fri, 21 Nov 2025 04:41:00 GMT', 60_000],
    ['Fri, 21 Nov 2025 04:39:00 GMT', 0],
    ['-5', null],
    ['1e9', null],
    ['99999999999999999999', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('of %j asks for %j ms', (header, ms) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(ms);
  });
});
