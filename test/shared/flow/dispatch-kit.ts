import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windableClock } from '../../../local/clock';
import { startTablestore } from '../../../local/tablestore/server';
import type { NewEvent } from '../../../shared/domain/audit/event';
import type { EventType } from '../../../shared/domain/webhooks/catalogue';
import type { WebhookEndpoint } from '../../../shared/domain/webhooks/endpoint';
import { secretFrom } from '../../../shared/domain/webhooks/signature';
import type { DeliverPorts } from '../../../shared/flow/deliver';
import { WEBHOOK_ENDPOINTS } from '../../../shared/flow/endpoint-list';
import type { Clock, Outgoing } from '../../../shared/flow/ports';
import type { RelayPorts } from '../../../shared/flow/relay';
import { guardedPost } from '../../../shared/outgoing/guarded-post';
import { openAggregates } from '../../../shared/tablestore/aggregates';
import { createTables } from '../../../shared/tablestore/create-tables';
import { openDeliveryQueue } from '../../../shared/tablestore/delivery-queue';
import { openEventLog } from '../../../shared/tablestore/event-log';
import { openLeases } from '../../../shared/tablestore/leases';
import { openLists } from '../../../shared/tablestore/lists';
import { openOutbox } from '../../../shared/tablestore/outbox';
import { openRows } from '../../../shared/tablestore/open-rows';
import type { Rows } from '../../../shared/tablestore/rows';

const KEYS = { accessKeyId: 'AK', accessKeySecret: 'SK', securityToken: '' };
export const SECRET = secretFrom(Buffer.alloc(32, 1));

export interface Store {
  url: string;
  rows: Rows;
  close(): Promise<void>;
}

/** An empty Tablestore with our tables in it. */
export async function startStore(): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'dispatch-'));
  const server = await startTablestore({
    port: 0,
    directory,
    instance: 'test',
    credential: (accessKeyId) => (accessKeyId === 'AK' ? { secret: 'SK' } : undefined),
    clock: windableClock(),
  });
  const settings = { endpoint: server.url, instance: 'test' };
  await createTables(settings, KEYS);
  return {
    url: server.url,
    rows: openRows(settings, KEYS),
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** Everything that the dispatcher works with, over one store. */
export function portsOver(
  rows: Rows,
  clock: Clock,
  outgoing: Outgoing = guardedPost({ loopback: 'allow' }),
): DeliverPorts & RelayPorts {
  return {
    aggregates: openAggregates(rows, clock),
    lists: openLists(rows),
    queue: openDeliveryQueue(rows),
    eventLog: openEventLog(rows),
    outbox: openOutbox(rows),
    leases: openLeases(rows, clock),
    outgoing,
    clock,
    random: () => 0,
  };
}

/** An enabled endpoint that makes no event of its own. */
export async function addQuietEndpoint(
  ports: DeliverPorts,
  endpointId: string,
  url: string,
  types: EventType[] = [],
): Promise<WebhookEndpoint> {
  const endpoint: WebhookEndpoint = {
    endpointId,
    url,
    description: '',
    secret: SECRET,
    createdMs: ports.clock.nowMs(),
    enabled: true,
    types,
  };
  await ports.aggregates.save('webhook-endpoint', endpointId, null, {
    doc: endpoint,
    events: [],
    lists: [{ list: WEBHOOK_ENDPOINTS, sort: endpointId }],
  });
  return endpoint;
}

/** Lets one more thing happen to a finding: its stream `finding/<id>` gets these events. */
export async function happen(ports: DeliverPorts, findingId: string, types: EventType[]): Promise<void> {
  const stored = await ports.aggregates.load('finding', findingId);
  const nowMs = ports.clock.nowMs();
  const saved = await ports.aggregates.save('finding', findingId, stored, {
    doc: {
      findingId,
      rule: 'test',
      severity: 'low',
      resource: {
        ownerAccountId: '1600000000000001',
        regionId: 'cn-hangzhou',
        resourceType: 'Snapshot',
        resourceId: 's-1',
      },
      title: findingId,
      advice: '',
      evidence: {},
      cost: null,
      firstSeenMs: nowMs,
      lastSeenMs: nowMs,
      state: { is: 'open' },
    },
    events: types.map((type): NewEvent => ({
      type,
      by: { kind: 'function', name: 'snapshot-sweeper' },
      data: { findingId },
    })),
  });
  if (saved !== 'saved') throw new Error(`${findingId} was written by somebody else`);
}

export const PLENTY = (): number => 100_000;

/** What reached a receiver, as one that de-duplicates by id keeps it: the numbers of each stream in order of arrival. */
export function keptNumbers(received: readonly { json: unknown }[]): Record<string, number[]> {
  const seen = new Set<string>();
  const kept: Record<string, number[]> = {};
  for (const { json } of received) {
    const { id, stream, number } = json as { id: string; stream: string; number: number };
    if (seen.has(id)) continue;
    seen.add(id);
    (kept[stream] ??= []).push(number);
  }
  return kept;
}
