import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerlessFileMistakes } from '../../../local/functions/mistakes';
import { readServerlessFile } from '../../../local/functions/serverless-file';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serverless-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string, environment: Record<string, string> = {}) => {
  const file = join(folder, 's.yaml');
  writeFileSync(file, text);
  return readServerlessFile(file, environment, '1000000000000001');
};
const mistakesOf = (text: string, environment: Record<string, string> = {}) => {
  try {
    read(text, environment);
  } catch (error) {
    if (error instanceof ServerlessFileMistakes)
      return error.mistakes.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
  return [];
};
const withProps = (props: string) => `edition: 3.0.0
name: tiny
resources:
  one:
    component: fc3
    props: { functionName: one, region: r, runtime: nodejs20, handler: index.handler, code: ./dist/one, ${props} }
`;

test('the s.yaml of this repository can be run', () => {
  const functions = readServerlessFile(join(__dirname, '../../../s.yaml'), {}, '1000000000000001');

  expect(functions.map(({ functionName }) => functionName)).toEqual([
    'share-api',
    'invitation-poller',
    'membership-reconciler',
    'snapshot-sweeper',
    'webhook-dispatcher',
  ]);
  expect(functions[1]).toMatchObject({
    role: 'acs:ram::1000000000000001:role/sharekeeper',
    timeout: 50,
    concurrencyConfig: { reservedConcurrency: 1 },
    asyncInvokeConfig: { maxAsyncEventAgeInSeconds: 60, maxAsyncRetryAttempts: 0 },
    logConfig: { project: 'sharekeeper', logstore: 'functions' },
  });
});

test('a resource is laid over its template key by key, and variables may be whole objects', () => {
  const [settings] = read(
    `edition: 3.0.0
name: tiny
vars:
  region: \${env('REGION', 'cn-hangzhou')}
  variables:
    A: \${vars.region}
    B: x-\${env('B')}-\${config('AccountID')}
    C: \${env('EMPTY', '{}')}
template:
  base:
    region: \${vars.region}
    runtime: nodejs20
    timeout: 7
    environmentVariables: \${vars.variables}
    instanceLifecycleConfig: { initializer: { handler: index.initialize, timeout: 9 } }
resources:
  one:
    component: fc3@0.1.22
    extend: { name: base }
    props:
      functionName: one
      handler: sub/index.handler
      code: ./dist/one
      instanceLifecycleConfig: { initializer: { timeout: 4 } }
`,
    { REGION: 'cn-beijing', B: '${not read again}', EMPTY: '' },
  );

  expect(settings).toMatchObject({
    region: 'cn-beijing',
    timeout: 7,
    codeFolder: join(folder, 'dist/one'),
    environmentVariables: { A: 'cn-beijing', B: 'x-${not read again}-1000000000000001', C: '{}' },
    instanceLifecycleConfig: { initializer: { handler: 'index.initialize', timeout: 4 } },
  });
});

test('an environment variable without default must be set, and empty counts as unset', () => {
  const text = withProps(`environmentVariables: { A: "\${env('A')}", B: "\${env('B')}" }`);

  expect(mistakesOf(text, { B: '' })).toEqual([
    'resources.one.props.environmentVariables.A: The environment variable A is not set and has no default',
    'resources.one.props.environmentVariables.B: The environment variable B is not set and has no default',
  ]);
  expect(mistakesOf(text, { A: 'a', B: 'b' })).toEqual([]);
});

test("the machine's own environment is not read", () => {
  process.env['ONLY_ON_THE_MACHINE'] = 'value';

  expect(mistakesOf(withProps(`description: "\${env('ONLY_ON_THE_MACHINE')}"`))).toHaveLength(1);
});

test('every mistake is told at once, with its place', () => {
  const text = `edition: 3.0.0
name: tiny
resources:
  one:
    component: fc3
    props:
      functionName: 1one
      region: \${vars.nowhere}
      runtime: nodejs18
      handler: handler
      code: ./dist/one
      timeout: 0
      memorySize: 500
      vpcConfig: auto
      environmentVariables: { FC_REGION: x, 1A: y, N: 5 }
      triggers:
        - { triggerName: t, triggerType: timer, triggerConfig: { cronExpression: '* * * * *', enable: true } }
        - { triggerName: h, triggerType: http, triggerConfig: { authType: function, methods: [FETCH] } }
  two:
    component: fc
    props: {}
`;

  expect(mistakesOf(text).toSorted()).toEqual([
    'resources.one.props.environmentVariables.1A: A name starts with a letter and holds letters, digits and _',
    'resources.one.props.environmentVariables.FC_REGION: Names that start with FC_ belong to Function Compute',
    'resources.one.props.environmentVariables.N: A value is text; put it in quotes',
    'resources.one.props.functionName: A name starts with a letter or _ and holds letters, digits, _ and -',
    'resources.one.props.handler: A handler is <file>.<export>, e.g. index.handler',
    'resources.one.props.memorySize: Invalid number: must be a multiple of 64',
    'resources.one.props.region: vars.nowhere is not set',
    'resources.one.props.runtime: The only runtime played here is nodejs20',
    'resources.one.props.timeout: Too small: expected number to be >=1',
    'resources.one.props.triggers.0.triggerConfig.cronExpression: A schedule is "@every 5m" or six fields: second minute hour day month weekday',
    'resources.one.props.triggers.1.triggerConfig.authType: Only anonymous is played here; the function itself checks who calls',
    'resources.one.props.triggers.1.triggerConfig.methods.0: Invalid option: expected one of "GET"|"POST"|"PUT"|"DELETE"|"HEAD"|"PATCH"|"OPTIONS"',
    'resources.one.props: The local host does not know vpcConfig',
    'resources.two.component: Only the component fc3 is played here',
  ]);
});

test('environment variables of more than 4 KB are refused', () => {
  const sized = (bytes: number) => withProps(`environmentVariables: { A: ${'x'.repeat(bytes - 1)} }`);

  expect(mistakesOf(sized(4096))).toEqual([]);
  expect(mistakesOf(sized(4097))).toEqual([
    'resources.one.props.environmentVariables: All names and values together are 4097 bytes; Function Compute takes 4096',
  ]);
});

test('variables that refer to each other in a circle are told, not followed for ever', () => {
  const text = `${withProps('description: "${vars.a}"')}vars: { a: "\${vars.b}", b: "\${vars.a}" }\n`;

  expect(mistakesOf(text)).toEqual([
    'resources.one.props.description: The variables refer to each other in a circle',
  ]);
});

test('an expression that only Serverless Devs knows is refused by name', () => {
  expect(mistakesOf(withProps(`description: "\${file('./x')}"`))).toEqual([
    "resources.one.props.description: ${file('./x')} is not understood here; only env(), config('AccountID') and vars are",
  ]);
});

test('a file that is not YAML is told by line', () => {
  expect(mistakesOf('edition: 3.0.0\nname: [')[0]).toMatch(/^line 2, column \d+: /);
});

test.each([
  ['@every 30s', 'An interval is at least one minute, e.g. @every 1m'],
  ['0 61 * * * *', 'CronPattern: Invalid value for minute: 61'],
  ['0 0 0 L * *', 'A schedule is "@every 5m" or six fields'],
  ['CRON_TZ=Nowhere/City 0 0 0 * * *', "Invalid timezone 'Nowhere/City'"],
])('the schedule %s is refused', (cronExpression, reason) => {
  const trigger = `{ triggerName: t, triggerType: timer, triggerConfig: { cronExpression: '${cronExpression}', enable: true } }`;

  expect(mistakesOf(withProps(`triggers: [${trigger}]`))[0]).toContain(reason);
});
