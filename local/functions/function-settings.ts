import { z } from 'zod';
import {
  ASYNC_AGE_DEFAULT_SECONDS,
  ASYNC_AGE_LIMIT_SECONDS,
  ASYNC_RETRIES_DEFAULT,
  ASYNC_RETRIES_LIMIT,
  ENVIRONMENT_LIMIT_BYTES,
  HOOK_TIMEOUT_DEFAULT_SECONDS,
  HOOK_TIMEOUT_LIMIT_SECONDS,
  MEMORY_DEFAULT_MB,
  TIMEOUT_DEFAULT_SECONDS,
  TIMEOUT_LIMIT_SECONDS,
} from './limits';
import { timetable } from './timetable';

const name = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[A-Za-z_][\w-]*$/, 'A name starts with a letter or _ and holds letters, digits, _ and -');

const handler = z
  .string()
  .regex(/^[\w./-]+\.[A-Za-z_$][\w$]*$/, 'A handler is <file>.<export>, e.g. index.handler');

const hook = z.strictObject({
  handler,
  timeout: z.int().min(1).max(HOOK_TIMEOUT_LIMIT_SECONDS).default(HOOK_TIMEOUT_DEFAULT_SECONDS),
});

const variableName = z
  .string()
  .regex(/^(?!FC_)/, 'Names that start with FC_ belong to Function Compute')
  .regex(/^[A-Za-z]\w*$/, 'A name starts with a letter and holds letters, digits and _');

const environmentVariables = z
  .record(variableName, z.string('A value is text; put it in quotes'))
  .check((context) => {
    const bytes = Buffer.byteLength(Object.entries(context.value).flat().join(''));
    if (bytes <= ENVIRONMENT_LIMIT_BYTES) return;
    const message = `All names and values together are ${bytes} bytes; Function Compute takes ${ENVIRONMENT_LIMIT_BYTES}`;
    context.issues.push({ code: 'custom', message, input: context.value });
  });

const trigger = {
  triggerName: name(128),
  qualifier: z.literal('LATEST').default('LATEST'),
  description: z.string().optional(),
};

const cronExpression = z.string().check((context) => {
  try {
    timetable(context.value, 0);
  } catch (error) {
    context.issues.push({ code: 'custom', message: (error as RangeError).message, input: context.value });
  }
});

const httpTrigger = z.strictObject({
  ...trigger,
  triggerType: z.literal('http'),
  triggerConfig: z.strictObject({
    authType: z.literal('anonymous', 'Only anonymous is played here; the function itself checks who calls'),
    disableURLInternet: z.boolean().default(false),
    methods: z.array(z.enum(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'])).min(1),
  }),
});

const timerTrigger = z.strictObject({
  ...trigger,
  triggerType: z.literal('timer'),
  triggerConfig: z.strictObject({ cronExpression, enable: z.boolean(), payload: z.string().default('') }),
});

/** The props of one fc3 resource that the local host plays; any other is refused by name. */
export const functionProps = z
  .strictObject({
    functionName: name(64),
    region: z.string().min(1),
    description: z.string().max(256).optional(),
    runtime: z.literal('nodejs20', 'The only runtime played here is nodejs20'),
    code: z.string(),
    handler,
    cpu: z.number().multipleOf(0.05).min(0.05).max(16).optional(),
    memorySize: z.int().multipleOf(64).min(128).max(32_768).default(MEMORY_DEFAULT_MB),
    diskSize: z.union([z.literal(512), z.literal(10_240)]).optional(),
    timeout: z.int().min(1).max(TIMEOUT_LIMIT_SECONDS).default(TIMEOUT_DEFAULT_SECONDS),
    internetAccess: z.boolean().optional(),
    role: z.string().optional(),
    logConfig: z.object({ project: z.string(), logstore: z.string() }).optional(),
    environmentVariables: environmentVariables.default({}),
    instanceLifecycleConfig: z
      .strictObject({ initializer: hook.optional(), preStop: hook.optional() })
      .default({}),
    concurrencyConfig: z.strictObject({ reservedConcurrency: z.int().min(1).max(100) }).optional(),
    asyncInvokeConfig: z
      .strictObject({
        maxAsyncEventAgeInSeconds: z
          .int()
          .min(1)
          .max(ASYNC_AGE_LIMIT_SECONDS)
          .default(ASYNC_AGE_DEFAULT_SECONDS),
        maxAsyncRetryAttempts: z.int().min(0).max(ASYNC_RETRIES_LIMIT).default(ASYNC_RETRIES_DEFAULT),
      })
      .default({
        maxAsyncEventAgeInSeconds: ASYNC_AGE_DEFAULT_SECONDS,
        maxAsyncRetryAttempts: ASYNC_RETRIES_DEFAULT,
      }),
    triggers: z.array(z.discriminatedUnion('triggerType', [httpTrigger, timerTrigger])).default([]),
  })
  .check((context) => {
    const { cpu, memorySize, triggers } = context.value;
    const refuse = (path: string, message: string) =>
      context.issues.push({ code: 'custom', path: [path], message, input: context.value });
    const gigabytesPerCpu = memorySize / 1024 / (cpu ?? memorySize / 1024);
    if (gigabytesPerCpu < 1 || gigabytesPerCpu > 4)
      refuse('cpu', 'cpu to memory in GB is between 1:1 and 1:4');
    const names = triggers.map((each) => each.triggerName);
    if (new Set(names).size < names.length) refuse('triggers', 'Two triggers have the same name');
    if (triggers.filter((each) => each.triggerType === 'http').length > 1) {
      refuse('triggers', 'A function has one HTTP trigger at most');
    }
  });

export type FunctionProps = z.infer<typeof functionProps>;
export type HttpTrigger = z.infer<typeof httpTrigger>;
export type TimerTrigger = z.infer<typeof timerTrigger>;
