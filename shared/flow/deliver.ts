import type { WebhookEndpoint } from '../domain/webhooks/endpoint';
import { messageBody } from '../domain/webhooks/message';
import { nextStep, type NextStep } from '../domain/webhooks/retry';
import { signatureHeaders } from '../domain/webhooks/signature';
import { changeOrThrow } from './change';
import { enabledEndpoints } from './endpoint-list';
import { fewAtOnce, throwTogether } from './few-at-once';
import type {
  Aggregates,
  Clock,
  Delivery,
  DeliveryAttempt,
  DeliveryQueue,
  Leases,
  Lists,
  Outgoing,
  TimeLeft,
} from './ports';

export interface DeliverPorts {
  aggregates: Aggregates;
  lists: Lists;
  queue: DeliveryQueue;
  outgoing: Outgoing;
  leases: Leases;
  clock: Clock;
  /** In [0, 1): spreads retries. */
  random: () => number;
}

export interface Delivered {
  delivered: number;
  failed: number;
  disabledEndpoints: number;
  /** Endpoints that another run is busy with. */
  heldEndpoints: number;
}

const ENDPOINTS_AT_ONCE = 8;
const STREAMS_AT_ONCE = 4;
const STREAMS_PER_PAGE = 100;
const DELIVERIES_PER_READ = 50;
/** An endpoint that fails this often in a row has had its turn: others need the time. */
const FAILURES_IN_A_ROW_MAX = 5;
/** One attempt may take 15 s, and then it must be written down. */
const ATTEMPT_TAKES_MS = 20_000;

/**
 * Sends what is due to each enabled endpoint: in order within a stream, where a failure holds back what comes after it;
 * streams and endpoints do not wait for each other. An event whose delivery was not written down is sent again.
 */
export async function deliver(ports: DeliverPorts, timeLeft: TimeLeft): Promise<Delivered> {
  const did: Delivered = { delivered: 0, failed: 0, disabledEndpoints: 0, heldEndpoints: 0 };
  const endpoints = await enabledEndpoints(ports);
  const failures = await fewAtOnce(endpoints, ENDPOINTS_AT_ONCE, async (endpoint) => {
    if (timeLeft() < ATTEMPT_TAKES_MS) return;
    const held = await ports.leases.holding(
      `deliver/${endpoint.endpointId}`,
      timeLeft() + ATTEMPT_TAKES_MS,
      async () => {
        const turn: Turn = { ports, endpoint, timeLeft, did, over: false, failuresInARow: 0 };
        await deliverTo(turn);
      },
    );
    if (held.is === 'held') did.heldEndpoints += 1;
  });
  throwTogether(failures);
  return did;
}

/** One endpoint's share of a run. */
interface Turn {
  ports: DeliverPorts;
  endpoint: WebhookEndpoint;
  timeLeft: TimeLeft;
  did: Delivered;
  over: boolean;
  failuresInARow: number;
}

async function deliverTo(turn: Turn): Promise<void> {
  const { queue, clock } = turn.ports;
  const { endpointId } = turn.endpoint;
  const failures: unknown[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<DeliveryQueue['streams']>> = await queue.streams(endpointId, {
      limit: STREAMS_PER_PAGE,
      ...(after === null ? {} : { after }),
    });
    const due = page.streams.filter(({ nextAttemptMs }) => nextAttemptMs <= clock.nowMs());
    failures.push(...(await fewAtOnce(due, STREAMS_AT_ONCE, ({ stream }) => deliverStream(turn, stream))));
    after = page.next;
  } while (after !== null && goesOn(turn));
  throwTogether(failures);
}

async function deliverStream(turn: Turn, stream: string): Promise<void> {
  const { queue, clock } = turn.ports;
  while (goesOn(turn)) {
    const waiting = await queue.waiting(turn.endpoint.endpointId, stream, DELIVERIES_PER_READ);
    for (const delivery of waiting) {
      if (delivery.nextAttemptMs > clock.nowMs() || !goesOn(turn)) return;
      if (!(await attempt(turn, delivery))) return;
    }
    if (waiting.length === 0) return;
  }
}

function goesOn(turn: Turn): boolean {
  return !turn.over && turn.failuresInARow < FAILURES_IN_A_ROW_MAX && turn.timeLeft() >= ATTEMPT_TAKES_MS;
}

/** Sends one event once; answers whether the stream may go on. */
async function attempt(turn: Turn, delivery: Delivery): Promise<boolean> {
  const { ports, endpoint, did } = turn;
  const atMs = ports.clock.nowMs();
  const body = messageBody(delivery.event);
  const answer = await ports.outgoing.post(
    endpoint.url,
    {
      'content-type': 'application/json',
      'user-agent': 'sharekeeper',
      ...signatureHeaders({ id: delivery.event.id, attemptMs: atMs, body }, [endpoint.secret]),
    },
    body,
  );
  const endMs = ports.clock.nowMs();
  const step = nextStep(answer, delivery.attempts + 1, endMs, ports.random());
  await ports.queue.attempted(delivery, {
    atMs,
    latencyMs: Math.max(0, endMs - atMs),
    outcome: outcomeOf(step, endMs),
  });

  switch (step.is) {
    case 'delivered':
      did.delivered += 1;
      turn.failuresInARow = 0;
      return true;
    case 'retry':
      did.failed += 1;
      turn.failuresInARow += 1;
      return false;
    case 'disable':
      did.failed += 1;
      turn.over = true;
      if (await disable(ports, endpoint.endpointId, step.why)) did.disabledEndpoints += 1;
      return false;
  }
}

function outcomeOf(step: NextStep, nowMs: number): DeliveryAttempt['outcome'] {
  switch (step.is) {
    case 'delivered':
      return step;
    case 'retry':
      return { is: 'failed', status: step.status, why: step.why, nextAttemptMs: step.atMs };
    case 'disable':
      // It stays in the queue, due at once when somebody enables the endpoint again.
      return { is: 'failed', status: step.status, why: step.why, nextAttemptMs: nowMs };
  }
}

/** True for the one run that switched it off, so that one event tells of it. */
async function disable(ports: DeliverPorts, endpointId: string, why: string): Promise<boolean> {
  let switchedOff = false;
  await changeOrThrow(ports.aggregates, 'webhook-endpoint', endpointId, (endpoint) => {
    switchedOff = endpoint?.enabled === true;
    if (endpoint === null || !endpoint.enabled) return { is: 'keep' };
    return {
      is: 'write',
      doc: { ...endpoint, enabled: false },
      events: [
        {
          type: 'webhook.endpoint_disabled',
          by: { kind: 'function', name: 'webhook-dispatcher' },
          data: { endpointId, why },
        },
      ],
    };
  });
  return switchedOff;
}
