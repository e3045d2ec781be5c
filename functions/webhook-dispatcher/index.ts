import { readConfiguration, type Configuration } from '../../shared/configuration';
import { job } from '../../shared/edge/invocation';
import { deliver } from '../../shared/flow/deliver';
import { relay } from '../../shared/flow/relay';
import { guardedPost } from '../../shared/outgoing/guarded-post';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { openDeliveryQueue } from '../../shared/tablestore/delivery-queue';
import { openEventLog } from '../../shared/tablestore/event-log';
import { openLeases } from '../../shared/tablestore/leases';
import { openLists } from '../../shared/tablestore/lists';
import { openOutbox } from '../../shared/tablestore/outbox';
import { openRows } from '../../shared/tablestore/open-rows';

let configuration: Configuration;

export async function initialize(): Promise<void> {
  configuration = readConfiguration(process.env);
}

/** Takes new events to the log and the queues, then sends what is due. */
export const handler = job('webhook-dispatcher', async ({ context, timeLeft }) => {
  const clock = { nowMs: () => Date.now() };
  const rows = openRows(configuration.tablestore, context.credentials);
  const aggregates = openAggregates(rows, clock);
  const lists = openLists(rows);
  const queue = openDeliveryQueue(rows);
  const outbox = openOutbox(rows);
  const eventLog = openEventLog(rows);

  // Half of the time each: a flood of new events must not keep those that are due from leaving.
  const halfMs = timeLeft() / 2;
  // What is queued already is sent even when some new event cannot be relayed; the run fails all the same.
  const [relayed] = await Promise.allSettled([
    relay({ outbox, eventLog, queue, aggregates, lists, clock }, () => timeLeft() - halfMs),
  ]);
  const delivered = await deliver(
    {
      aggregates,
      lists,
      queue,
      outgoing: guardedPost({ loopback: configuration.webhookLoopback }),
      leases: openLeases(rows, clock),
      clock,
      random: Math.random,
    },
    timeLeft,
  );
  if (relayed.status === 'rejected') throw relayed.reason;
  return { ...relayed.value, ...delivered };
});
