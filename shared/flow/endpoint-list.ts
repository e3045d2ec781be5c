import type { WebhookEndpoint } from '../domain/webhooks/endpoint';
import type { Aggregates, Lists } from './ports';

/** The list that names every webhook endpoint. */
export const WEBHOOK_ENDPOINTS = 'webhook-endpoints';

const PAGE = 1_000;

export async function allEndpoints(ports: {
  aggregates: Aggregates;
  lists: Lists;
}): Promise<WebhookEndpoint[]> {
  const endpoints: WebhookEndpoint[] = [];
  let after: string | undefined;
  do {
    const page = await ports.lists.page(WEBHOOK_ENDPOINTS, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const stored = await ports.aggregates.loadMany('webhook-endpoint', page.ids);
    for (const { doc } of stored.values()) endpoints.push(doc);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return endpoints;
}

export async function enabledEndpoints(ports: {
  aggregates: Aggregates;
  lists: Lists;
}): Promise<WebhookEndpoint[]> {
  return (await allEndpoints(ports)).filter((endpoint) => endpoint.enabled);
}
