import { randomBytes, randomUUID } from 'node:crypto';
import { readConfiguration, type Configuration } from '../../shared/configuration';
import { openApp } from '../../shared/edge/app';
import { httpDoor } from '../../shared/edge/http-door';
import { openIdentity } from '../../shared/edge/identity';
import { describe, log, type FunctionContext } from '../../shared/edge/invocation';
import { managedPlaces } from '../../shared/edge/managed-places';
import type { Desk } from '../../shared/edge/route';
import { ALL_ROUTES } from '../../shared/edge/routes/all';
import type { Wake } from '../../shared/flow/ports';
import { readOwnFile } from '../../shared/own-file';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { openDeliveryQueue } from '../../shared/tablestore/delivery-queue';
import { openKeyedCalls } from '../../shared/tablestore/keyed-calls';
import { openLists } from '../../shared/tablestore/lists';
import { openRows } from '../../shared/tablestore/open-rows';

let configuration: Configuration;
let app: ReturnType<typeof openApp>;

export async function initialize(): Promise<void> {
  configuration = readConfiguration(process.env);
  app = openApp(ALL_ROUTES, openIdentity(configuration.oidc));
}

/** The HTTP API. */
export const handler = httpDoor('share-api', async (request, context) =>
  app.fetch(request, deskFor(context)),
);

const clock = { nowMs: () => Date.now() };

function deskFor(context: FunctionContext): Desk {
  const rows = openRows(configuration.tablestore, context.credentials);
  return {
    callId: context.requestId,
    ownAccountId: context.accountId,
    places: managedPlaces(configuration, context.accountId),
    aggregates: openAggregates(rows, clock),
    lists: openLists(rows),
    queue: openDeliveryQueue(rows),
    keyedCalls: openKeyedCalls(rows),
    clock,
    newId: randomUUID,
    randomBytes,
    webhookLoopback: configuration.webhookLoopback,
    openApiDocument: () => readOwnFile('openapi.json'),
    wake: wakeOnceNeeded(context),
    receiving: async () =>
      (await import('./receiving-accounts.js')).receivingAccounts(configuration, context, clock),
    preflight: {
      facts: async () => (await import('./provider-facts.js')).providerFacts(configuration, context, clock),
      typeOverrides: configuration.resourceTypes,
      settings: configuration.preflight,
    },
  };
}

/** The provider's client is loaded by the first wake and not before: most calls only read, and cold starts are paid for. */
function wakeOnceNeeded(context: FunctionContext): Wake {
  return async (functionName) => {
    try {
      const { wakeOthers } = await import('./wake-others.js');
      await wakeOthers(configuration, context, clock)(functionName);
    } catch (error) {
      log('share-api.wake_lost', { requestId: context.requestId, functionName, error: describe(error) });
    }
  };
}
