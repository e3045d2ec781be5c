import type { Observation, ObservedShare } from '../domain/sharing/observation';
import { lastAfter } from '../domain/sharing/pace';
import type { CallOutcome, ProviderCall } from '../domain/sharing/provider-call';
import { CREATION_AWAITED_MS, type ManagedShare } from '../domain/sharing/resource-share';
import { placeKey } from '../domain/sharing/resource';
import { BY_ID, sharesOf } from './ledger-streams';
import { callMade, seenIn, writeIfAsKnown, type ManagedPorts, type ManagedShares } from './managed-shares';

/**
 * Brings our notes in line with what was seen: closes intents whose outcome nobody recorded, learns the ids of shares
 * whose creation was not answered, and ends what is no longer there.
 */
export async function lookAtManagedShares(
  ports: ManagedPorts,
  managed: ManagedShares,
  observation: Observation,
): Promise<'looked' | 'overtaken'> {
  for (const [id, share] of managed) {
    const next = afterLook(share, seenIn(observation, share), observation.seenMs);
    if (next === null) continue;
    const written = await writeIfAsKnown(ports, id, share, {
      doc: next.share,
      events: next.closed === null ? [] : [callMade(share, next.closed.call, next.closed.outcome)],
      leaves: next.share.endedMs === null ? [] : [{ list: sharesOf(placeKey(share.place)), sort: BY_ID }],
    });
    if (written === 'overtaken') return 'overtaken';
    if (next.share.endedMs === null) managed.set(id, next.share);
    else managed.delete(id);
  }
  return 'looked';
}

interface Looked {
  share: ManagedShare;
  closed: { call: ProviderCall; outcome: CallOutcome } | null;
}

/** What a look changes about one of our shares, or null when it changes nothing. */
function afterLook(share: ManagedShare, seen: ObservedShare | undefined, seenMs: number): Looked | null {
  const { intent, through, last } = share;
  // Written after this look began: it tells nothing about that.
  if (Math.max(intent?.atMs ?? 0, last?.atMs ?? 0) > seenMs) return null;
  const creating = intent?.call.call === 'CreateResourceShare';
  if (creating && seen === undefined && seenMs - intent.atMs < CREATION_AWAITED_MS) return null;

  const closed = intent === null ? null : { call: intent.call, outcome: outcomeByLook(creating, seen) };
  const gone = through.by === 'resource-share' && (seen === undefined || seen.status === 'Deleted');
  const learned =
    through.by === 'resource-share' && seen !== undefined && through.resourceShareId === null
      ? { ...through, resourceShareId: seen.resourceShareId }
      : through;
  if (closed === null && !gone && learned === through) return null;
  const looked = closed === null ? last : lastAfter(last, { ...closed, atMs: seenMs });
  const endedMs = gone ? seenMs : null;
  return { share: { ...share, through: learned, intent: null, endedMs, last: looked }, closed };
}

function outcomeByLook(creating: boolean, seen: ObservedShare | undefined): CallOutcome {
  if (creating && seen !== undefined)
    return { is: 'done', requestId: '', resourceShareId: seen.resourceShareId };
  return { is: 'unknown', why: 'No answer was recorded. The provider was read again instead.' };
}
