import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildPrograms, startTinyHost, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
beforeAll(async () => {
  programs = await buildPrograms();
});
afterAll(() => programs.remove());
afterEach(() => host.stop());

const returning = (text: string) => `exports.handler = async () => '${text}'`;
const call = async () => (await host.invoke('tiny', Buffer.alloc(0))).payload.toString();

test('a function that was built anew is what the next call runs', async () => {
  host = await startTinyHost(programs, { tiny: { code: returning('old') } }, { reload: true });
  const before = await call();

  host.writeCode('tiny', returning('newer'));

  expect([before, await call()]).toEqual(['old', 'newer']);
});

test('without reload, a running instance stays as it was', async () => {
  host = await startTinyHost(programs, { tiny: { code: returning('old') } });
  const before = await call();

  host.writeCode('tiny', returning('newer'));

  expect([before, await call()]).toEqual(['old', 'old']);
});

test('a function that was not built yet is told, and works once it is', async () => {
  host = await startTinyHost(programs, { tiny: { code: returning('x'), props: { code: './dist/later' } } });

  const before = await host.invoke('tiny', Buffer.alloc(0));
  host.writeCode('later', returning('built'));

  expect(before.errorType).toBe('InitializationError');
  expect(JSON.parse(before.payload.toString()).errorMessage).toMatch(
    /^There is no code in .*later: build it first$/,
  );
  expect(await call()).toBe('built');
});
