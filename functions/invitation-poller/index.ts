import { randomBytes } from 'node:crypto';
import { providerClient } from '../../shared/alicloud/provider-client';
import { sharingProvider } from '../../shared/alicloud/sharing-provider';
import { readConfiguration, type Configuration } from '../../shared/configuration';
import { job } from '../../shared/edge/invocation';
import { managedPlaces } from '../../shared/edge/managed-places';
import { convergeAll } from '../../shared/flow/converge-all';
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

/** Finishes half-done decisions, then brings the shares of every place to what is wanted now. */
export const handler = job('invitation-poller', async ({ context, timeLeft }) => {
  const clock = { nowMs: () => Date.now() };
  const rows = openRows(configuration.tablestore, context.credentials);
  const aggregates = openAggregates(rows, clock);
  const own = { accountId: context.accountId, regionId: context.region, credentials: context.credentials };
  const client = providerClient(configuration, own, clock, { timeLeft });

  const settled = await settleRequests({ aggregates, due: openDueQueue(rows), clock }, timeLeft);
  const converged = await convergeAll(
    {
      aggregates,
      lists: openLists(rows),
      leases: openLeases(rows, clock),
      provider: sharingProvider(client),
      clock,
      newId: () => randomBytes(8).toString('hex'),
    },
    managedPlaces(configuration, context.accountId),
    timeLeft,
  );
  return { ...settled, ...converged };
});
