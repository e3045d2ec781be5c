import type { Actor, NewEvent } from '../domain/audit/event';
import type { Directory } from '../domain/directory/directory';
import { isWanted, type Grant, type Ledger, type Sight } from '../domain/sharing/ledger';
import type { Observation, ObservedShare } from '../domain/sharing/observation';
import { goesByImageList as byImageList } from '../domain/sharing/image-list';
import { isInside } from '../domain/sharing/principal';
import { resourceKey } from '../domain/sharing/resource';
import { nextImageSight, nextSight, viewsOf } from '../domain/sharing/sight';
import { eventsOfStep } from '../domain/sharing/sight-events';
import { changeOrThrow } from './change';
import type { Aggregates } from './ports';

const BY: Actor = { kind: 'function', name: 'invitation-poller' };

/** Images reach single accounts through their own list of accounts, everything else through a resource share. */
export function goesByImageList(ledger: Ledger, grant: Grant): boolean {
  return byImageList(ledger.resource, grant.principal);
}

/** Writes into a ledger what the provider shows of its grants now. Answers the ledger as it is then. */
export async function recordSights(
  ports: { aggregates: Aggregates },
  ledger: Ledger,
  seen: { observation: Observation; shares: readonly ObservedShare[]; directory: Directory | null },
): Promise<Ledger> {
  return await rewriteSights(ports, ledger, (now, grant) => {
    const { seenMs, imagePermissions } = seen.observation;
    const wanted = isWanted(grant, seenMs);
    const { resourceId } = now.resource;
    // Another run has looked after this one did.
    if (grant.sight.sinceMs > seenMs) return grant.sight;
    if (goesByImageList(now, grant)) {
      const listed = imagePermissions[resourceId]?.includes(grant.principal.id) ?? false;
      return nextImageSight(grant, { wanted, listed, seenMs });
    }
    const inside = isInside(grant.principal, seen.directory);
    return nextSight(grant, viewsOf(seen.shares, resourceId, grant.principal.id), { wanted, inside, seenMs });
  });
}

/** Says of grants that the provider refused them: they are not asked for again until a new request wants them. */
export async function recordRefusal(
  ports: { aggregates: Aggregates },
  ledger: Ledger,
  principalIds: readonly string[],
  refusal: { code: string; message: string; atMs: number },
): Promise<Ledger> {
  return await rewriteSights(ports, ledger, (_now, grant) =>
    principalIds.includes(grant.principal.id) && isWanted(grant, refusal.atMs) && grant.sight.is !== 'granted'
      ? {
          is: 'failed',
          sinceMs: refusal.atMs,
          reason: 'refused',
          detail: `${refusal.code}: ${refusal.message}`,
        }
      : grant.sight,
  );
}

async function rewriteSights(
  ports: { aggregates: Aggregates },
  { resource }: Ledger,
  next: (ledger: Ledger, grant: Grant) => Sight,
): Promise<Ledger> {
  const stored = await changeOrThrow(ports.aggregates, 'ledger', resourceKey(resource), (ledger) => {
    if (ledger === null) return { is: 'keep' };
    const events: NewEvent[] = [];
    const grants: Record<string, Grant> = {};
    let changed = false;
    for (const [id, grant] of Object.entries(ledger.grants)) {
      const sight = next(ledger, grant);
      changed ||= JSON.stringify(sight) !== JSON.stringify(grant.sight);
      events.push(...eventsOfStep(resource, grant, sight, BY));
      grants[id] = { ...grant, sight };
    }
    return changed ? { is: 'write', doc: { ...ledger, grants }, events } : { is: 'keep' };
  });
  if (stored === null) throw new Error(`There is no ledger of ${resourceKey(resource)}`);
  return stored.doc;
}
