import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock, WindableClock } from '../clock';
import { actSchema } from './act';
import type { Acts } from './acts';
import { faultRuleSchema } from './fault-rule';
import type { Gateway } from './gateway/gateway';
import { type Listener, listen } from './gateway/listen';
import { ProviderRefusal } from './product';
import { SWITCHES, positionOf, putSwitch } from './switches';
import { UnknownPlace } from './unknown-place';
import type { World } from './world';

interface Controlled {
  world: World;
  clock: Clock;
  gateway: Gateway;
  act: Acts;
  onChange: () => void;
}

const BODY_MAX_BYTES = 65_536;

class ControlRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlRefusal';
    this.status = status;
  }
}

/**
 * The knobs of the local cloud over JSON, apart from the provider's endpoints:
 * GET|POST /clock, GET|POST|DELETE /faults, GET|POST /switches, POST /act, GET|DELETE /calls.
 */
export function serveControls(port: number, controlled: Controlled): Promise<Listener> {
  return listen(port, async (incoming, outgoing) => {
    try {
      reply(outgoing, 200, await route(incoming, controlled));
    } catch (error) {
      const { status, message, code } = refusalOf(error);
      reply(outgoing, status, { error: message, ...(code === undefined ? {} : { code }) });
    }
  });
}

async function route(incoming: IncomingMessage, controlled: Controlled): Promise<unknown> {
  checkLocal(incoming);
  const { world, clock, gateway, act, onChange } = controlled;
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const body = incoming.method === 'POST' ? await readJson(incoming) : undefined;
  switch (`${incoming.method} ${url.pathname}`) {
    case 'GET /clock':
      return timeOf(clock);
    case 'POST /clock':
      return windClock(body, clock);
    case 'GET /faults':
      return { faults: gateway.faults.active };
    case 'POST /faults':
      return { id: gateway.faults.add(faultRuleSchema.parse(body)) };
    case 'DELETE /faults':
      return removeFaults(url.searchParams.get('id'), gateway);
    case 'GET /switches':
      return switchesOf(world);
    case 'POST /switches':
      for (const [name, position] of Object.entries(z.record(z.string(), z.string()).parse(body))) {
        putSwitch(name, position, world);
      }
      onChange();
      return switchesOf(world);
    case 'POST /act':
      return act(actSchema.parse(body));
    case 'GET /calls':
      return { calls: gateway.calls.find(callFilter(url.searchParams)) };
    case 'DELETE /calls':
      gateway.calls.clear();
      return { calls: [] };
    default:
      throw new ControlRefusal(
        404,
        'Here are: /clock, /faults, /switches, /act and /calls. See local/cloud/README.md.',
      );
  }
}

/** A web page in this machine's browser must not reach the controls: it can neither name this host nor post JSON. */
function checkLocal(incoming: IncomingMessage): void {
  const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost') {
    throw new ControlRefusal(403, 'The controls answer to 127.0.0.1 and localhost only.');
  }
  const isJson = (incoming.headers['content-type'] ?? '').startsWith('application/json');
  if (incoming.method === 'POST' && !isJson) {
    throw new ControlRefusal(415, 'Send JSON, with content-type: application/json.');
  }
  if (incoming.headers.origin !== undefined)
    throw new ControlRefusal(403, 'The controls are not for web pages.');
}

function timeOf(clock: Clock) {
  return { nowMs: clock.nowMs(), now: new Date(clock.nowMs()).toISOString() };
}

function windClock(body: unknown, clock: Clock) {
  const { advanceMs } = z.strictObject({ advanceMs: z.int().min(0) }).parse(body);
  if (!isWindable(clock)) throw new ControlRefusal(409, 'This clock cannot be wound.');
  clock.wind(advanceMs);
  return timeOf(clock);
}

function isWindable(clock: Clock): clock is WindableClock {
  return 'wind' in clock;
}

function removeFaults(id: string | null, gateway: Gateway) {
  if (id === null) gateway.faults.clear();
  else if (!gateway.faults.remove(Number(id))) throw new ControlRefusal(404, `There is no fault ${id}.`);
  return { faults: gateway.faults.active };
}

function switchesOf(world: World) {
  return Object.fromEntries(
    Object.entries(SWITCHES).map(([name, positions]) => [name, { at: positionOf(name, world), positions }]),
  );
}

function callFilter(query: URLSearchParams) {
  const filter: { since?: number; accountId?: string; action?: string; product?: string } = {};
  const since = query.get('since');
  if (since !== null) filter.since = Number(since);
  for (const name of ['accountId', 'action', 'product'] as const) {
    const value = query.get(name);
    if (value !== null) filter[name] = value;
  }
  return filter;
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > BODY_MAX_BYTES) throw new ControlRefusal(413, `A body has at most ${BODY_MAX_BYTES} bytes.`);
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ControlRefusal(400, 'The body is not JSON.');
  }
}

function refusalOf(error: unknown): { status: number; message: string; code?: string } {
  if (error instanceof ControlRefusal) return error;
  if (error instanceof ProviderRefusal)
    return { status: error.status, message: error.message, code: error.code };
  if (error instanceof UnknownPlace) return { status: 404, message: error.message };
  if (error instanceof z.ZodError) return { status: 400, message: z.prettifyError(error) };
  if (error instanceof RangeError) return { status: 400, message: error.message };
  throw error;
}

function reply(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
