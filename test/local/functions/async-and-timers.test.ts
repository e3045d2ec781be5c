import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { windableClock } from '../../../local/clock';
import { buildPrograms, eventually, startTinyHost, timerTrigger, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
beforeAll(async () => {
  programs = await buildPrograms();
});
afterAll(() => programs.remove());
afterEach(() => host.stop());

/** A clock that stands at 10:00:30 until it is wound, so that only winding makes a timer due. */
const standingClock = () => windableClock(0, () => Date.parse('2027-01-01T10:00:30Z'));
const echo = 'exports.handler = async (event) => { console.log(event.toString()) }';
const logged = (text: string) => host.lines.filter((line) => line.includes(text)).length;
const asyncInvoke = () =>
  fetch(host.httpUrl('tiny'), { method: 'POST', headers: { 'X-Fc-Invocation-Type': 'Async' } });
const asyncFunction = (code: string, maxAsyncRetryAttempts: number, more: Record<string, unknown> = {}) => ({
  tiny: {
    code,
    props: {
      triggers: [
        {
          triggerName: 'http',
          triggerType: 'http',
          triggerConfig: { authType: 'anonymous', methods: ['POST'] },
        },
      ],
      asyncInvokeConfig: { maxAsyncRetryAttempts, maxAsyncEventAgeInSeconds: 60 },
      ...more,
    },
  },
});

test('a failing event is tried again as often as configured, and each try knows which it is', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    asyncFunction(
      `exports.handler = async (e, context) => { console.log('try', context.retryCount); throw new Error('no') }`,
      2,
    ),
    { clock },
  );

  await asyncInvoke();
  await eventually(() => logged('try 0') === 1 && logged('again in 500 ms') === 1);
  clock.wind(500);
  await eventually(() => logged('try 1') === 1 && logged('again in 1000 ms') === 1);
  clock.wind(1000);
  await host.idle();

  expect([logged('try 2'), logged('FC Invoke Start'), logged('failed for good after 2 retries')]).toEqual([
    1, 3, 1,
  ]);
});

test('an event that fails once and then succeeds is done', async () => {
  host = await startTinyHost(
    programs,
    asyncFunction(
      `exports.handler = async (e, context) => { if (context.retryCount === 0) throw new Error('no') }`,
      3,
    ),
  );

  await asyncInvoke();
  await host.idle();

  expect(logged('FC Invoke Start')).toBe(2);
});

test('a throttled event waits its turn instead of being lost', async () => {
  host = await startTinyHost(
    programs,
    asyncFunction(
      'exports.handler = async (e, context) => new Promise((resolve) => { console.log(`try ${context.retryCount}`); setTimeout(resolve, 100) })',
      0,
      {
        concurrencyConfig: { reservedConcurrency: 1 },
      },
    ),
  );

  await Promise.all([asyncInvoke(), asyncInvoke(), asyncInvoke()]);
  await host.idle();

  expect([logged('FC Invoke End'), logged('try 0')]).toEqual([3, 3]);
  expect(logged('throttled')).toBeGreaterThan(0);
});

test('an event that grew too old while it waited is dropped', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    asyncFunction(`exports.handler = async () => { throw new Error('no') }`, 8),
    {
      clock,
    },
  );

  await asyncInvoke();
  await eventually(() => logged('again in 500 ms') === 1);
  clock.wind(61_000);
  await host.idle();

  expect([logged('FC Invoke Start'), logged('was not done in 60 s')]).toEqual([1, 1]);
});

test('a timer fires when the clock is wound to its tick, with the time, its name and its payload', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    { tiny: { code: echo, props: { triggers: [timerTrigger('0 0/15 * * * *', '{"a":1}')] } } },
    { clock, schedules: true },
  );

  clock.wind(14 * 60_000);
  await host.idle();
  expect(logged('triggerTime')).toBe(0);

  clock.wind(30_000);
  await eventually(() => logged('triggerTime') === 1);
  expect(host.lines.join('\n')).toContain(
    String.raw`{"triggerTime":"2027-01-01T10:15:00Z","triggerName":"tick","payload":"{\"a\":1}"}`,
  );
});

test('a clock wound past many ticks fires once, for the last one', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    { tiny: { code: echo, props: { triggers: [timerTrigger('CRON_TZ=Asia/Shanghai 0 30 3 * * *')] } } },
    { clock, schedules: true },
  );

  clock.wind(10 * 86_400_000);
  await eventually(() => logged('triggerTime') > 0);
  await host.idle();

  expect([logged('triggerTime'), logged('2027-01-10T19:30:00Z')]).toEqual([1, 1]);
});

test('@every counts from the start of the host', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    { tiny: { code: echo, props: { triggers: [timerTrigger('@every 1m')] } } },
    { clock, schedules: true },
  );

  clock.wind(60_000);
  await eventually(() => logged('2027-01-01T10:01:30Z') === 1);
  clock.wind(59_999);
  await host.idle();
  const before = logged('triggerTime');
  clock.wind(1);
  await host.idle();

  expect([before, logged('triggerTime'), logged('2027-01-01T10:02:30Z')]).toEqual([1, 2, 1]);
});

test('schedules that are started later fire from then on, once each however often they are started', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    { tiny: { code: echo, props: { triggers: [timerTrigger('@every 1m')] } } },
    { clock },
  );
  clock.wind(600_000);
  await host.idle();
  const before = logged('triggerTime');

  host.startSchedules();
  host.startSchedules();
  clock.wind(60_000);
  await eventually(() => logged('triggerTime') > 0);
  await host.idle();

  expect([before, logged('triggerTime')]).toEqual([0, 1]);
});

test('with schedules off, only a hand fires a timer, at any time one likes', async () => {
  const clock = standingClock();
  host = await startTinyHost(
    programs,
    {
      tiny: {
        code: 'exports.handler = async (event) => event',
        props: { triggers: [timerTrigger('@every 1m')] },
      },
    },
    { clock },
  );
  clock.wind(600_000);
  await host.idle();

  const byCall = await host.fireTimer('tiny', 'tick', Date.parse('2030-02-03T04:05:06Z'));
  const byCurl = await fetch(`${host.apiUrl}/__fc/timers/tiny/tick?time=2031-01-01T00:00:00Z`, {
    method: 'POST',
  });
  const byDefault = await host.fireTimer('tiny', 'tick');

  expect(byCall.payload.toString()).toBe(
    '{"triggerTime":"2030-02-03T04:05:06Z","triggerName":"tick","payload":"{}"}',
  );
  expect(await byCurl.json()).toMatchObject({
    errorType: null,
    payload: '{"triggerTime":"2031-01-01T00:00:00Z","triggerName":"tick","payload":"{}"}',
  });
  expect(JSON.parse(byDefault.payload.toString()).triggerTime).toBe('2027-01-01T10:10:30Z');
  expect(logged('FC Invoke Start')).toBe(3);
});

test('a timer that does not exist is told so', async () => {
  host = await startTinyHost(programs, { tiny: { code: echo } });

  await expect(host.fireTimer('tiny', 'tick')).rejects.toMatchObject({ code: 'TriggerNotFound' });
  expect((await fetch(`${host.apiUrl}/__fc/timers/tiny/tick`, { method: 'POST' })).status).toBe(404);
});

test('a disabled timer never fires by itself', async () => {
  const clock = standingClock();
  const trigger = timerTrigger('@every 1m');
  trigger.triggerConfig.enable = false;
  host = await startTinyHost(
    programs,
    { tiny: { code: echo, props: { triggers: [trigger] } } },
    { clock, schedules: true },
  );

  clock.wind(600_000);
  await host.idle();

  expect(logged('triggerTime')).toBe(0);
});
