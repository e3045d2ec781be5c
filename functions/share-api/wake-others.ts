import type { Configuration } from '../../shared/configuration';
import { describe, log, type FunctionContext } from '../../shared/edge/invocation';
import { providerClient } from '../../shared/alicloud/provider-client';
import { wake } from '../../shared/alicloud/wake';
import type { Clock, Wake } from '../../shared/flow/ports';

/** Somebody waits for the answer meanwhile, and the timers come anyway. */
const WAKE_MS_MAX = 2_000;

/** Starts the functions that go on with what a call began. Loaded only when there is something to start. */
export function wakeOthers(configuration: Configuration, context: FunctionContext, clock: Clock): Wake {
  const { accountId, region, credentials, requestId } = context;
  const own = { accountId, regionId: region, credentials };
  const client = providerClient(configuration, own, clock, { deadlineMs: WAKE_MS_MAX });
  return wake(client, (functionName, error) =>
    log('share-api.wake_lost', { requestId, functionName, error: describe(error) }),
  );
}
