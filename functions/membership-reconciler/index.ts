import { directoryReader } from '../../shared/alicloud/directory-reader';
import { providerClient } from '../../shared/alicloud/provider-client';
import { readConfiguration, type Configuration } from '../../shared/configuration';
import { job } from '../../shared/edge/invocation';
import { reconcileDirectory } from '../../shared/flow/reconcile-directory';
import { openAggregates } from '../../shared/tablestore/aggregates';
import { openLists } from '../../shared/tablestore/lists';
import { openRows } from '../../shared/tablestore/open-rows';

let configuration: Configuration;

export async function initialize(): Promise<void> {
  configuration = readConfiguration(process.env);
}

/** Follows members and folders of the resource directory. */
export const handler = job('membership-reconciler', async ({ context, timeLeft }) => {
  const clock = { nowMs: () => Date.now() };
  const rows = openRows(configuration.tablestore, context.credentials);
  const own = {
    accountId: context.accountId,
    regionId: context.region,
    credentials: context.credentials,
  };
  const client = providerClient(configuration, own, clock, { timeLeft });
  return await reconcileDirectory({
    aggregates: openAggregates(rows, clock),
    lists: openLists(rows),
    directory: directoryReader(client),
    clock,
  });
});
