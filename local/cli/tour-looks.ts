import { promise, type Tour } from './tour-promise';

export type Json = Record<string, unknown>;

export function at(value: Json | undefined, key: string): unknown {
  return value?.[key];
}

/** Fires a timer and answers what the function said it did. */
export async function runFunction(
  { laptop }: Tour,
  functionName: string,
  triggerName: string,
): Promise<Json> {
  const result = await laptop.host.fireTimer(functionName, triggerName);
  const said = result.payload.toString('utf8');
  promise(result.errorType === undefined, `${functionName} failed: ${said}`);
  return JSON.parse(said) as Json;
}

const RUNS_MAX = 5;
const PAUSE_MS = 60_000;

/** Fires a timer, minute after minute of the laptop's clock, until what it is to bring about has come about. */
export async function runUntil(
  tour: Tour,
  functionName: string,
  triggerName: string,
  done: () => Promise<boolean>,
): Promise<void> {
  for (let run = 1; run <= RUNS_MAX; run++) {
    const did = await runFunction(tour, functionName, triggerName);
    if (await done()) return;
    promise(
      run < RUNS_MAX,
      `${functionName} ran ${RUNS_MAX} times and it still is not so; the last run did ${JSON.stringify(did)}`,
    );
    tour.laptop.clock.wind(PAUSE_MS);
  }
}

/** What became of each grant of the tour's request, by principal. */
export async function grantStatuses(tour: Tour): Promise<Record<string, string>> {
  const looked = await tour.call('Bo', 'GET', `/v1/requests/${tour.requestId}`);
  promise(looked.status === 200, `The request cannot be read: ${JSON.stringify(looked.body)}`);
  return Object.fromEntries(
    (at(looked.body, 'grants') as Json[]).map((grant) => [
      String(at(at(grant, 'principal') as Json, 'id')),
      String(at(grant, 'status')),
    ]),
  );
}

const WRITES = /^(Create|Associate|Disassociate|Update|Delete|Modify)/;

/** The writes that the provider's own log shows since the last time it was asked. */
export function providerWrites(tour: Tour): string[] {
  const calls = tour.laptop.cloud.calls.find({ since: tour.toldCalls });
  tour.toldCalls = calls.at(-1)?.sequence ?? tour.toldCalls;
  const writes = calls.filter(({ action }) => WRITES.test(action));
  promise(writes.length > 0, 'The provider was never asked to change anything');
  return writes.map(
    ({ product, action, code, requestId, parameters }) =>
      `${product} ${action} ${told(parameters)} -> ${code} (RequestId ${requestId})`,
  );
}

function told(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .filter(([name]) =>
      /^(Resources|Targets|ResourceShare(Id|Name)|AllowExternalTargets|AddAccount|ImageId)/.test(name),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
