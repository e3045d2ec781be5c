import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/cloud/faults';
import { type TestCloud, rows, startTestCloud, stopTestCloud } from '../../kit/local-cloud';
import { callProvider, codeOf } from '../../kit/openapi-client';
import { keyOf } from '../../kit/world';
import { MEMBER, OWNER, shareWorld } from './share-stage';

let stage: TestCloud;
beforeEach(async () => {
  stage = await startTestCloud(shareWorld());
});
afterEach(() => stopTestCloud(stage));

function create(accountId = OWNER, readTimeoutMs = 5_000): Promise<unknown> {
  return callProvider(
    'CreateResourceShare',
    { ResourceShareName: 'x' },
    {
      endpoint: stage.cloud.endpoints['cn-hangzhou'] ?? '',
      credentials: keyOf(accountId),
      version: '2020-01-10',
      readTimeoutMs,
    },
  );
}

async function failure(readTimeoutMs?: number): Promise<Record<string, unknown>> {
  return (await create(OWNER, readTimeoutMs).then(
    () => ({ name: 'none' }),
    (error: unknown) => error,
  )) as Record<string, unknown>;
}

async function shareCount(): Promise<number> {
  const listed = await stage.call(OWNER, 'ListResourceShares', { ResourceOwner: 'Self' });
  return rows(listed, 'ResourceShares').length;
}

const CASES: [string, FaultKind, Record<string, unknown>, number][] = [
  [
    'a throttled call',
    { kind: 'throttle', retryAfterMs: 700 },
    { code: 'Throttling.User', statusCode: 400, retryAfter: 700 },
    0,
  ],
  [
    'a throttled call with another code and status',
    { kind: 'throttle', code: 'Throttling.Api', status: 429 },
    { code: 'Throttling.Api', statusCode: 429 },
    0,
  ],
  [
    'an unavailable service',
    { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    { code: 'ServiceUnavailable', statusCode: 503 },
    0,
  ],
  [
    'an internal error after the effect',
    { kind: 'error', status: 500, code: 'InternalError', when: 'after' },
    { code: 'InternalError', statusCode: 500 },
    1,
  ],
  ['a page of HTML', { kind: 'html' }, { name: 'SyntaxError' }, 0],
  ['a page of HTML after the effect', { kind: 'html', when: 'after' }, { name: 'SyntaxError' }, 1],
  ['a bare redirect', { kind: 'redirect' }, { name: 'SyntaxError' }, 0],
  ['a timeout before the effect', { kind: 'timeout', when: 'before' }, { name: 'RequestTimeoutError' }, 0],
  ['a timeout after the effect', { kind: 'timeout', when: 'after' }, { name: 'RequestTimeoutError' }, 1],
  ['a reset connection before the effect', { kind: 'reset', when: 'before' }, { code: 'ECONNRESET' }, 0],
  ['a reset connection after the effect', { kind: 'reset', when: 'after' }, { code: 'ECONNRESET' }, 1],
  [
    'an answer later than the client waits',
    { kind: 'slow', delayMs: 2_000 },
    { name: 'RequestTimeoutError' },
    1,
  ],
  ['an answer that is only late', { kind: 'slow', delayMs: 20 }, { name: 'none' }, 1],
];

describe('a fault that hits one call', () => {
  it.each(CASES)('%s', async (_, fault, seen, sharesMade) => {
    stage.cloud.faults.add({ action: 'CreateResourceShare', fault, count: 1 });
    const isTimeout = seen['name'] === 'RequestTimeoutError';
    expect(await failure(isTimeout ? 400 : 5_000)).toMatchObject(seen);
    expect(await shareCount()).toBe(sharesMade);
    expect(await codeOf(create())).toBe('OK');
    expect(stage.cloud.faults.active).toEqual([]);
  });

  it.each([
    [{ kind: 'timeout', when: 'after' }, 'NoAnswer', 0],
    [{ kind: 'reset', when: 'before' }, 'ConnectionReset', 0],
    [{ kind: 'html' }, 'NotJson', 503],
    [{ kind: 'throttle' }, 'Throttling.User', 400],
  ] satisfies [FaultKind, string, number][])('is written down: %j', async (fault, code, status) => {
    stage.cloud.faults.add({ fault, count: 1 });
    await failure(400);
    expect(stage.cloud.calls.records.at(-1)).toMatchObject({ accountId: OWNER, code, status });
  });
});

describe('a fault', () => {
  const fault: FaultKind = { kind: 'error', status: 503, code: 'ServiceUnavailable' };

  it('hits only calls that fit', async () => {
    stage.cloud.faults.add({ accountId: MEMBER, fault });
    stage.cloud.faults.add({ action: 'DeleteResourceShare', fault });
    stage.cloud.faults.add({ product: 'Ecs', fault });
    stage.cloud.faults.add({ regionId: 'cn-shanghai', fault });
    expect(await codeOf(create(OWNER))).toBe('OK');
    expect(await codeOf(create(MEMBER))).toBe('ServiceUnavailable');
    const elsewhere = stage.call(OWNER, 'DescribeRegions', {}, { regionId: 'cn-shanghai' });
    expect(await codeOf(elsewhere)).toBe('ServiceUnavailable');
  });

  it('lets the first calls pass, hits so many, and is used up', async () => {
    stage.cloud.faults.add({ fault, skip: 1, count: 2 });
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push(await codeOf(create()));
    expect(codes).toEqual(['OK', 'ServiceUnavailable', 'ServiceUnavailable', 'OK']);
  });

  it('without a count stays until it is switched off', async () => {
    const id = stage.cloud.faults.add({ fault });
    expect(await codeOf(create())).toBe('ServiceUnavailable');
    expect(await codeOf(create())).toBe('ServiceUnavailable');
    expect(stage.cloud.faults.remove(id)).toBe(true);
    expect(stage.cloud.faults.remove(id)).toBe(false);
    expect(await codeOf(create())).toBe('OK');
  });
});
