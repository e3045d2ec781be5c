import { providerClient } from '../../shared/alicloud/provider-client';
import { snapshotReader } from '../../shared/alicloud/snapshot-reader';
import { readConfiguration, type Configuration } from '../../shared/configuration';
import { PRICE_TABLE } from '../../shared/domain/findings/prices';
import { job } from '../../shared/edge/invocation';
import { managedPlaces } from '../../shared/edge/managed-places';
import { sweepSnapshots } from '../../shared/flow/sweep-snapshots';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { openLeases } from '../../shared/tablestore/leases';
import { openLists } from '../../shared/tablestore/lists';
import { openRows } from '../../shared/tablestore/open-rows';

let configuration: Configuration;

export async function initialize(): Promise<void> {
  configuration = readConfiguration(process.env);
}

/** Looks for shared snapshots that have expired and are still billed, in every managed account and region. */
export const handler = job('snapshot-sweeper', async ({ context, timeLeft }) => {
  const clock = { nowMs: () => Date.now() };
  const rows = openRows(configuration.tablestore, context.credentials);
  const own = {
    accountId: context.accountId,
    regionId: context.region,
    credentials: context.credentials,
  };
  const client = providerClient(configuration, own, clock, { timeLeft });
  const summary = await sweepSnapshots(
    {
      aggregates: openAggregates(rows, clock),
      lists: openLists(rows),
      leases: openLeases(rows, clock),
      snapshots: snapshotReader(client),
      clock,
    },
    managedPlaces(configuration, context.accountId),
    { table: PRICE_TABLE, currency: configuration.currency },
    timeLeft,
  );
  return { ...summary };
});
