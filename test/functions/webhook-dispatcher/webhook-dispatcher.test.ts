import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler, initialize } from '../../../functions/webhook-dispatcher/index';
import { startReceiver, type Receiver } from '../../../local/people/receiver';
import { aggregateKey } from '../../../shared/tablestore/aggregates';
import {
  addQuietEndpoint,
  happen,
  portsOver,
  SECRET,
  startStore,
  type Store,
} from '../../shared/flow/dispatch-kit';

const clock = { nowMs: () => Date.now() };
let store: Store;
let receiver: Receiver;
beforeEach(async () => {
  store = await startStore();
  receiver = await startReceiver({ port: 0, clock });
  receiver.setSecret(SECRET);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  for (const [name, value] of Object.entries({
    SHAREKEEPER_TABLESTORE_ENDPOINT: store.url,
    SHAREKEEPER_TABLESTORE_INSTANCE: 'test',
    SHAREKEEPER_REGIONS: 'cn-hangzhou',
    SHAREKEEPER_ACCOUNTS: 'own',
    SHAREKEEPER_MEMBER_ROLE: 'sharekeeper-member',
    SHAREKEEPER_CURRENCY: 'USD',
    SHAREKEEPER_OIDC_ISSUER: 'https://id.example',
    SHAREKEEPER_OIDC_AUDIENCE: 'sharekeeper',
    SHAREKEEPER_ENDPOINTS: '{}',
    SHAREKEEPER_WEBHOOK_LOOPBACK: 'allow',
  }))
    vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await receiver.close();
  await store.close();
});

const CONTEXT = {
  requestId: 'r-1',
  credentials: { accessKeyId: 'AK', accessKeySecret: 'SK', securityToken: '' },
  function: { name: 'webhook-dispatcher', timeout: 120 },
  region: 'cn-hangzhou',
  accountId: '1600000000000001',
};
const TIMER = Buffer.from(
  '{"triggerTime":"2026-11-21T00:00:00Z","triggerName":"every-minute","payload":"{}"}',
);

describe('the dispatcher function', () => {
  it('takes an event from where it happened to the receiver in one run, and says so', async () => {
    const ports = portsOver(store.rows, clock);
    await addQuietEndpoint(ports, 'whe-1', `${receiver.url}/hook`);
    await happen(ports, 'f-1', ['finding.opened']);
    await initialize();
    expect(JSON.parse(await handler(TIMER, CONTEXT))).toMatchObject({ relayedEvents: 1, delivered: 1 });
    expect(receiver.received).toMatchObject([
      { path: '/hook', verdict: { valid: true }, json: { type: 'finding.opened' } },
    ]);
    expect(JSON.parse(await handler(Buffer.alloc(0), CONTEXT))).toMatchObject({ delivered: 0 });
  });

  it('sends what it can and fails all the same when a stream cannot be read', async () => {
    const ports = portsOver(store.rows, clock);
    await addQuietEndpoint(ports, 'whe-1', `${receiver.url}/hook`);
    await happen(ports, 'f-1', ['finding.opened']);
    await happen(ports, 'f-2', ['finding.opened']);
    await store.rows.update(
      'aggregates',
      aggregateKey('finding', 'f-1'),
      { outbox: 'torn' },
      { row: 'must-exist' },
    );
    await initialize();
    await expect(handler(TIMER, CONTEXT)).rejects.toThrow('JSON');
    await expect(handler(TIMER, CONTEXT)).rejects.toThrow('JSON');
    expect(receiver.received).toMatchObject([{ json: { stream: 'finding/f-2' } }]);
  });

  it('posts to nobody on loopback unless the configuration allows it', async () => {
    vi.stubEnv('SHAREKEEPER_WEBHOOK_LOOPBACK', 'refuse');
    const ports = portsOver(store.rows, clock);
    await addQuietEndpoint(ports, 'whe-1', `${receiver.url}/hook`);
    await happen(ports, 'f-1', ['finding.opened']);
    await initialize();
    expect(JSON.parse(await handler(TIMER, CONTEXT))).toMatchObject({ delivered: 0, disabledEndpoints: 1 });
    expect(receiver.received).toEqual([]);
  });

  it('does not start when its environment is wrong', async () => {
    vi.stubEnv('SHAREKEEPER_TABLESTORE_ENDPOINT', 'nowhere');
    await expect(initialize()).rejects.toThrow('SHAREKEEPER_TABLESTORE_ENDPOINT is not a URL: nowhere');
  });
});
