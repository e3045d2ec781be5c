import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderCall } from '../../../shared/domain/sharing/provider-call';
import { ProviderError } from '../../../shared/flow/ports';
import { providerClient, type ProviderClientOptions } from '../../../shared/alicloud/provider-client';
import { sharingProvider } from '../../../shared/alicloud/sharing-provider';
import {
  configurationAt,
  CREDENTIALS,
  hangUp,
  json,
  outside,
  page,
  silence,
  type Outside,
  type Say,
} from './outside';

const OWN = { accountId: '1000000000000001', regionId: 'cn-hangzhou', credentials: CREDENTIALS };
const PLACE = { ownerAccountId: '1000000000000001', regionId: 'cn-hangzhou' };
const DELETE: ProviderCall = { call: 'DeleteResourceShare', resourceShareId: 'rs-1' };
const REFUSAL = { RequestId: 'R-1', HostId: 'rs', Message: 'Denied.' };
const NO_SNAPSHOTS = { RequestId: 'R-2', SharedResources: [] };

let provider: Outside | undefined;
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

async function clientTo(answers: Say[], options: ProviderClientOptions = {}) {
  provider = await outside(...answers);
  const configuration = configurationAt({ '*/*': provider.url });
  const client = providerClient(configuration, OWN, { nowMs: Date.now }, { random: () => 0, ...options });
  return { client, outside: provider };
}

async function write(answer: Say, options: ProviderClientOptions = {}) {
  const { client } = await clientTo([answer], options);
  return sharingProvider(client).apply(PLACE, DELETE);
}

async function read(answers: Say[], options: ProviderClientOptions = {}) {
  const { client } = await clientTo(answers, options);
  const place = { accountId: PLACE.ownerAccountId, regionId: PLACE.regionId };
  return client.call('ResourceSharing', 'ListSharedResources', place, { ResourceOwner: 'Self' });
}

async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderError)) throw new Error(`expected a ProviderError, got ${String(error)}`);
  return error;
}

describe('a write', () => {
  it.each([400, 403, 429, 503])('that is throttled with status %i may be made again', async (status) => {
    const answer = json(status, { ...REFUSAL, Code: 'Throttling.User' }, { 'x-acs-retry-after': '250' });
    expect(await write(answer)).toEqual({ is: 'try-again', code: 'Throttling.User', afterMs: 250 });
  });

  it('is never made twice by itself, not even when it is throttled', async () => {
    await write(json(400, { ...REFUSAL, Code: 'Throttling' }, { 'x-acs-retry-after': '1' }));
    expect(provider?.requests).toHaveLength(1);
  });

  it('is not taken for throttled because of a 429 alone', async () => {
    expect(await write(json(429, { ...REFUSAL, Code: 'QuotaExceeded.ResourceShare.Count' }))).toEqual({
      is: 'refused',
      requestId: 'R-1',
      code: 'QuotaExceeded.ResourceShare.Count',
      message: 'DeleteResourceShare was refused: Denied.',
    });
  });

  it.each([
    'AssociateConflict',
    'DisassociateConflict',
    'ExternalTargetWithdrawConflict',
    'DeleteResourceShareConflict',
  ])('in the way of a step under way (%s) may be made again when that is over', async (Code) => {
    expect(await write(json(409, { ...REFUSAL, Code }))).toEqual({
      is: 'try-again',
      code: Code,
      afterMs: 10_000,
    });
  });

  it.each([
    ['a server error', json(500, { ...REFUSAL, Code: 'InternalError' })],
    ['a service that is unavailable', json(503, { ...REFUSAL, Code: 'ServiceUnavailable' })],
    ['an error without a code', json(400, { RequestId: 'R-1' })],
    ['an error that is null', json(400, null)],
    ['a page in place of an error', page(502, '<html>502</html>')],
    ['a page in place of an answer', page(200, '<html>Welcome</html>')],
    ['a redirect', page(302, '')],
    ['a redirect with words', json(302, { RequestId: 'R-1' })],
    ['an empty error', page(504, '')],
    ['an empty answer', page(200, '')],
    ['an answer without its request id', json(200, {})],
    ['an answer that is a list', json(200, [])],
    ['a connection that is cut', hangUp],
  ])('that ends with %s may have been carried out', async (_what, answer) => {
    expect(await write(answer)).toMatchObject({ is: 'unknown' });
    expect(provider?.requests).toHaveLength(1);
  });

  it('that is never answered may have been carried out, and is given up at its deadline', async () => {
    expect(await write(silence, { deadlineMs: 500 })).toEqual({
      is: 'unknown',
      why: 'RequestTimeoutError: DeleteResourceShare got no answer that can be read: no answer within 500 ms. It may have been carried out: look before repeating it.',
    });
  });

  it('whose answer comes drop by drop is given up at its deadline', async () => {
    const drops: Say = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };
    expect(await write(drops, { deadlineMs: 500 })).toMatchObject({
      is: 'unknown',
      why: expect.stringContaining('no answer within 500 ms'),
    });
  });

  it('that could not be sent may be made again', async () => {
    const closed = await outside(silence);
    await closed.close();
    const client = providerClient(configurationAt({ '*/*': closed.url }), OWN, { nowMs: Date.now });
    expect(await sharingProvider(client).apply(PLACE, DELETE)).toEqual({
      is: 'try-again',
      code: 'ECONNREFUSED',
      afterMs: 1_000,
    });
  });

  it('is not sent at all when no time is left to hear the answer', async () => {
    const outcome = await write(json(200, { RequestId: 'R-1' }), { timeLeft: () => 100 });
    expect(outcome).toEqual({ is: 'try-again', code: 'OutOfTime', afterMs: 0 });
    expect(provider?.requests).toHaveLength(0);
  });
});

describe('a read', () => {
  it.each([
    ['throttled', json(400, { ...REFUSAL, Code: 'Throttling.Api' }, { 'x-acs-retry-after': '1' })],
    ['unavailable', json(503, { ...REFUSAL, Code: 'ServiceUnavailable' })],
    ['a page', page(502, '<html>502</html>')],
    ['empty', page(200, '')],
    ['cut off', hangUp],
    ['a redirect', page(302, '')],
  ])('that is %s at first is made again until it is answered', async (_what, answer) => {
    const body = await read([answer, answer, json(200, NO_SNAPSHOTS)]);
    expect(body.text('RequestId')).toBe('R-2');
    expect(provider?.requests).toHaveLength(3);
  });

  it('that fails again and again is given up after four attempts', async () => {
    const failure = await failureOf(read([json(503, { ...REFUSAL, Code: 'ServiceUnavailable' })]));
    expect(failure).toMatchObject({ kind: 'try-again', code: 'ServiceUnavailable', requestId: 'R-1' });
    expect(provider?.requests).toHaveLength(4);
  });

  it('that is refused is not made again, and keeps the code, the words and the request id', async () => {
    const failure = await failureOf(read([json(403, { ...REFUSAL, Code: 'NoPermission' })]));
    expect(failure).toMatchObject({
      kind: 'refused',
      code: 'NoPermission',
      requestId: 'R-1',
      message: 'ListSharedResources was refused: Denied.',
    });
    expect(provider?.requests).toHaveLength(1);
  });

  it('that shall wait longer than there is time is left to the next run', async () => {
    const answer = json(400, { ...REFUSAL, Code: 'Throttling' }, { 'x-acs-retry-after': '3000' });
    const failure = await failureOf(read([answer], { timeLeft: () => 2_000 }));
    expect(failure).toMatchObject({ kind: 'try-again', code: 'Throttling', afterMs: 3_000 });
    expect(provider?.requests).toHaveLength(1);
  });

  it('waits as long as the provider asks before it is made again', async () => {
    const answer = json(400, { ...REFUSAL, Code: 'Throttling' }, { 'x-acs-retry-after': '300' });
    const startMs = Date.now();
    await read([answer, json(200, NO_SNAPSHOTS)]);
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(295);
  });

  it('spreads its repetitions with the randomness that it is given', async () => {
    const startMs = Date.now();
    await read([hangUp, json(200, NO_SNAPSHOTS)], { random: () => 0.75 });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(295);
  });

  it('whose answer lacks a field says which, and is not taken for an empty one', async () => {
    const { client } = await clientTo([json(200, { RequestId: 'R-1' })]);
    const failure = await failureOf(sharingProvider(client).observe(PLACE, []));
    expect(failure).toMatchObject({ kind: 'unknown', code: 'UnexpectedAnswer' });
    expect(failure.message).toContain('ListResourceShareAssociations.ResourceShareAssociations is missing');
  });
});
