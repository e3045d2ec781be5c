import type { Directory } from '../domain/directory/directory';
import { OWN_DIRECTORY } from '../domain/directory/known-directory';
import { isWanted, type Ledger } from '../domain/sharing/ledger';
import type { Observation, ObservedShare } from '../domain/sharing/observation';
import { isHeldBack } from '../domain/sharing/pace';
import { planImage, planShares } from '../domain/sharing/plan';
import { isInside } from '../domain/sharing/principal';
import {
  ENTITIES_PER_CALL_MAX,
  entitiesIn,
  IMAGE_ACCOUNTS_PER_CALL_MAX,
  tellsOfOldPicture,
  type CallOutcome,
  type ProviderCall,
} from '../domain/sharing/provider-call';
import { placeKey, type Place } from '../domain/sharing/resource';
import type { WantedGrant } from '../domain/sharing/wanted';
import { everyPage } from './every-page';
import { ledgersOf } from './ledger-streams';
import { lookAtManagedShares } from './look-at-shares';
import { isUnderWay, lastThrough, makeCall } from './make-call';
import {
  awaitedCreations,
  loadManagedShares,
  ours,
  reluctantShares,
  type ManagedPorts,
  type ManagedShares,
} from './managed-shares';
import type { Leases, TimeLeft } from './ports';
import type { PreflightMeans } from './preflight';
import { goesByImageList, recordRefusal, recordSights } from './record-sights';
import { refuseWhatMayNot } from './refuse-grants';

export interface ConvergePorts extends ManagedPorts {
  leases: Leases;
  newId: () => string;
  preflight: PreflightMeans;
}

export type PlaceReport =
  | { is: 'idle' }
  /** Another run is at it. */
  | { is: 'held' }
  /** Who is inside the directory is not known yet, so nobody can tell who needs an invitation. */
  | { is: 'waiting-for-directory' }
  | { is: 'converged'; calls: number; rounds: number; atRest: boolean };

/** Each round is a look and the calls that it asks for. What is left then is for the next run. */
const ROUNDS_MAX = 8;
const LEASE_MS = 60_000;
const CALL_TAKES_MAX_MS = 10_000;

/** Brings one place to what is wanted now: look, write down what was seen, plan, call, and look again. */
export async function converge(ports: ConvergePorts, place: Place, timeLeft: TimeLeft): Promise<PlaceReport> {
  const key = placeKey(place);
  const ledgers = new Map<string, Ledger>();
  for await (const ids of everyPage(ports.lists, ledgersOf(key))) {
    for (const [id, { doc }] of await ports.aggregates.loadMany('ledger', ids)) ledgers.set(id, doc);
  }
  if (ledgers.size === 0) return { is: 'idle' };
  const known = await ports.aggregates.load('directory', OWN_DIRECTORY);
  if (known === null) return { is: 'waiting-for-directory' };
  // A run that outlives its lease is not alone any more: it stops before that.
  const stopMs = ports.clock.nowMs() + LEASE_MS - CALL_TAKES_MAX_MS;
  const leaseLeft: TimeLeft = () => Math.min(timeLeft(), stopMs - ports.clock.nowMs());
  const run = await ports.leases.holding(`converge/${key}`, LEASE_MS, () =>
    rounds(ports, place, ledgers, known.doc.directory, leaseLeft),
  );
  return run.is === 'held' ? run : run.value;
}

async function rounds(
  ports: ConvergePorts,
  place: Place,
  ledgers: Map<string, Ledger>,
  directory: Directory | null,
  timeLeft: TimeLeft,
): Promise<PlaceReport> {
  let made = 0;
  let entitiesPerCallMax = ENTITIES_PER_CALL_MAX;
  for (let round = 1; ; round++) {
    const observation = await ports.provider.observe(place, listedImages(ledgers));
    // After the look, so that every share of ours that it shows is known as ours.
    const managed = await loadManagedShares(ports, place);
    if ((await lookAtManagedShares(ports, managed, observation)) === 'overtaken') return { is: 'held' };
    const shares = ours(observation, managed);
    for (const [id, ledger] of ledgers) {
      ledgers.set(id, await recordSights(ports, ledger, { observation, shares, directory }));
    }
    if (round === 1) await refuseWhatMayNot(ports, ledgers, { observation, directory });
    const calls = [
      ...planShares({
        wanted: wantedGrants(ledgers, directory, observation.seenMs),
        shares,
        expected: awaitedCreations(managed, observation.seenMs),
        reluctant: reluctantShares(managed),
        entitiesPerCallMax,
        newShareName: () => `sharekeeper-${ports.newId()}`,
      }),
      ...imageCalls(ledgers, observation, entitiesPerCallMax),
    ];
    const due = calls.filter(
      (call) => !isHeldBack(call, lastThrough(managed, place, call), observation.seenMs),
    );
    if (due.length === 0 || round === ROUNDS_MAX || timeLeft() <= 0) {
      return { is: 'converged', calls: made, rounds: round, atRest: calls.length === 0 };
    }
    const applied = await applyAll(ports, managed, place, due, { ledgers, shares }, timeLeft);
    made += applied.made;
    if (applied.overtaken) return { is: 'held' };
    // A refusal of several at once does not say which one is to blame: ask for them one by one.
    if (applied.refusedTogether) entitiesPerCallMax = 1;
    if (!applied.progress) return { is: 'converged', calls: made, rounds: round, atRest: false };
  }
}

interface Applied {
  made: number;
  /** Whether another round can find something new to do. */
  progress: boolean;
  refusedTogether: boolean;
  overtaken: boolean;
}

async function applyAll(
  ports: ConvergePorts,
  managed: ManagedShares,
  place: Place,
  calls: readonly ProviderCall[],
  state: { ledgers: Map<string, Ledger>; shares: readonly ObservedShare[] },
  timeLeft: TimeLeft,
): Promise<Applied> {
  const applied: Applied = { made: 0, progress: false, refusedTogether: false, overtaken: false };
  for (const call of calls) {
    if (timeLeft() <= 0) break;
    // The call before it has no answer yet: the next look closes it.
    if (isUnderWay(managed, place, call)) continue;
    const outcome = await makeCall(ports, managed, place, call, timeLeft);
    if (outcome.is === 'overtaken') return { ...applied, overtaken: true };
    applied.made += 1;
    // Others may go on while one share is busy; while the account is throttled nothing may.
    if (outcome.is === 'try-again' && outcome.code.includes('Throttling')) break;
    if (outcome.is === 'done' || outcome.is === 'unknown') applied.progress = true;
    if (outcome.is === 'refused') {
      applied.progress = true;
      if (tellsOfOldPicture(outcome)) continue;
      if (entitiesIn(call) > 1) applied.refusedTogether = true;
      else await recordRefused(ports, call, outcome, state);
    }
  }
  return applied;
}

async function recordRefused(
  ports: ConvergePorts,
  call: ProviderCall,
  outcome: Extract<CallOutcome, { is: 'refused' }>,
  { ledgers, shares }: { ledgers: Map<string, Ledger>; shares: readonly ObservedShare[] },
): Promise<void> {
  const { resourceIds, principalIds } = pairsAskedBy(call, shares);
  const refusal = { code: outcome.code, message: outcome.message, atMs: ports.clock.nowMs() };
  for (const [id, ledger] of ledgers) {
    if (!resourceIds.includes(ledger.resource.resourceId)) continue;
    ledgers.set(id, await recordRefusal(ports, ledger, principalIds, refusal));
  }
}

/** Which grants a call would have made. */
function pairsAskedBy(
  call: ProviderCall,
  shares: readonly ObservedShare[],
): { resourceIds: string[]; principalIds: string[] } {
  switch (call.call) {
    case 'CreateResourceShare':
      return { resourceIds: call.resources.map(({ resourceId }) => resourceId), principalIds: call.targets };
    case 'AssociateResourceShare': {
      const share = shares.find(({ resourceShareId }) => resourceShareId === call.resourceShareId);
      const resources = call.resources.map(({ resourceId }) => resourceId);
      return {
        resourceIds:
          resources.length > 0 ? resources : (share?.resources.map(({ entityId }) => entityId) ?? []),
        principalIds:
          call.targets.length > 0 ? call.targets : (share?.principals.map(({ entityId }) => entityId) ?? []),
      };
    }
    case 'ModifyImageSharePermission':
      return { resourceIds: [call.imageId], principalIds: call.addAccounts };
    case 'DisassociateResourceShare':
    case 'UpdateResourceShare':
    case 'DeleteResourceShare':
      return { resourceIds: [], principalIds: [] };
  }
}

function wantedGrants(
  ledgers: Map<string, Ledger>,
  directory: Directory | null,
  atMs: number,
): WantedGrant[] {
  return [...ledgers.values()].flatMap((ledger) =>
    Object.values(ledger.grants)
      .filter(
        (grant) => isWanted(grant, atMs) && grant.sight.is !== 'failed' && !goesByImageList(ledger, grant),
      )
      .map(({ principal }) => ({
        resource: { resourceType: ledger.resource.resourceType, resourceId: ledger.resource.resourceId },
        principalId: principal.id,
        inside: isInside(principal, directory),
      })),
  );
}

function listedImages(ledgers: Map<string, Ledger>): string[] {
  return [...ledgers.values()]
    .filter((ledger) => Object.values(ledger.grants).some((grant) => goesByImageList(ledger, grant)))
    .map(({ resource }) => resource.resourceId);
}

function imageCalls(
  ledgers: Map<string, Ledger>,
  { imagePermissions, seenMs: atMs }: Observation,
  entitiesPerCallMax: number,
): ProviderCall[] {
  const accountsPerCallMax = entitiesPerCallMax === 1 ? 1 : IMAGE_ACCOUNTS_PER_CALL_MAX;
  return [...ledgers.values()].flatMap((ledger) => {
    const grants = Object.values(ledger.grants).filter((grant) => goesByImageList(ledger, grant));
    const accountsOf = (some: typeof grants) => some.map(({ principal }) => principal.id);
    const accounts = {
      wanted: accountsOf(grants.filter((grant) => isWanted(grant, atMs) && grant.sight.is !== 'failed')),
      ours: accountsOf(grants.filter(({ sight }) => sight.is === 'granted' || sight.is === 'leaving')),
      seen: imagePermissions[ledger.resource.resourceId] ?? [],
    };
    return planImage(ledger.resource.resourceId, accounts, accountsPerCallMax);
  });
}
