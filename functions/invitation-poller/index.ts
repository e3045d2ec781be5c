import { randomBytes } from 'node:crypto';
import { providerClient } from '../../shared/alicloud/provider-client';
import { factsWithin } from '../../shared/alicloud/facts-within';
import { receivingProvider } from '../../shared/alicloud/receiving-provider';
import { sharingProvider } from '../../shared/alicloud/sharing-provider';
import { readConfiguration, type Configuration } from '../../shared/configuration';
import { job } from '../../shared/edge/invocation';
import { managedPlaces } from '../../shared/edge/managed-places';
import { acceptUnasked } from '../../shared/flow/accept-unasked';
import { convergeAll } from '../../shared/flow/converge-all';
import { settleReceiverWrites } from '../../shared/flow/settle-receiver-writes';
import { settleRequests } from '../../shared/flow/settle-requests';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { openDueQueue } from '../../shared/tablestore/due-queue';
import { openLeases } from '../../shared/tablestore/leases';
import { openLists } from '../../shared/tablestore/lists';
import { openRows } from '../../shared/tablestore/open-rows';

let configuration: Configuration;

export async function initialize(): Promise<void> {
  configuration = readConfiguration(process.env);
}

/**
 * Finishes half-done decisions, brings the shares of every place to what is wanted now, and looks after what our own
 * accounts receive.
 */
export const handler = job('invitation-poller', async ({ context, timeLeft }) => {
  const clock = { nowMs: () => Date.now() };
  const rows = openRows(configuration.tablestore, context.credentials);
  const aggregates = openAggregates(rows, clock);
  const own = { accountId: context.accountId, regionId: context.region, credentials: context.credentials };
  const client = providerClient(configuration, own, clock, { timeLeft });
  const due = openDueQueue(rows);
  const places = managedPlaces(configuration, context.accountId);
  const lists = openLists(rows);

  const settled = await settleRequests({ aggregates, lists, due, clock }, timeLeft);
  const converged = await convergeAll(
    {
      aggregates,
      lists,
      leases: openLeases(rows, clock),
      provider: sharingProvider(client),
      preflight: {
        facts: async () => factsWithin(configuration, own, clock, timeLeft),
        typeOverrides: configuration.resourceTypes,
        settings: configuration.preflight,
      },
      clock,
      newId: () => randomBytes(8).toString('hex'),
    },
    places,
    timeLeft,
  );
  const receiving = { aggregates, due, provider: receivingProvider(client), clock };
  const written = await settleReceiverWrites(receiving, timeLeft);
  const acceptance = await acceptUnasked(receiving, places, configuration.acceptFrom, timeLeft);
  return { ...settled, ...converged, ...written, acceptance };
});
