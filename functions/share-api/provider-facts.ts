import { factsReader } from '../../shared/alicloud/facts-reader';
import { providerClient } from '../../shared/alicloud/provider-client';
import type { Configuration } from '../../shared/configuration';
import type { FunctionContext } from '../../shared/edge/invocation';
import type { FactsReader } from '../../shared/flow/facts-port';
import type { Clock } from '../../shared/flow/ports';

/** Somebody waits for the answer meanwhile: what is not read by then is unknown. */
const PREFLIGHT_MS_MAX = 12_000;
const CALL_MS_MAX = 5_000;

/** What preflight reads of the provider for one call. Loaded only when somebody asks for something. */
export function providerFacts(
  configuration: Configuration,
  context: FunctionContext,
  clock: Clock,
): FactsReader {
  const { accountId, region, credentials } = context;
  const endMs = clock.nowMs() + PREFLIGHT_MS_MAX;
  const own = { accountId, regionId: region, credentials };
  const timeLeft = () => endMs - clock.nowMs();
  return factsReader(providerClient(configuration, own, clock, { deadlineMs: CALL_MS_MAX, timeLeft }));
}
