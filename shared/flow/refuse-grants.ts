import type { Directory } from '../domain/directory/directory';
import { isWanted, type Grant, type Ledger } from '../domain/sharing/ledger';
import type { Observation } from '../domain/sharing/observation';
import { known } from '../domain/sharing/preflight/facts';
import { judgeAll } from '../domain/sharing/preflight/judge';
import { RULES } from '../domain/sharing/preflight/rules';
import type { Reason, Subject } from '../domain/sharing/preflight-report';
import type { Principal } from '../domain/sharing/principal';
import type { ResourceRef } from '../domain/sharing/resource';
import { gatherFacts, type FactSources } from './gather-facts';
import type { Aggregates, Clock } from './ports';
import type { PreflightMeans } from './preflight';
import { recordRefusal } from './record-sights';

/**
 * What refuses for good. An obstacle that may pass by itself, such as a limit that is reached for now, is left to the
 * provider: a grant must not fail for ever because of what is different in a minute.
 */
const LASTING = RULES.filter(({ severity, passing }) => severity === 'refuse' && passing !== true);

interface Ports {
  aggregates: Aggregates;
  clock: Clock;
  preflight: PreflightMeans;
}

/**
 * Looks once more before grants are asked for the first time: much may have changed since somebody agreed to them. What
 * the provider would refuse fails here, with the rule's code, and is not asked of it. What cannot be read stops nothing.
 */
export async function refuseWhatMayNot(
  ports: Ports,
  ledgers: Map<string, Ledger>,
  seen: { observation: Observation; directory: Directory | null },
): Promise<void> {
  const nowMs = ports.clock.nowMs();
  const fresh = [...ledgers].flatMap(([id, ledger]) => {
    const principals = Object.values(ledger.grants)
      .filter((grant) => isNew(grant, seen.observation.seenMs))
      .map(({ principal }) => principal);
    return principals.length === 0 ? [] : [{ id, ledger, principals }];
  });
  if (fresh.length === 0) return;
  const factsOf = await gatherFacts(await sourcesOf(ports, ledgers, seen, nowMs), {
    resources: fresh.map(({ ledger }) => ledger.resource),
    principals: distinct(fresh.flatMap(({ principals }) => principals)),
    startMs: null,
    endMs: null,
  });
  for (const { id, ledger, principals } of fresh) {
    let now = ledger;
    for (const { code, message, principalIds } of refusals(ledger.resource, principals, factsOf, nowMs)) {
      now = await recordRefusal(ports, now, principalIds, { code, message, atMs: nowMs });
    }
    ledgers.set(id, now);
  }
}

async function sourcesOf(
  { preflight }: Ports,
  ledgers: ReadonlyMap<string, Ledger>,
  { observation, directory }: { observation: Observation; directory: Directory | null },
  nowMs: number,
): Promise<FactSources> {
  const reader = await preflight.facts();
  return {
    reader: { ...reader, shares: async () => observation.shares },
    places: [observation.place],
    typeOverrides: preflight.typeOverrides,
    settings: { ...preflight.settings, unknownBlocks: false },
    directory: known(directory),
    ledgers,
    nowMs,
  };
}

/** Wanted, and never asked for since. */
function isNew(grant: Grant, atMs: number): boolean {
  return isWanted(grant, atMs) && (grant.sight.is === 'absent' || grant.sight.is === 'gone');
}

function distinct(principals: readonly Principal[]): Principal[] {
  return [...new Map(principals.map((principal) => [principal.id, principal])).values()];
}

function refusals(
  resource: ResourceRef,
  principals: readonly Principal[],
  factsOf: Parameters<typeof judgeAll>[2],
  nowMs: number,
): { code: string; message: string; principalIds: string[] }[] {
  const asked = { resources: [resource], principals };
  const { reasons } = judgeAll(LASTING, asked, factsOf, { unknownBlocks: false, nowMs });
  return reasons
    .filter(({ answer }) => answer === 'fail')
    .flatMap((reason) =>
      reason.subjects.map((subject) => ({
        code: reason.code,
        message: messageOf(reason, subject),
        principalIds: meant(subject, principals),
      })),
    );
}

function messageOf({ sentence, fix }: Reason, { detail }: Subject): string {
  return [sentence, detail, fix].filter((part) => part !== '').join(' ');
}

/** The principals that a subject is about: those it names, the one it points at, or all who want the resource. */
function meant(subject: Subject, principals: readonly Principal[]): string[] {
  if (subject.principalIds !== undefined) return subject.principalIds;
  const at = /^\/principals\/(\d+)$/.exec(subject.pointer)?.[1];
  const named = at === undefined ? principals : principals.slice(Number(at), Number(at) + 1);
  return named.map(({ id }) => id);
}
