import { expect, test } from 'vitest';
import { problemResponse } from '../../../shared/edge/problem';
import type { EdgeRefusal } from '../../../shared/edge/edge-refusal';
import type { Refusal } from '../../../shared/flow/refusal';

const EVERY: [number, Refusal | EdgeRefusal][] = [
  [403, { reason: 'role-needed', needs: ['approver', 'operator'] }],
  [404, { reason: 'not-found', what: 'request', id: 'req-1' }],
  [404, { reason: 'not-found', what: 'webhook-endpoint', id: 'whe_1' }],
  [403, { reason: 'own-request' }],
  [403, { reason: 'not-yours' }],
  [409, { reason: 'wrong-state', state: 'denied', needs: 'pending' }],
  [422, { reason: 'invalid', problems: [{ pointer: '/a', code: 'required', message: 'Must be there' }] }],
  [409, { reason: 'busy' }],
  [401, { reason: 'token-missing' }],
  [401, { reason: 'token-expired' }],
  [401, { reason: 'token-refused' }],
  [503, { reason: 'issuer-unreachable' }],
  [503, { reason: 'store-unreachable' }],
  [503, { reason: 'out-of-time' }],
  [404, { reason: 'unknown-path', path: '/v2' }],
  [405, { reason: 'unknown-method', method: 'PUT', allowed: ['GET', 'HEAD'] }],
  [413, { reason: 'body-too-large', bytesMax: 10 }],
  [400, { reason: 'body-not-json', why: 'it is empty' }],
  [415, { reason: 'media-type', got: 'text/plain' }],
  [400, { reason: 'unreadable-event', why: 'it is not JSON' }],
  [412, { reason: 'precondition-failed', state: 'approved', version: 4 }],
  [422, { reason: 'idempotency-key-reused', firstMs: 1_796_083_200_000 }],
  [409, { reason: 'idempotency-in-flight' }],
  [500, { reason: 'failed' }],
];

test.each(EVERY)('%i %j is a problem that says what happened and what to do', async (status, refusal) => {
  const response = problemResponse(refusal, '1-64f6cd87');
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({
    type: `urn:sharekeeper:problem:${refusal.reason}`,
    status,
    instance: '1-64f6cd87',
    code: refusal.reason,
  });
  expect(problem.title).toMatch(/^[A-Z].+[^.]$/);
  expect(problem.detail).toMatch(/^[A-Z].+\.$/);
  expect(problem.nextStep).toMatch(/^[A-Z].+\.$/);
});

test('a refused token is challenged, and a missing one without an error code', () => {
  const challenge = (reason: 'token-missing' | 'token-refused' | 'token-expired') =>
    problemResponse({ reason }, 'x').headers.get('www-authenticate');
  expect(challenge('token-missing')).toBe('Bearer realm="sharekeeper"');
  expect(challenge('token-refused')).toBe('Bearer realm="sharekeeper", error="invalid_token"');
  expect(challenge('token-expired')).toBe('Bearer realm="sharekeeper", error="invalid_token"');
});

test('whoever may try again is told when', () => {
  expect(problemResponse({ reason: 'busy' }, 'x').headers.get('retry-after')).toBe('1');
  expect(problemResponse({ reason: 'store-unreachable' }, 'x').headers.get('retry-after')).toBe('5');
});

test('a method that an address does not take is answered with those that it takes', () => {
  const response = problemResponse(
    { reason: 'unknown-method', method: 'PUT', allowed: ['GET', 'HEAD'] },
    'x',
  );
  expect(response.headers.get('allow')).toBe('GET, HEAD');
});

test('every field problem is told, up to a hundred', async () => {
  const problems = Array.from({ length: 150 }, (_, at) => ({ pointer: `/a/${at}`, code: 'x', message: 'y' }));
  const problem = (await problemResponse({ reason: 'invalid', problems }, 'x').json()) as {
    errors: unknown[];
  };
  expect(problem.errors).toHaveLength(100);
  expect(problem.errors[0]).toEqual({ pointer: '/a/0', code: 'x', message: 'y' });
});
