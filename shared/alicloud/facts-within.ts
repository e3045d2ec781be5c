import type { Configuration } from '../configuration';
import type { FactsReader } from '../flow/facts-port';
import type { Clock, TimeLeft } from '../flow/ports';
import { factsReader } from './facts-reader';
import { providerClient, type OwnIdentity } from './provider-client';

/** What is not read by then is unknown: somebody waits for the answer, or for what is to be done after it. */
const PREFLIGHT_MS_MAX = 10_000;
const CALL_MS_MAX = 4_000;

/** A reader for one preflight, whose time runs from now. A part of the provider that hangs holds up nothing for longer. */
export function factsWithin(
  configuration: Configuration,
  own: OwnIdentity,
  clock: Clock,
  timeLeft: TimeLeft = () => Infinity,
): FactsReader {
  const endMs = clock.nowMs() + PREFLIGHT_MS_MAX;
  const client = providerClient(configuration, own, clock, {
    deadlineMs: CALL_MS_MAX,
    timeLeft: () => Math.min(timeLeft(), endMs - clock.nowMs()),
  });
  return factsReader(client);
}
