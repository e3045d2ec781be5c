import type { Person } from '../../domain/sharing/request';
import type { LoggedAttempt } from '../../flow/ports';
import { no, yes, type Answer } from '../../flow/refusal';
import { addEndpoint, listDeliveries, listEndpoints } from '../../flow/webhook-endpoints';
import { readBody } from '../read-body';
import { deliveryView, endpointView } from '../representation';
import { created, idIn, replied, type Call, type Route } from '../route';
import { parsedQuery } from '../schemas/field-problems';
import { newestQuery } from '../schemas/page';
import { webhookEndpointBody } from '../schemas/webhook-endpoint';

export const webhookRoutes: Route[] = [
  {
    method: 'POST',
    path: '/v1/webhook-endpoints',
    may: ['operator'],
    /** The only answer that ever holds the endpoint's secret. */
    async answer(call, person) {
      const body = await readBody(call.req.raw, webhookEndpointBody);
      if (!body.ok) return body;
      const added = await addEndpoint(call.env, person, body.value);
      if (!added.ok) return added;
      await call.env.wake('webhook-dispatcher');
      const { endpoint, secret } = added.value;
      return created(`/v1/webhook-endpoints/${endpoint.endpointId}`, { ...endpointView(endpoint), secret });
    },
  },
  {
    method: 'GET',
    path: '/v1/webhook-endpoints',
    may: ['operator', 'auditor'],
    async answer(call, person) {
      const listed = await listEndpoints(call.env, person);
      return listed.ok ? replied({ endpoints: listed.value.map(endpointView) }) : listed;
    },
  },
  {
    method: 'GET',
    path: '/v1/webhook-endpoints/:endpointId/deliveries',
    may: ['operator', 'auditor'],
    async answer(call, person) {
      const query = parsedQuery(newestQuery, call.req.raw);
      if (!query.ok) return query;
      const id = idIn(call, 'endpointId');
      const listed =
        id === null ? unknown(call) : await listDeliveries(call.env, person, id, query.value.limit);
      return listed.ok ? replied({ deliveries: listed.value.map(deliveryView) }) : listed;
    },
  },
  {
    method: 'GET',
    path: '/v1/deliveries',
    may: ['operator', 'auditor'],
    async answer(call, person) {
      const query = parsedQuery(newestQuery, call.req.raw);
      if (!query.ok) return query;
      const newest = await newestOfAll(call, person, query.value.limit);
      return newest.ok ? replied({ deliveries: newest.value.map(deliveryView) }) : newest;
    },
  },
];

/** The newest attempts of all endpoints together, newest first. */
async function newestOfAll(call: Call, person: Person, limit: number): Promise<Answer<LoggedAttempt[]>> {
  const endpoints = await listEndpoints(call.env, person);
  if (!endpoints.ok) return endpoints;
  let newest: LoggedAttempt[] = [];
  for (const { endpointId } of endpoints.value) {
    const its = await listDeliveries(call.env, person, endpointId, limit);
    if (!its.ok) return its;
    newest = [...newest, ...its.value].toSorted((a, b) => b.atMs - a.atMs).slice(0, limit);
  }
  return yes(newest);
}

function unknown(call: Call): Answer<never> {
  const id = (call.req.param('endpointId') ?? '').slice(0, 64);
  return no({ reason: 'not-found', what: 'webhook-endpoint', id });
}
