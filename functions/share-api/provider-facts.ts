import { factsWithin } from '../../shared/alicloud/facts-within';
import type { Configuration } from '../../shared/configuration';
import type { FunctionContext } from '../../shared/edge/invocation';
import type { FactsReader } from '../../shared/flow/facts-port';
import type { Clock } from '../../shared/flow/ports';

/** What preflight reads of the provider for one call. Loaded only when somebody asks for something. */
export function providerFacts(
  configuration: Configuration,
  { accountId, region, credentials }: FunctionContext,
  clock: Clock,
): FactsReader {
  return factsWithin(configuration, { accountId, regionId: region, credentials }, clock);
}
