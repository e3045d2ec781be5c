import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { windableClock, type WindableClock } from '../../../local/clock';
import { verifyDelivery } from '../../../local/people/webhook-signature';
import { type Receiver, startReceiver } from '../../../local/people/receiver';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const startMs = Date.parse('2027-03-01T12:00:00Z');
let clock: WindableClock;
let receiver: Receiver;
beforeEach(async () => {
  clock = windableClock(0, () => startMs);
  receiver = await startReceiver({ port: 0, clock });
  receiver.setSecret(secret);
});
afterEach(() => receiver.close());

const deliver = (
  body: string,
  how: { key?: string; timeMs?: number; signature?: string; path?: string } = {},
) => {
  const time = new Date(how.timeMs ?? clock.nowMs());
  const signature = how.signature ?? new Webhook(how.key ?? secret).sign('msg_1', time, body);
  return fetch(receiver.url + (how.path ?? '/'), {
    method: 'POST',
    body,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
      'webhook-signature': signature,
    },
  });
};

test('a delivery that the reference library signed is believed, and kept', async () => {
  const answer = await deliver('{"type":"request.created"}', { path: '/hook' });

  expect(answer.status).toBe(204);
  expect(receiver.received).toMatchObject([
    {
      path: '/hook',
      json: { type: 'request.created' },
      verdict: { valid: true },
      receivedMs: startMs,
      status: 204,
    },
  ]);
});

test('the published vector of the specification verifies at its own time, and no longer today', () => {
  const delivery = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    body: Buffer.from('{"test": 2432232314}'),
  };

  expect(verifyDelivery(delivery, [secret], 1_614_265_330_999)).toEqual({ valid: true });
  expect(verifyDelivery(delivery, [secret], 1_614_265_731_000)).toEqual({
    valid: false,
    reason: 'webhook-timestamp is 401 s old',
  });
});

test('a body that was changed, a wrong key, and no signature at all are refused', async () => {
  const signature = new Webhook(secret).sign('msg_1', new Date(startMs), '{"a":1}');

  expect((await deliver('{"a":2}', { signature })).status).toBe(401);
  expect((await deliver('{}', { key: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).status).toBe(401);
  expect((await fetch(receiver.url, { method: 'POST', body: '{}' })).status).toBe(401);
});

test('a time more than 300 seconds off the clock is refused either way', async () => {
  expect((await deliver('{}', { timeMs: startMs - 300_000 })).status).toBe(204);
  expect((await deliver('{}', { timeMs: startMs - 301_000 })).status).toBe(401);
  expect((await deliver('{}', { timeMs: startMs + 301_000 })).status).toBe(401);
});

test('when the clock is wound, old signatures are refused and new ones believed', async () => {
  clock.wind(3_600_000);

  expect((await deliver('{}', { timeMs: startMs })).status).toBe(401);
  expect((await deliver('{}')).status).toBe(204);
});

test('while a secret is rotated, one right signature among several is enough', async () => {
  const old = new Webhook('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA').sign('msg_1', new Date(startMs), '{}');
  const fresh = new Webhook(secret).sign('msg_1', new Date(startMs), '{}');

  expect((await deliver('{}', { signature: `${old} ${fresh}` })).status).toBe(204);
});

test('it can be told to fail a few times, to ask for patience, and to hang up', async () => {
  receiver.answerWith({ status: 429, retryAfterSeconds: 7 }, 1);
  const busy = await deliver('{}');
  const better = await deliver('{}');
  receiver.answerWith('hang up', 1);

  expect([busy.status, busy.headers.get('retry-after'), better.status]).toEqual([429, '7', 204]);
  await expect(deliver('{}')).rejects.toThrow('fetch failed');
  expect(receiver.received.map(({ status }) => status)).toEqual([429, 204, 0]);
});

test('one can wait for a webhook that has not come yet, and not for ever', async () => {
  const awaited = receiver.waitFor(({ body }) => body.includes('later'), 5000);
  await deliver('{"it":"now"}');
  await deliver('{"it":"later"}');

  expect((await awaited).json).toEqual({ it: 'later' });
  await expect(receiver.waitFor(() => false, 10)).rejects.toThrow(
    'No such webhook within 10 ms; 2 others came',
  );
});

test('the front page shows what came, with its text escaped', async () => {
  await deliver('{"name":"<script>"}');

  expect(await (await fetch(receiver.url)).text()).toContain('&lt;script&gt;');
});
