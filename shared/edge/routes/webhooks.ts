import type { Person } from '../../domain/sharing/person';
import type { LoggedAttempt } from '../../flow/ports';
import { yes, type Answer } from '../../flow/refusal';
import { addEndpoint, listDeliveries, listEndpoints } from '../../flow/webhook-endpoints';
import { deliveryView, endpointView } from '../representation';
import { created, replied, route, type Desk, type Route } from '../route';
import { newestQuery } from '../schemas/page';
import { webhookEndpointBody } from '../schemas/webhook-endpoint';

export const webhookRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/webhook-endpoints',
    may: ['operator'],
    summary: 'Add an address that events are sent to',
    notes: 'The only answer that ever holds the secret of the endpoint, and its replays under the same key.',
    body: webhookEndpointBody,
    status: 201,
    says: 'NewWebhookEndpoint',
    async answer({ desk, body }, person) {
      const added = await addEndpoint(desk, person, body);
      if (!added.ok) return added;
      await desk.wake('webhook-dispatcher');
      const { endpoint, secret } = added.value;
      return created(`/v1/webhook-endpoints/${endpoint.endpointId}`, { ...endpointView(endpoint), secret });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints',
    may: ['operator', 'auditor'],
    summary: 'Where events are sent',
    says: 'WebhookEndpoints',
    async answer({ desk }, person) {
      const listed = await listEndpoints(desk, person);
      return listed.ok ? replied({ endpoints: listed.value.map(endpointView) }) : listed;
    },
  }),
  route({
    method: 'GET',
    path: '/v1/webhook-endpoints/:endpointId/deliveries',
    may: ['operator', 'auditor'],
    summary: 'The newest attempts to reach one address, newest first',
    query: newestQuery,
    says: 'Deliveries',
    async answer({ desk, ids, query }, person) {
      const listed = await listDeliveries(desk, person, ids.endpointId, query.limit);
      return listed.ok ? replied({ deliveries: listed.value.map(deliveryView) }) : listed;
    },
  }),
  route({
    method: 'GET',
    path: '/v1/deliveries',
    may: ['operator', 'auditor'],
    summary: 'The newest attempts to reach any address, newest first',
    query: newestQuery,
    says: 'Deliveries',
    async answer({ desk, query }, person) {
      const newest = await newestOfAll(desk, person, query.limit);
      return newest.ok ? replied({ deliveries: newest.value.map(deliveryView) }) : newest;
    },
  }),
];

/** The newest attempts of all endpoints together, newest first. */
async function newestOfAll(desk: Desk, person: Person, limit: number): Promise<Answer<LoggedAttempt[]>> {
  const endpoints = await listEndpoints(desk, person);
  if (!endpoints.ok) return endpoints;
  let newest: LoggedAttempt[] = [];
  for (const { endpointId } of endpoints.value) {
    const its = await listDeliveries(desk, person, endpointId, limit);
    if (!its.ok) return its;
    newest = [...newest, ...its.value].toSorted((a, b) => b.atMs - a.atMs).slice(0, limit);
  }
  return yes(newest);
}
