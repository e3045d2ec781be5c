import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildPrograms, eventually, startTinyHost, type TinyFunction, type TinyHost } from './host-kit';

let programs: Awaited<ReturnType<typeof buildPrograms>>;
let host: TinyHost;
beforeAll(async () => {
  programs = await buildPrograms();
});
afterAll(() => programs.remove());
afterEach(() => host.stop());

const start = async (tiny: TinyFunction) => {
  host = await startTinyHost(programs, { tiny });
};
const call = async (event = 'x') => {
  const result = await host.invoke('tiny', Buffer.from(event));
  return { ...result, text: result.payload.toString() };
};

test('the event is a Buffer and an object comes back as JSON', async () => {
  await start({
    code: 'exports.handler = async (event) => ({ buffer: Buffer.isBuffer(event), text: event.toString() })',
  });

  expect((await call('hello')).text).toBe('{"buffer":true,"text":"hello"}');
});

test('a Buffer comes back as it is, a number as text, nothing as nothing', async () => {
  await start({
    code: `exports.handler = async (event) => ({ b: Buffer.from([1, 2]), n: 7, u: undefined })[event.toString()]`,
  });

  expect((await call('b')).payload).toEqual(Buffer.from([1, 2]));
  expect((await call('n')).text).toBe('7');
  expect((await call('u')).text).toBe('');
});

test('a function may answer by the callback', async () => {
  await start({
    code: `exports.handler = (event, context, callback) => { setImmediate(callback, null, 'called') }`,
  });

  expect((await call()).text).toBe('called');
});

test('a thrown error is told with message, type and stack', async () => {
  await start({ code: `exports.handler = async () => { throw new TypeError('oops') }` });

  const { errorType, text } = await call();

  expect(errorType).toBe('UnhandledInvocationError');
  const { errorMessage, errorType: name, stackTrace } = JSON.parse(text);
  expect([errorMessage, name, stackTrace[0]]).toEqual(['oops', 'TypeError', 'TypeError: oops']);
  expect(host.lines.at(-1)).toMatch(
    /^tiny\| FC Invoke End RequestId: 1-\S+, Error: Unhandled function error$/,
  );
});

test('an error given to the callback is a handled one', async () => {
  await start({ code: `exports.handler = (event, context, callback) => { callback(new Error('no')) }` });

  const { errorType, text } = await call();

  expect([errorType, JSON.parse(text).errorMessage]).toEqual(['HandledInvocationError', 'no']);
});

test('the context tells the request, the function, the account and fresh credentials', async () => {
  let round = 0;
  host = await startTinyHost(
    programs,
    { tiny: { code: 'exports.handler = async (event, context) => context', props: { memorySize: 256 } } },
    {
      roleCredentials: () => ({
        accessKeyId: `STS.${(round += 1)}`,
        accessKeySecret: 'secret',
        securityToken: 'token',
      }),
    },
  );

  const first = await call();
  const second = await call();

  expect(JSON.parse(first.text)).toEqual({
    requestId: first.requestId,
    credentials: { accessKeyId: 'STS.2', accessKeySecret: 'secret', securityToken: 'token' },
    function: { name: 'tiny', handler: 'index.handler', memory: 256, timeout: 5 },
    service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
    region: 'cn-hangzhou',
    accountId: '1000000000000001',
    retryCount: 0,
    tracing: {},
    logger: {},
  });
  expect(JSON.parse(second.text).credentials.accessKeyId).toBe('STS.3');
});

test("a function sees s.yaml's variables and Function Compute's own, and none of this machine's", async () => {
  process.env['OF_THIS_MACHINE'] = 'secret';
  await start({
    code: 'exports.handler = async () => process.env',
    props: { environmentVariables: { GREETING: 'hello', TZ: 'UTC' } },
  });

  const environment = JSON.parse((await call()).text);

  expect(Object.keys(environment).toSorted()).toEqual([
    'ALIBABA_CLOUD_ACCESS_KEY_ID',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    'ALIBABA_CLOUD_SECURITY_TOKEN',
    'FC_ACCOUNT_ID',
    'FC_CUSTOM_LISTEN_PORT',
    'FC_FUNCTION_HANDLER',
    'FC_FUNCTION_MEMORY_SIZE',
    'FC_FUNCTION_NAME',
    'FC_FUNCTION_VERSION',
    'FC_FUNC_CODE_PATH',
    'FC_INSTANCE_ID',
    'FC_REGION',
    'FC_VER_ID',
    'GREETING',
    'HOME',
    'PATH',
    'TZ',
  ]);
  expect([environment.GREETING, environment.TZ, environment.FC_REGION]).toEqual([
    'hello',
    'UTC',
    'cn-hangzhou',
  ]);
});

test('a function can be told where the API listens, though its port is chosen at the start', async () => {
  host = await startTinyHost(
    programs,
    {
      tiny: {
        code: 'exports.handler = async () => process.env.API',
        props: { environmentVariables: { API: "${env('API')}" } },
      },
    },
    { environment: (apiUrl) => ({ API: apiUrl }) },
  );

  expect((await call()).text).toBe(host.apiUrl);
});

test('log entries are single lines with time, request and level, in order between start and end', async () => {
  await start({
    code: `exports.handler = async () => { console.log('one\\ntwo', { n: 1 }); console.error('bad'); console.warn('hm') }`,
  });

  const { requestId } = await call();

  const lines = host.lines.map((line) => line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, '<time>'));
  expect(lines).toEqual([
    `tiny| FC Invoke Start RequestId: ${requestId}`,
    `tiny| <time> ${requestId} [verbose] one\rtwo { n: 1 }`,
    `tiny| <time> ${requestId} [error] bad`,
    `tiny| <time> ${requestId} [warning] hm`,
    `tiny| FC Invoke End RequestId: ${requestId}`,
  ]);
});

test('an instance is initialized once and serves one request after the other', async () => {
  await start({
    code: `let initialized = 0, calls = 0;
      exports.initialize = async (context) => { initialized += 1 };
      exports.handler = async () => ({ initialized, calls: (calls += 1), pid: process.pid })`,
    props: { instanceLifecycleConfig: { initializer: { handler: 'index.initialize', timeout: 3 } } },
  });

  const [first, second] = [JSON.parse((await call()).text), JSON.parse((await call()).text)];

  expect([first.initialized, first.calls, second.initialized, second.calls]).toEqual([1, 1, 1, 2]);
  expect(second.pid).toBe(first.pid);
});

test('an initializer that fails fails the call, and the next call gets a new instance', async () => {
  await start({
    code: `const fs = require('node:fs');
      exports.initialize = async () => {
        if (fs.existsSync(__dirname + '/tried')) return;
        fs.writeFileSync(__dirname + '/tried', '');
        throw new Error('not yet');
      };
      exports.handler = async () => 'served'`,
    props: { instanceLifecycleConfig: { initializer: { handler: 'index.initialize' } } },
  });

  const first = await call();
  const second = await call();

  expect([first.errorType, JSON.parse(first.text).errorMessage]).toEqual(['InitializationError', 'not yet']);
  expect([second.errorType, second.text]).toEqual([undefined, 'served']);
});

test('an initializer that takes too long is an initialization error', async () => {
  await start({
    code: 'exports.initialize = () => new Promise(() => {}); exports.handler = async () => 1',
    props: { instanceLifecycleConfig: { initializer: { handler: 'index.initialize', timeout: 1 } } },
  });

  const { errorType, text } = await call();

  expect(errorType).toBe('InitializationError');
  expect(JSON.parse(text).errorMessage).toMatch(/^Function timed out after 1 seconds/);
  expect(host.lines.at(-2)).toMatch(
    /^tiny\| FC Initialize End RequestId: 1-\S+, Error: Function timed out after 1 s/,
  );
});

test('the preStop hook runs before an instance ends', async () => {
  await start({
    code: `exports.last = async () => { console.log('good bye') }; exports.handler = async () => 1`,
    props: { instanceLifecycleConfig: { preStop: { handler: 'index.last' } } },
  });
  await call();

  await host.stop();

  expect(host.lines.at(-2)).toContain('good bye');
  expect(host.lines.at(-1)).toMatch(/^tiny\| FC PreStop End RequestId: /);
});

test('a handler that the code does not have is told by name', async () => {
  await start({ code: 'exports.handle = async () => 1' });

  expect(JSON.parse((await call()).text).errorMessage).toBe("Handler 'handler' is missing on module 'index'");
});

test('no instance ever runs two requests at once', async () => {
  await start({
    code: `let running = 0;
      exports.handler = async () => {
        running += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        const most = running;
        running -= 1;
        return { most, pid: process.pid };
      }`,
  });

  const results = await Promise.all(Array.from({ length: 20 }, () => call()));

  const seen = results.map((result) => JSON.parse(result.text) as { most: number; pid: number });
  expect(new Set(seen.map(({ most }) => most))).toEqual(new Set([1]));
  expect(new Set(seen.map(({ pid }) => pid)).size).toBeGreaterThan(1);
});

test('reserved concurrency throttles the call that is too many', async () => {
  await start({
    code: 'exports.handler = async () => new Promise((resolve) => setTimeout(resolve, 50, "done"))',
    props: { concurrencyConfig: { reservedConcurrency: 1 } },
  });

  const first = call();
  await expect(call()).rejects.toMatchObject({ status: 429, code: 'ResourceExhausted' });

  expect((await first).text).toBe('done');
  expect((await call()).text).toBe('done');
});

test('a call that takes too long is killed, and the next call works', async () => {
  await start({
    code: `exports.handler = async (event) => { if (event.toString() === 'hang') for (;;); return 'ok' }`,
    props: { timeout: 1 },
  });

  const hung = await call('hang');

  expect(hung.errorType).toBe('UnhandledInvocationError');
  expect(JSON.parse(hung.text).errorMessage).toMatch(/^Function timed out after 1 seconds/);
  expect(hung.durationMs).toBeGreaterThanOrEqual(1000);
  expect((await call('go')).text).toBe('ok');
});

test('killing the instance in the middle of a call fails that call, and the next call works', async () => {
  await start({
    code: `exports.handler = async (event) => {
      if (event.toString() === 'wait') { console.log('waiting'); await new Promise((resolve) => setTimeout(resolve, 4000)) }
      return 'ok' }`,
  });

  const killed = call('wait');
  await eventually(() => host.lines.some((line) => line.includes('waiting')));
  host.killInstances('tiny');

  expect(JSON.parse((await killed).text).errorMessage).toMatch(
    /^Process exited unexpectedly before completing request \(duration: \d+ms, maxMemoryUsage: \d+MB\)$/,
  );
  expect((await call('go')).text).toBe('ok');
});

test('an instance that died while it was frozen is replaced', async () => {
  await start({ code: 'exports.handler = async () => process.pid' });
  const first = Number((await call()).text);

  process.kill(first, 'SIGKILL');
  await eventually(() => !isAlive(first));
  const second = await call();
  host.killInstances('tiny');
  const third = await call();

  expect([second.errorType, third.errorType]).toEqual([undefined, undefined]);
  expect(new Set([first, Number(second.text), Number(third.text)]).size).toBe(3);
});

test('all that a function wrote is in the log when its answer comes', async () => {
  await start({
    code: `exports.handler = async () => { for (let n = 0; n < 20_000; n += 1) console.log(n) }`,
  });

  const { requestId } = await call();

  expect(host.lines.slice(20_001)).toEqual([`tiny| FC Invoke End RequestId: ${requestId}`]);
});

test.skipIf(process.platform !== 'linux')(
  'work left behind stands still between calls, and a warning tells of it',
  async () => {
    await start({
      code: `let ticks = 0; let timer;
      exports.handler = async () => { timer ??= setInterval(() => { ticks += 1 }, 1); return ticks }`,
    });

    const { requestId } = await call();
    const pid = JSON.parse(await (await fetch(`${host.apiUrl}/__fc/functions`)).text())[0].instances[0].pid;

    await eventually(() => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] === 'T');
    expect(host.lines.at(-1)).toBe(
      `tiny| local host: [warning] ${requestId} left work behind (Timeout); a frozen instance does not finish it`,
    );
  },
);

test('a connection kept alive is not taken for work left behind', async () => {
  await start({
    code: `exports.handler = async (event) => (await fetch(event.toString())).text()`,
  });

  await call(`${host.apiUrl}/__fc/functions`);

  expect(host.lines.filter((line) => line.includes('left work behind'))).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
