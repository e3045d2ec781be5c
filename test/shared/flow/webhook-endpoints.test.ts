import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, Role } from '../../../shared/domain/sharing/person';
import { addEndpoint, listDeliveries, listEndpoints } from '../../../shared/flow/webhook-endpoints';
import { happen, PLENTY, portsOver, startStore, type Store } from './dispatch-kit';
import { relay } from '../../../shared/flow/relay';

const clock = { nowMs: () => 1_763_700_000_000 };
const person = (...roles: Role[]): Person => ({
  subject: 'https://id.example|7',
  name: 'Olga',
  roles,
  groups: [],
});
const WISH = {
  url: 'https://hooks.example.com/in/T0/secret-path?key=secret-key',
  description: 'Ticket system',
  types: ['request.created', 'request.created', 'grant.gone'],
};

let store: Store;
let ports: ReturnType<typeof portsOver> & Omit<Parameters<typeof addEndpoint>[0], 'aggregates' | 'clock'>;
beforeAll(async () => {
  store = await startStore();
  let ids = 0;
  ports = {
    ...portsOver(store.rows, clock),
    newId: () => `${(ids += 1)}`,
    randomBytes: (count) => Buffer.alloc(count, 5),
    webhookLoopback: 'refuse',
  };
});
afterAll(() => store.close());

describe('an operator', () => {
  it('adds an endpoint and sees its secret this once', async () => {
    const added = await addEndpoint(ports, person('operator'), WISH);
    const endpoint = {
      endpointId: 'whe-1',
      url: WISH.url,
      description: 'Ticket system',
      createdMs: 1_763_700_000_000,
      enabled: true,
      types: ['request.created', 'grant.gone'],
    };
    expect(added).toEqual({
      ok: true,
      value: { endpoint, secret: 'whsec_BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU=' },
    });
    expect(await listEndpoints(ports, person('operator'))).toEqual({ ok: true, value: [endpoint] });
  });

  it('makes one event by it, which tells neither the secret nor more of the URL than its host', async () => {
    const events = await ports.outbox.pending('webhook-endpoint/whe-1');
    expect(events).toMatchObject([
      {
        type: 'webhook.endpoint_added',
        by: { kind: 'person', subject: 'https://id.example|7', name: 'Olga' },
        data: {
          endpointId: 'whe-1',
          host: 'hooks.example.com',
          description: 'Ticket system',
          types: ['request.created', 'grant.gone'],
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/secret-|whsec_/);
  });

  it('is told everything that is wrong with a wish at once, and nothing is written', async () => {
    const refused = await addEndpoint(ports, person('operator'), {
      url: 'http://user@10.0.0.1/',
      description: 'x'.repeat(201),
      types: ['request.created', 'request.made', '__proto__'],
    });
    expect(refused.ok).toBe(false);
    if (refused.ok || refused.refusal.reason !== 'invalid') throw new Error('it was not refused as invalid');
    expect(refused.refusal.problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/url credentials-in-url',
      '/url not-https',
      '/url host-refused',
      '/description too-long',
      '/types/1 unknown-event-type',
      '/types/2 unknown-event-type',
    ]);
    expect(await ports.aggregates.load('webhook-endpoint', 'whe-2')).toBeNull();
  });

  it('may use loopback where development allows it', async () => {
    const wish = { url: 'http://127.0.0.1:7300/', description: '', types: [] };
    expect(await addEndpoint(ports, person('operator'), wish)).toMatchObject({ ok: false });
    const allowing = { ...ports, webhookLoopback: 'allow' as const, newId: () => 'local' };
    expect(await addEndpoint(allowing, person('operator'), wish)).toMatchObject({ ok: true });
  });

  it('sees the newest attempts of an endpoint, and is told when there is no such endpoint', async () => {
    await happen(ports, 'f-1', ['finding.opened']);
    await relay(ports, PLENTY);
    const [delivery] = await ports.queue.waiting('whe-local', 'finding/f-1', 1);
    if (delivery === undefined) throw new Error('it waits');
    for (const atMs of [1, 2, 3]) {
      const outcome = { is: 'delivered', status: 204 } as const;
      await ports.queue.attempted(delivery, { atMs, latencyMs: 1, outcome });
    }
    const listed = await listDeliveries(ports, person('operator'), 'whe-local', 2);
    expect(listed).toMatchObject({ ok: true, value: [{ atMs: 3 }, { atMs: 2 }] });
    expect(await listDeliveries(ports, person('operator'), 'whe-none', 2)).toEqual({
      ok: false,
      refusal: { reason: 'not-found', what: 'webhook-endpoint', id: 'whe-none' },
    });
  });
});

describe('roles', () => {
  it.each<[Role[], boolean, boolean]>([
    [[], false, false],
    [['requester'], false, false],
    [['approver'], false, false],
    [['auditor'], false, true],
    [['requester', 'operator'], true, true],
  ])('%j may add: %j, may look: %j', async (roles, mayAdd, mayLook) => {
    // A wish that is refused by itself, so that nobody adds anything here.
    const added = await addEndpoint(ports, person(...roles), { ...WISH, url: 'nothing' });
    const roleNeeded = (...needs: Role[]) => ({ ok: false, refusal: { reason: 'role-needed', needs } });
    if (mayAdd) expect(added).toMatchObject({ refusal: { reason: 'invalid' } });
    else expect(added).toEqual(roleNeeded('operator'));
    for (const looked of [
      await listEndpoints(ports, person(...roles)),
      await listDeliveries(ports, person(...roles), 'whe-1', 1),
    ]) {
      if (mayLook) expect(looked).toMatchObject({ ok: true });
      else expect(looked).toEqual(roleNeeded('operator', 'auditor'));
    }
  });
});
