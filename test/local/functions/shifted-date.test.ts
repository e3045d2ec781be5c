import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { windableClock } from '../../../local/clock';
import { buildPrograms, eventually, startTinyHost, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
beforeAll(async () => {
  programs = await buildPrograms();
});
afterAll(() => programs.remove());
afterEach(() => host.stop());

const dayMs = 86_400_000;
const start = async (expression: string, clock = windableClock()) => {
  host = await startTinyHost(
    programs,
    { tiny: { code: `exports.handler = async (event) => (${expression})` } },
    { clock },
  );
};
const call = async () => JSON.parse((await host.invoke('tiny', Buffer.alloc(0))).payload.toString());
/** Days ahead of the machine, as seen by the function. */
const daysAhead = (timeMs: number) => Math.round((timeMs - Date.now() + 1000) / dayMs);

test('a function started by a wound clock sees the wound date', async () => {
  await start(
    '{ now: Date.now(), new: +new Date(), text: Date.parse(Date()), subclass: +new (class extends Date {})() }',
    windableClock(3 * dayMs),
  );

  const { now, new: fresh, text, subclass } = await call();

  expect([now, fresh, text, subclass].map(daysAhead)).toEqual([3, 3, 3, 3]);
});

test('winding the clock moves the date of an instance that is frozen between calls', async () => {
  await start('{ now: Date.now(), pid: process.pid }');
  const before = await call();

  host.clock.wind(30 * dayMs);
  const after = await call();

  expect([daysAhead(before.now), daysAhead(after.now)]).toEqual([0, 30]);
  expect(after.pid).toBe(before.pid);
});

test('winding the clock moves the date of a function in the middle of its work', async () => {
  await start(
    `console.log('working') ?? new Promise((resolve) => { const start = Date.now(); const look = setInterval(() => { if (Date.now() - start > 1e7) { clearInterval(look); resolve({ now: Date.now() }) } }, 1) })`,
  );

  const answer = call();
  await eventually(() => host.lines.some((line) => line.includes('working')));
  host.clock.wind(2 * dayMs);

  expect(daysAhead((await answer).now)).toBe(2);
});

test('everything else about Date stays as it is, and so does performance.now', async () => {
  await start(
    `(() => { class Own extends Date { year() { return this.getUTCFullYear() } }
      const own = new Own('2020-05-06T00:00:00Z'); const fresh = new Date(); return {
        parsed: Date.parse('2020-01-01T00:00:00Z'), utc: Date.UTC(2020, 0, 1), copy: +new Date(5), parts: new Date(2020, 0, 1).getFullYear(),
        nothing: String(new Date(undefined)),
        own: [own.year(), own instanceof Own, own instanceof Date, Object.getPrototypeOf(Own) === Date],
        instance: fresh instanceof Date, constructor: fresh.constructor === Date, name: Date.name, length: Date.length,
        kind: Object.prototype.toString.call(fresh), isDate: require('node:util').types.isDate(fresh), text: typeof Date(),
        json: JSON.stringify(new Date(0)), uptime: performance.now() < 60_000 } })()`,
    windableClock(1000 * dayMs),
  );

  expect(await call()).toEqual({
    parsed: 1_577_836_800_000,
    utc: 1_577_836_800_000,
    copy: 5,
    parts: 2020,
    nothing: 'Invalid Date',
    own: [2020, true, true, true],
    instance: true,
    constructor: true,
    name: 'Date',
    length: 7,
    kind: '[object Date]',
    isDate: true,
    text: 'string',
    json: '"1970-01-01T00:00:00.000Z"',
    uptime: true,
  });
});
