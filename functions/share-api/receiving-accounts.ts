import { providerClient } from '../../shared/alicloud/provider-client';
import { receivingProvider } from '../../shared/alicloud/receiving-provider';
import type { Configuration } from '../../shared/configuration';
import type { FunctionContext } from '../../shared/edge/invocation';
import type { Clock, ReceivingProvider } from '../../shared/flow/ports';

/** A write, the look after it, and the same again have to fit into one call of the API. */
const CALL_MS_MAX = 6_000;
/** The door answers by itself this long before the function's timeout; what came of a write is written down before. */
const KEPT_BACK_MS = 4_000;

/** The accounts that receive, as far as one call of the API may reach them. Loaded only by calls that do. */
export function receivingAccounts(
  configuration: Configuration,
  context: FunctionContext,
  clock: Clock,
): ReceivingProvider {
  const { accountId, region, credentials } = context;
  const endMs = clock.nowMs() + context.function.timeout * 1_000 - KEPT_BACK_MS;
  const own = { accountId, regionId: region, credentials };
  const timeLeft = () => endMs - clock.nowMs();
  return receivingProvider(providerClient(configuration, own, clock, { deadlineMs: CALL_MS_MAX, timeLeft }));
}
