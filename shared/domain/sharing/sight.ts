import { isOpen, type Grant, type Sight } from './ledger';
import type { ObservedAssociation, ObservedShare } from './observation';

/** Resource Sharing: an invitation is valid for 7 days. */
export const INVITATION_VALID_MS = 7 * 24 * 3_600_000;

/** The two associations that make a grant in one share of ours, as far as the provider still shows them. */
export interface PairView {
  share: ObservedShare;
  resource: ObservedAssociation | null;
  principal: ObservedAssociation | null;
}

/** Where a grant stands in each of our shares. */
export function viewsOf(
  shares: readonly ObservedShare[],
  resourceId: string,
  principalId: string,
): PairView[] {
  return shares
    .filter(({ status }) => status !== 'Deleted')
    .map((share) => ({
      share,
      resource: currentOf(share.resources, resourceId),
      principal: currentOf(share.principals, principalId),
    }));
}

/** The provider shows associations of the past too: a live one counts, else the one that changed last. */
function currentOf(
  associations: readonly ObservedAssociation[],
  entityId: string,
): ObservedAssociation | null {
  const records = associations.filter((association) => association.entityId === entityId);
  return records.find(isLive) ?? records.toSorted((a, b) => b.updateMs - a.updateMs)[0] ?? null;
}

function isLive(association: ObservedAssociation | null): boolean {
  return association?.status === 'Associating' || association?.status === 'Associated';
}

function isGoing(association: ObservedAssociation | null): boolean {
  return isLive(association) || association?.status === 'Disassociating';
}

/** What a grant looks like now, given what it looked like before. `inside` = the principal needs no invitation. */
export function nextSight(
  grant: Grant,
  views: readonly PairView[],
  facts: { wanted: boolean; inside: boolean; seenMs: number },
): Sight {
  const before = sightNow(grant, facts.seenMs);
  // A share that is being deleted gives access for a while still, and nothing new comes of it.
  const standing = views.filter(({ share }) => share.status !== 'Deleting');
  const given = standing.find(
    ({ resource, principal }) => resource?.status === 'Associated' && principal?.status === 'Associated',
  );
  const coming = standing.find(({ resource, principal }) => isLive(resource) && isLive(principal));
  const going = views.find(({ resource, principal }) => isGoing(resource) && isGoing(principal));
  if (!facts.wanted) return unwantedSight(before, given ?? coming ?? going, facts.seenMs);
  if (before.is === 'failed') return before;
  if (given !== undefined) {
    const via = { by: 'resource-share', resourceShareId: given.share.resourceShareId } as const;
    return before.is === 'granted' ? { ...before, via } : { is: 'granted', sinceMs: facts.seenMs, via };
  }
  if (coming !== undefined) return comingSight(before, coming, facts);
  if (going !== undefined) return before;
  return missingSight(before, standing, facts);
}

/** A failure speaks for the windows that were open then: one that opens later is asked for anew. */
function sightNow({ sight, windows }: Grant, atMs: number): Sight {
  if (sight.is !== 'failed') return sight;
  const openedMs = Math.max(
    ...windows.filter((window) => isOpen(window, atMs)).map(({ startMs }) => startMs),
  );
  return openedMs > sight.sinceMs ? { is: 'absent', sinceMs: openedMs } : sight;
}

function unwantedSight(before: Sight, there: PairView | undefined, seenMs: number): Sight {
  if (there !== undefined) {
    const via = { by: 'resource-share', resourceShareId: there.share.resourceShareId } as const;
    return before.is === 'leaving' ? before : { is: 'leaving', sinceMs: seenMs, via };
  }
  const wasThere = before.is !== 'absent' && before.is !== 'failed' && before.is !== 'gone';
  return wasThere ? { is: 'gone', sinceMs: seenMs } : before;
}

function comingSight(
  before: Sight,
  { share, principal }: PairView,
  { inside, seenMs }: { inside: boolean; seenMs: number },
): Sight {
  const { resourceShareId } = share;
  if (principal?.status !== 'Associating' || (inside && !principal.external)) {
    return before.is === 'arriving' ? before : { is: 'arriving', sinceMs: seenMs, resourceShareId };
  }
  const deadlineMs = principal.createMs + INVITATION_VALID_MS;
  if (seenMs >= deadlineMs) {
    return {
      is: 'failed',
      sinceMs: seenMs,
      reason: 'invitation-unanswered',
      detail: 'The invitation ran out: nobody answered it within 7 days.',
    };
  }
  return before.is === 'invited' && before.deadlineMs === deadlineMs
    ? before
    : { is: 'invited', sinceMs: principal.createMs, deadlineMs, resourceShareId };
}

function missingSight(
  before: Sight,
  views: readonly PairView[],
  { inside, seenMs }: { inside: boolean; seenMs: number },
): Sight {
  const failed = (reason: Extract<Sight, { is: 'failed' }>['reason'], detail: string): Sight => ({
    is: 'failed',
    sinceMs: seenMs,
    reason,
    detail,
  });
  const fresh = (association: ObservedAssociation | null) =>
    association?.status === 'Failed' && association.updateMs >= before.sinceMs ? association : null;
  for (const view of views) {
    const association = fresh(view.resource) ?? (inside ? fresh(view.principal) : null);
    if (association !== null) {
      return failed('provider-failed', `The provider could not associate it: ${association.failureReason}.`);
    }
  }
  if (!inside && before.is === 'invited') {
    return seenMs >= before.deadlineMs
      ? failed('invitation-unanswered', 'The invitation ran out: nobody answered it within 7 days.')
      : failed('invitation-ended', 'The invitation was rejected or cancelled.');
  }
  if (!inside && before.is === 'granted' && !views.some(({ principal }) => isLive(principal)))
    return failed('left', 'The access was ended at the provider: by the receiving account, or past us.');
  if (!inside && views.some((view) => fresh(view.principal) !== null)) {
    return failed('invitation-ended', 'The invitation was rejected or cancelled.');
  }
  const wasThere = before.is === 'granted' || before.is === 'arriving' || before.is === 'leaving';
  return wasThere ? { is: 'gone', sinceMs: seenMs } : before;
}

/** The same for an account on an image's own list, which needs no invitation and knows no steps in between. */
export function nextImageSight(
  grant: Grant,
  facts: { wanted: boolean; listed: boolean; seenMs: number },
): Sight {
  const before = sightNow(grant, facts.seenMs);
  const via = { by: 'image-permission' } as const;
  // Whoever is on the list before the first window opens was put there by hand.
  const isOurs = before.is !== 'absent' || hasOpened(grant, facts.seenMs);
  if (facts.listed && isOurs) {
    const is = facts.wanted ? 'granted' : 'leaving';
    return before.is === is ? before : { is, sinceMs: facts.seenMs, via };
  }
  return before.is === 'granted' || before.is === 'leaving' ? { is: 'gone', sinceMs: facts.seenMs } : before;
}

function hasOpened({ windows }: Grant, atMs: number): boolean {
  return windows.some(({ startMs, endMs }) => startMs <= atMs && (endMs === null || startMs < endMs));
}
