import type { StreamEvent } from '../domain/audit/event';
import { wants, type WebhookEndpoint } from '../domain/webhooks/endpoint';
import { enabledEndpoints } from './endpoint-list';
import { fewAtOnce, throwTogether } from './few-at-once';
import type {
  Aggregates,
  Clock,
  DeliveryQueue,
  DirtyStream,
  EventLog,
  Lists,
  Outbox,
  TimeLeft,
} from './ports';

export interface RelayPorts {
  outbox: Outbox;
  eventLog: EventLog;
  queue: DeliveryQueue;
  aggregates: Aggregates;
  lists: Lists;
  clock: Clock;
}

/** A writer marks its stream before it writes, so a mark this young may still have its event before it. */
const MARK_STAYS_MS = 2 * 60_000;
const STREAMS_PER_RUN_MAX = 5_000;
const STREAMS_PER_BATCH = 50;
const STREAMS_AT_ONCE = 10;
const BATCH_TAKES_MS = 5_000;

/**
 * Copies events from the rows that they were written with to the event log, and to the queue of every enabled endpoint
 * that wants them, and then clears them there. Each step may be repeated, so dying anywhere, or running twice at once,
 * loses nothing: at worst an event is queued again, and its id tells the receiver.
 * A stream that fails stops no other; the failures are thrown in the end.
 */
export async function relay(
  ports: RelayPorts,
  timeLeft: TimeLeft,
): Promise<{ relayedEvents: number; queuedDeliveries: number; forgottenMarks: number }> {
  const did = { relayedEvents: 0, queuedDeliveries: 0, forgottenMarks: 0 };
  const startMs = ports.clock.nowMs();
  const dirty = await ports.outbox.dirtyStreams(STREAMS_PER_RUN_MAX);
  const failures: unknown[] = [];

  for (let at = 0; at < dirty.length && timeLeft() >= BATCH_TAKES_MS; at += STREAMS_PER_BATCH) {
    const withEvents: StreamEvent[][] = [];
    const unread = await fewAtOnce(dirty.slice(at, at + STREAMS_PER_BATCH), STREAMS_AT_ONCE, async (mark) => {
      const events = await ports.outbox.pending(mark.stream);
      if (events.length > 0) withEvents.push(events);
      else if (await forgetIfOld(ports, mark, startMs)) did.forgottenMarks += 1;
    });
    failures.push(...unread);
    if (withEvents.length === 0) continue;
    // Read after the events: an endpoint that was there when an event was written is in this list.
    const endpoints = await enabledEndpoints(ports);
    const unrelayed = await fewAtOnce(withEvents, STREAMS_AT_ONCE, async (events) => {
      did.queuedDeliveries += await relayStream(ports, events, endpoints);
      did.relayedEvents += events.length;
    });
    failures.push(...unrelayed);
  }
  throwTogether(failures);
  return did;
}

async function relayStream(
  ports: RelayPorts,
  events: readonly StreamEvent[],
  endpoints: readonly WebhookEndpoint[],
): Promise<number> {
  let queued = 0;
  await ports.eventLog.append(events);
  for (const endpoint of endpoints) {
    const wanted = events.filter((event) => wants(endpoint, event.type));
    await ports.queue.enqueue(endpoint.endpointId, wanted);
    queued += wanted.length;
  }
  const last = events.at(-1);
  if (last !== undefined) await ports.outbox.relayed(last.stream, last.number);
  return queued;
}

async function forgetIfOld(ports: RelayPorts, mark: DirtyStream, startMs: number): Promise<boolean> {
  if (mark.markedMs > startMs - MARK_STAYS_MS) return false;
  await ports.outbox.forget(mark);
  return true;
}
