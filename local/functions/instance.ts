/**
 * The program of one instance: a process that holds one copy of a function and runs one request at a time, as the Node
 * runtime of Function Compute does. The host starts it (`node --require shift-date.js instance.js <code folder> <offset>`)
 * and speaks to it over IPC.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { logFor, logger } from './instance-log';
import {
  type ContextData,
  type ErrorBody,
  type FromInstance,
  type Outcome,
  stepNames,
  type ToInstance,
} from './messages';

type Callback = (error: unknown, value?: unknown) => void;
type Handler = (...parts: unknown[]) => unknown;
type Run = Extract<ToInstance, { kind: 'run' }>;

const codeFolder = process.argv[2] ?? '.';
const requireCode = createRequire(join(codeFolder, 'index.js'));

Object.assign(console, logger);

process.on('message', (message: ToInstance) => {
  if (message.kind === 'run') void run(message);
});
// A host that died leaves nobody to answer to.
process.on('disconnect', () => process.exit(0));
send({ kind: 'started' });

async function run(message: Run): Promise<void> {
  const { requestId } = message.context;
  const name = stepNames[message.step];
  logFor(requestId);
  process.stdout.write(`FC ${name} Start RequestId: ${requestId}\n`);
  const outcome = await outcomeOf(message);
  // One turn of the event loop lets sockets that are done go idle before we look at what is left.
  await new Promise((resolve) => setImmediate(resolve));
  const leftOver = process.getActiveResourcesInfo().filter((kind) => !ownResources.has(kind));
  process.stdout.write(`FC ${name} End RequestId: ${requestId}${endingOf(outcome)}\n`);
  const memoryMb = Math.round(process.memoryUsage.rss() / 1024 ** 2);
  send({ kind: 'ended', requestId, outcome, leftOver, memoryMb });
}

/** The IPC channel, the standard streams with what is still being written to them, and the turn we wait ourselves. */
const ownResources = new Set(['PipeWrap', 'TTYWrap', 'WriteWrap', 'SimpleWriteWrap', 'Immediate']);

async function outcomeOf(message: Run): Promise<Outcome> {
  try {
    const handler = loadHandler(message.handler);
    const context = { ...message.context, logger };
    return { kind: 'returned', payload: bytesOf(await call(handler, message, context)) };
  } catch (error) {
    const handled = error instanceof GivenToCallback;
    return { kind: 'failed', handled, body: errorBody(handled ? error.cause : error) };
  }
}

/** A handler answers by its promise or its return value; one that declares a callback and returns nothing, by that. */
function call(handler: Handler, message: Run, context: ContextData): Promise<unknown> {
  const given = message.step === 'invoke' ? [message.event, context] : [context];
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, value) => {
      if (error === null || error === undefined) resolve(value);
      else reject(new GivenToCallback('The function gave an error to its callback', { cause: error }));
    };
    const returned = handler(...given, callback);
    const waitsForCallback = returned === undefined && handler.length > given.length;
    if (!waitsForCallback) resolve(returned);
  });
}

class GivenToCallback extends Error {}

function loadHandler(name: string): Handler {
  const dot = name.lastIndexOf('.');
  const loaded = requireCode(`./${name.slice(0, dot)}`) as Record<string, unknown>;
  const handler = loaded[name.slice(dot + 1)];
  if (typeof handler !== 'function')
    throw new Error(`Handler '${name.slice(dot + 1)}' is missing on module '${name.slice(0, dot)}'`);
  return handler as Handler;
}

/** Buffers as they are, objects as JSON, nothing as nothing, the rest as text. */
function bytesOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value === null || value === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof value === 'object' ? JSON.stringify(value) : String(value as string | number));
}

function errorBody(error: unknown): ErrorBody {
  if (!(error instanceof Error))
    return { errorMessage: String(error), errorType: typeof error, stackTrace: [] };
  return {
    errorMessage: error.message,
    errorType: error.name,
    stackTrace: (error.stack ?? '').split('\n'),
  };
}

function endingOf(outcome: Outcome): string {
  if (outcome.kind === 'returned') return '';
  return `, Error: ${outcome.handled ? 'Handled' : 'Unhandled'} function error`;
}

function send(message: FromInstance): void {
  process.send?.(message);
}
